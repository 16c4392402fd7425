"""Commands that work on files and store nothing: read, check, convert."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from perfdesk import catalog, paths
from perfdesk.across import across
from perfdesk.catalog import Catalog
from perfdesk.check import check
from perfdesk.commands.handed_in import handed_in_json, handed_in_lines
from perfdesk.commands.saying import (
    DONE,
    FOUND_NOTHING_OR_ERRORS,
    REFUSED,
    counter,
    finding_lines,
    say_json,
    summary,
    warn,
)
from perfdesk.commands.sent_back import sent_back_json, sent_back_lines
from perfdesk.compose import compose
from perfdesk.derive import Values, derive
from perfdesk.document.blocks import Document, PageBreak
from perfdesk.errors import ExportRefused, InputRefused
from perfdesk.filing_json import filing_json, finding_json, repair_json
from perfdesk.intake import take_in
from perfdesk.model.filing import Filing
from perfdesk.model.finding import Finding
from perfdesk.pack_trust import Key, trusted
from perfdesk.recognise import Recognised, RecognisedFiling
from perfdesk.report.companions import ALONE, Companions, companions
from perfdesk.titles import title_of


@dataclass(frozen=True, slots=True)
class FileRead:
    """One file: what was recognised in it, or why it was refused (``error``)."""

    path: str
    recognised: Recognised
    error: InputRefused | None = None


def read_files(paths: list[str], forms: Catalog, new_id: Callable[[], str] | None = None) -> list[FileRead]:
    """Each file on its own; a refused one does not stop the others. ``new_id`` of rows that are to be kept; None: numbers that are the
    same for every file."""
    from perfdesk.formats.read import read_many

    found: list[FileRead] = []
    for path, source in zip(paths, read_many(paths), strict=True):
        if isinstance(source, InputRefused):
            found.append(FileRead(path, Recognised((), ()), source))
            continue
        try:
            found.append(FileRead(path, take_in(source, forms, new_id or counter())))
        except InputRefused as error:
            found.append(FileRead(path, Recognised((), ()), error))
    return found


def found_in(file: FileRead, forms: Catalog) -> list[tuple[Filing, tuple[Finding, ...]]]:
    """Each filing of the file with what is to say of it, also beside the file's other forms of the same unit and year."""
    filings = [one.filing for one in file.recognised.filings]
    others: dict[int, list[Finding]] = {}
    for year in {f.year for f in filings}:
        own = [f for f in filings if f.year == year]
        for unit in {f.unit_name for f in own if f.unit_name} or {""}:
            for one in across([(forms.form(f.form), f) for f in own if f.unit_name in ("", unit)]):
                told = others.setdefault(id(one.filing), [])
                if one.finding not in told:  # a form without a unit's name stands beside every unit
                    told.append(one.finding)
    return [
        (f, (*check(forms.form(f.form), f, _values(f, filings, forms)), *others.get(id(f), ())))
        for f in filings
    ]


def _values(filing: Filing, beside: list[Filing], forms: Catalog) -> Values:
    return derive(forms.form(filing.form), filing, _companions(filing, beside, forms))


def _companions(filing: Filing, beside: list[Filing], forms: Catalog) -> Companions:
    """Of a report the file's other forms."""
    if not forms.form(filing.form).report:
        return ALONE
    return companions(filing, [(forms.form(f.form), f) for f in beside])


def file_json(file: FileRead, forms: Catalog) -> dict[str, Any]:
    """One entry of ``read --json``."""
    found = found_in(file, forms)
    told = file.recognised.handed_in
    package = {"package": handed_in_json(told)} if told else {}
    if file.recognised.sent_back:
        package |= {"sent_back": sent_back_json(file.recognised.sent_back)}
    return package | {
        "path": file.path,
        "error": file.error.message if file.error else None,
        "leftovers": list(file.recognised.leftovers),
        "filings": [
            _filing_json(n, one, findings, forms)
            for n, (one, (_, findings)) in enumerate(zip(file.recognised.filings, found, strict=True), 1)
        ],
    }


def _filing_json(
    number: int, one: RecognisedFiling, findings: tuple[Finding, ...], forms: Catalog
) -> dict[str, Any]:
    form = forms.form(one.filing.form)
    return filing_json(form, replace(one.filing, id=number)) | {
        "repairs": [repair_json(r) for r in one.repairs],
        "findings": [finding_json(f) for f in findings],
    }


