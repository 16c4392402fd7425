"""``demo DIR``: the sample unit goes the whole way – import, check, export, score – and its files stay in DIR."""

from __future__ import annotations

import shutil
import tempfile
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from perfdesk import catalog
from perfdesk.catalog import Catalog
from perfdesk.check import check
from perfdesk.commands.files import FileRead, read_files
from perfdesk.commands.saying import DONE, counter, finding_lines, say_json, summary
from perfdesk.commands.scored import score_lines
from perfdesk.compose import compose
from perfdesk.derive import derive
from perfdesk.errors import ExportRefused
from perfdesk.evaluation.evaluated import shown_points
from perfdesk.evaluation.ranking import ranking
from perfdesk.evaluation.ranking_page import ranking_document
from perfdesk.evaluation.unevaluated import One
from perfdesk.export import export_filing, suggested_name
from perfdesk.model.filing import Filing
from perfdesk.model.finding import errors
from perfdesk.report.begin import report_form, report_of
from perfdesk.report.companions import companions
from perfdesk.sample import sample_evaluations, sample_filings

LAST_YEARS = "去年的文件"
EXPORTS = "导出"
SCORES = "自评得分汇总.xlsx"
_INCOMING = ("docx", "xlsx", "json")


def demo(args: Namespace) -> int:
    """Runs again over its own files; nothing else in DIR is touched."""
    folder = Path(args.folder)
    forms = catalog.load()
    incoming = _incoming(folder, forms)
    files = read_files([str(p) for p in incoming], forms)
    filings = _keep(folder, files, sample_evaluations(forms, counter("e")))
    report = [_checked(f, forms) for f in filings]
    exported = [path for f in filings for path in _exported(folder / EXPORTS, f, forms)]
    exported += _report(folder / EXPORTS, [(forms.form(f.form), f) for f in filings], forms)
    exported.append(folder / EXPORTS / SCORES)
    scores = _scores(
        folder, [(form, f) for f in filings if (form := forms.form(f.form)).evaluation], exported[-1]
    )
    _text(folder / "审核结果.txt", "\n\n".join(report))
    if args.json:
        say_json(
            {
                "folder": str(folder),
                "imported": sum(len(f.recognised.filings) for f in files),
                "files": [str(p) for p in (*incoming, *exported)],
            }
        )
        return DONE
    print("导入：" + "、".join(p.name for p in incoming))
    print("\n".join(["", *report, "", scores, "", "导出："]))
    print("\n".join(f"  {p}" for p in exported))
    print(f"全部文件在 {folder.absolute()}")
    return DONE


def _incoming(folder: Path, forms: Catalog) -> list[Path]:
    """The sample years as the files that a unit has from earlier years: Word, Excel, our own .json."""
    from perfdesk.formats.atomic import write_atomically
    from perfdesk.formats.write import write
    from perfdesk.paths import resources

    place = folder / LAST_YEARS
    _make(place)
    made: list[Path] = []
    for filing, ending in zip(sample_filings(forms, counter()), _INCOMING, strict=False):
        path = place / suggested_name(filing, ending)
        if ending == "json":
            write_atomically(path, (resources() / "samples" / f"{filing.year}.json").read_bytes())
        else:
            write(compose(forms.form(filing.form), filing).document, path)
        made.append(path)
    return made


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportRefused("no-folder", f"无法建立文件夹“{folder}”，请换一个位置。", str(error)) from error


def _keep(folder: Path, files: list[FileRead], evaluations: Sequence[Filing]) -> list[Filing]:
    """Import into a store of the demo's own, add the self-evaluations, and leave a backup of it beside the files."""
    from perfdesk.store import Store

    with tempfile.TemporaryDirectory(prefix="perfdesk-") as data, Store.open(Path(data) / "data") as store:
        ids = [
            i
            for file in files
            for i in store.add_all(
                [r.filing for r in file.recognised.filings], f"导入“{Path(file.path).name}”"
            )
        ]
        ids += store.add_all(evaluations, "自评")
        filings = [store.filing(i) for i in ids]
        copy = store.backup(Path(data) / "copy.db")
        shutil.copyfile(copy, folder / "示例数据备份.db")
    return filings


def _checked(filing: Filing, forms: Catalog) -> str:
    findings = check(forms.form(filing.form), filing)
    return "\n".join(
        [
            f"{filing.year} 年度 {filing.unit_name} {filing.title}：{summary(findings)}",
            *finding_lines(findings),
        ]
    )


def _exported(folder: Path, filing: Filing, forms: Catalog) -> list[Path]:
    """The official form in three formats, or a draft where errors are open."""
    form = forms.form(filing.form)
    draft = errors(check(form, filing)) > 0
    made: list[Path] = []
    for ending in ("docx", "xlsx", "pdf"):
        path = folder / suggested_name(filing, ending, draft)
        export_filing(form, filing, path, draft)
        made.append(path)
    return made


def _report(folder: Path, filings: Sequence[One], forms: Catalog) -> list[Path]:
    """The report of the last year that was evaluated, with the years before it in its pictures."""
    _, last = max((one for one in filings if one[0].evaluation), key=lambda one: one[1].year or 0)
    beside = companions(last, filings)
    form = report_form(tuple(forms.forms.values()), last.year)
    assert form is not None
    report = report_of(form, last, beside)
    draft = errors(check(form, report, derive(form, report, beside))) > 0
    made = [folder / suggested_name(report, ending, draft) for ending in ("docx", "pdf")]
    for path in made:
        export_filing(form, report, path, draft, beside)
    return made


def _scores(folder: Path, evaluations: Sequence[One], table: Path) -> str:
    """Every score with its reason as a text, all years side by side as a workbook; what is printed are the years side by side."""
    from perfdesk.formats.write import write

    _text(folder / "评分.txt", "\n\n".join("\n".join(score_lines(*one)) for one in evaluations))
    found = ranking(evaluations)
    write(ranking_document(found), table)
    years = [
        f"  {r.filing.year} 年度：{shown_points(r.scored.total)} 分，等级“{r.scored.grade}”"
        for r in found.rows
    ]
    return "\n".join(["自评得分：", *sorted(years)])


def _text(path: Path, text: str) -> None:
    from perfdesk.formats.atomic import write_atomically

    write_atomically(path, (text + "\n").encode())
