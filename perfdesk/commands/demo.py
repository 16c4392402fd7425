"""``demo DIR``: the sample unit goes the whole way – import, check, export, score – and its files stay in DIR."""

from __future__ import annotations

import shutil
import tempfile
from argparse import Namespace
from pathlib import Path

from perfdesk import catalog
from perfdesk.catalog import Catalog
from perfdesk.check import check, errors
from perfdesk.commands.files import FileRead, read_files
from perfdesk.commands.saying import DONE, counter, finding_lines, say_json, summary
from perfdesk.compose import compose
from perfdesk.errors import ExportRefused
from perfdesk.export import export_filing, suggested_name
from perfdesk.model.filing import Filing, leaves
from perfdesk.sample import sample_filings, sample_results
from perfdesk.score import Scored, score
from perfdesk.scoring_catalog import load_schemes

LAST_YEARS = "去年的文件"
EXPORTS = "导出"
SCORED_YEAR = 2021
SCHEME = "jinshui-2021"
_INCOMING = ("docx", "xlsx", "json")


def demo(args: Namespace) -> int:
    """Runs again over its own files; nothing else in DIR is touched."""
    folder = Path(args.folder)
    forms = catalog.load()
    incoming = _incoming(folder, forms)
    files = read_files([str(p) for p in incoming], forms)
    filings = _keep(folder, files)
    report = [_checked(f, forms) for f in filings]
    exported = [path for f in filings for path in _exported(folder / EXPORTS, f, forms)]
    scores = _scores(folder, filings, forms)
    _text(folder / "审核结果.txt", "\n\n".join(report))
    if args.json:
        say_json(
            {
                "folder": str(folder),
                "imported": len(filings),
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


def _keep(folder: Path, files: list[FileRead]) -> list[Filing]:
    """Import into a store of the demo's own and leave a backup of it beside the files."""
    from perfdesk.store import Store

    with tempfile.TemporaryDirectory(prefix="perfdesk-") as data, Store.open(Path(data) / "data") as store:
        ids = [
            i
            for file in files
            for i in store.add_all(
                [r.filing for r in file.recognised.filings], f"导入“{Path(file.path).name}”"
            )
        ]
        filings = [store.filing(i) for i in ids]
        copy = store.backup(Path(data) / "copy.db")
        shutil.copyfile(copy, folder / "示例数据备份.db")
    return filings


def _checked(filing: Filing, forms: Catalog) -> str:
    findings = check(forms.form(filing.form), filing)
    return "\n".join(
        [f"{filing.year} 年度 {filing.unit_name}：{summary(findings)}", *finding_lines(findings)]
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


def _scores(folder: Path, filings: list[Filing], forms: Catalog) -> str:
    filing = next(f for f in filings if f.year == SCORED_YEAR)
    results = sample_results(SCORED_YEAR)
    named = {leaf.path[2]: leaf.row.id for leaf in leaves(filing, "indicators")}
    actuals = {named[name]: text for name, text in results.actuals.items() if name in named}
    scored = score(load_schemes()[SCHEME], forms.form(filing.form), filing, actuals, results.facts)
    _text(folder / "评分.txt", "\n".join([*_summary_lines(scored), "", *_item_lines(scored)]))
    return "\n".join([f"{SCORED_YEAR} 年度自评：", *_summary_lines(scored)])


def _summary_lines(scored: Scored) -> list[str]:
    lines = [f"  {x.label}：权重 {x.weight}，得分 {x.score}，得分率 {x.rate}%" for x in scored.levels]
    return [*lines, f"  合计 {scored.total} 分，等级“{scored.grade}”"]


def _item_lines(scored: Scored) -> list[str]:
    return [f"{i.part}  {i.name}  权重 {i.weight}  得分 {i.score}  {i.reason}" for i in scored.items]


def _text(path: Path, text: str) -> None:
    from perfdesk.formats.atomic import write_atomically

    write_atomically(path, (text + "\n").encode())