def exit_code(files: list[FileRead]) -> int:
    """Refused files weigh most, then files in which nothing was recognised."""
    if any(f.error for f in files):
        return REFUSED
    return DONE if all(holds_something(f) for f in files) else FOUND_NOTHING_OR_ERRORS


def holds_something(file: FileRead) -> bool:
    return bool(file.recognised.filings) or file.recognised.sent_back is not None


def known_forms(args: Namespace) -> Catalog:
    """The shipped forms and what the user added in the folder that ``--data`` names; what is wrong there is told and left out."""
    known = catalog.load(own=paths.data_dir(args.data))
    if known.trouble:
        warn(known.trouble.message)
    return known


def known_keys(args: Namespace) -> Mapping[str, Key]:
    """Those that are trusted, by fingerprint."""
    return trusted(paths.data_dir(args.data))


def read(args: Namespace) -> int:
    """``read FILE… [--json]``"""
    forms = known_forms(args)
    files = read_files(args.files, forms)
    if args.json:
        say_json({"files": [file_json(f, forms) for f in files]})
    for file in files:
        if file.error:
            warn(file.error.message)
        elif not args.json:
            print(f"{file.path}")
            if file.recognised.handed_in:
                print("\n".join(handed_in_lines(file.recognised.handed_in, known_keys(args))))
            if file.recognised.sent_back:
                print("\n".join(sent_back_lines(file.recognised.sent_back, known_keys(args))))
            for one, (_, findings) in zip(file.recognised.filings, found_in(file, forms), strict=True):
                print("\n".join(_people(one, findings, forms)))
        if not file.error and not holds_something(file):
            warn(
                f"“{Path(file.path).name}”中没有认出任何表样。请确认它是绩效目标表、自评表、自评报告或部门预算表，或换一份文件。"
            )
    return exit_code(files)


def _people(one: RecognisedFiling, findings: tuple[Finding, ...], forms: Catalog) -> list[str]:
    filing, form = one.filing, forms.form(one.filing.form)
    year = "年度不明" if filing.year is None else f"{filing.year} 年度"
    lines = [f"▪ {title_of(form, filing)}（{form.scheme_name}）  {filing.unit_name or '单位不明'}  {year}"]
    lines += [f"  修复  {r.where}  {r.message}" for r in one.repairs]
    return [*lines, *finding_lines(findings), f"  审核：{summary(findings)}"]


def convert(args: Namespace) -> int:
    """``convert IN OUT``: the ending of OUT says the format."""
    forms = known_forms(args)
    file = read_files([args.source], forms)[0]
    if file.error:
        raise file.error
    filings = [one.filing for one in file.recognised.filings]
    if not filings:
        warn(f"“{Path(args.source).name}”中没有认出任何表样，没有写出文件。")
        return FOUND_NOTHING_OR_ERRORS
    target = Path(args.target)
    if target.suffix.lower() == ".json":
        _write_json(file, forms, target)
    else:
        from perfdesk.formats.write import write

        write(together(filings, forms), target)
    if args.json:
        say_json({"path": str(target), "filings": len(filings)})
    else:
        print(f"已写出 {target}（{len(filings)} 份填报）")
    return DONE


def _write_json(file: FileRead, forms: Catalog, target: Path) -> None:
    import json

    from perfdesk.formats.atomic import write_atomically

    text = json.dumps({"files": [file_json(file, forms)]}, ensure_ascii=False, indent=1)
    write_atomically(target, text.encode())


def together(filings: list[Filing], forms: Catalog, draft: bool = False) -> Document:
    """All filings as one document, each from a new page of its own kind on; a target form that a report shows inside stands there."""
    beside = [_companions(f, filings, forms) for f in filings]
    inside = {id(known.target[1]) for known in beside if known.target}
    documents = [
        compose(forms.form(f.form), f, draft, known).document
        for f, known in zip(filings, beside, strict=True)
        if id(f) not in inside
    ]
    if not documents:
        raise ExportRefused("nothing", "没有可写出的填报。")
    blocks = [*documents[0].blocks]
    for document in documents[1:]:
        blocks += [PageBreak(document.page), *document.blocks]
    return replace(documents[0], blocks=tuple(blocks))
