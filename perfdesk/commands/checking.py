"""``check``: of files, of what is stored, as a list of all rules; on the screen or as a document for the file."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from perfdesk.across import across
from perfdesk.catalog import Catalog
from perfdesk.check import checked, with_others
from perfdesk.commands.beside import values_in
from perfdesk.commands.files import exit_code, file_json, found_in, known_forms, read_files
from perfdesk.commands.rules import list_checks, switch
from perfdesk.commands.saying import DONE, FOUND_NOTHING_OR_ERRORS, finding_lines, say_json, summary, warn
from perfdesk.commands.storing import off_in, open_store
from perfdesk.derive import Values
from perfdesk.explained import sorted_out
from perfdesk.filing_json import finding_json
from perfdesk.findings_paper import Reviewed, compose_findings
from perfdesk.model.filing import Filing
from perfdesk.model.finding import Finding, errors
from perfdesk.switched_off import NONE_OFF, Off, still_on
from perfdesk.titles import name_of, title_of

if TYPE_CHECKING:
    from perfdesk.store import FilingInfo, Store


def check_command(args: Namespace) -> int:
    """``check FILE…``, ``check [--year Y]`` or ``check --list``; ``--to FILE`` writes the findings as a document."""
    if args.list:
        return list_checks(args)
    if args.off or args.on:
        return switch(args)
    return _of_files(args) if args.files else _of_store(args)


def _of_files(args: Namespace) -> int:
    """Exit 1 where there are errors."""
    forms = known_forms(args)
    files = read_files(args.files, forms)
    found = [(f.path, *one) for f in files for one in found_in(f, forms)]
    if args.json:
        say_json({"files": [file_json(f, forms) for f in files]})
    else:
        for path, filing, findings in found:
            of = " ".join(t for t in (filing.unit_name, filing.cell("basic/name")) if t)
            print(f"{path}  {of or title_of(forms.form(filing.form), filing)}：{summary(findings)}")
            print("".join(f"{line}\n" for line in finding_lines(findings)), end="")
    for file in files:
        if file.error:
            warn(file.error.message)
        elif not file.recognised.filings:
            warn(f"“{Path(file.path).name}”中没有认出任何表样，没有可审核的内容。")
    _write(args, [Reviewed(forms.form(f.form), f, findings) for _, f, findings in found])
    wrong = any(errors(findings) for *_, findings in found)
    return max(exit_code(files), FOUND_NOTHING_OR_ERRORS if wrong else DONE)


def _of_store(args: Namespace) -> int:
    """Every stored filing (of the year); exit 1 where there are errors. What was settled with an explanation is told apart."""
    forms = known_forms(args)
    with open_store(args, read_only=True) as store:
        infos = store.filings(args.year)
        others = across_of(store, forms, infos)
        off = off_in(store)
        reviewed = [reviewed_in(store, forms, info, others.get(info.id, ()), off) for info in infos]
    if args.json:
        report = [_json(info, one) for info, one in zip(infos, reviewed, strict=True)]
        say_json({"filings": report})
    else:
        for info, one in zip(infos, reviewed, strict=True):
            settled = f"，已说明 {len(one.settled)}" if one.settled else ""
            called = f"{info.unit_name}  {info.year} 年度  {name_of(one.form, one.filing)}"
            print(f"#{info.id}  {called}：{summary(one.waiting)}{settled}")
            print("".join(f"{line}\n" for line in finding_lines(one.waiting)), end="")
    if not infos:
        warn(f"{args.year} 年度没有填报，没有可审核的内容。" if args.year else "还没有填报。")
    if off:
        warn(f"已停用 {len(off)} 条审核规则：{'、'.join(off)}。")
    _write(args, reviewed)
    return FOUND_NOTHING_OR_ERRORS if any(errors(one.waiting) for one in reviewed) else DONE


def reviewed_in(
    store: Store, forms: Catalog, info: FilingInfo, others: Sequence[Finding], off: Mapping[str, Off]
) -> Reviewed:
    """A stored filing with what waits and what is settled; ``others``: what is told in it beside its own findings."""
    filing = store.filing(info.id)
    form = forms.form(filing.form)
    said = {e.finding: e.text for e in store.office.explanations(info.id)}
    findings = found_at(forms, filing, values_in(store, forms, filing), others, off)
    waiting, settled = sorted_out(filing, findings, said)
    return Reviewed(form, filing, waiting, settled)


def _json(info: FilingInfo, one: Reviewed) -> dict[str, Any]:
    return {
        "id": info.id,
        "unit_name": info.unit_name,
        "year": info.year,
        "findings": [finding_json(f) for f in one.waiting],
        "explained": [finding_json(f) | {"explanation": text} for f, text in one.settled],
    }


def _write(args: Namespace, reviewed: Sequence[Reviewed]) -> None:
    if args.to and reviewed:
        from perfdesk.formats.write import write

        write(compose_findings(reviewed), Path(args.to))


# --- what is found ----------------------------------------------------------------------------------------------------


def across_of(store: Store, forms: Catalog, infos: Sequence[FilingInfo]) -> dict[int, list[Finding]]:
    """What the forms of one unit and year say differently from each other and from last year's, by the filing where it is told."""
    found: dict[int, list[Finding]] = {}
    every = store.filings(None)
    units = [u.name for u in store.units()]

    def filings(unit: str, year: int | None) -> list[Any]:
        own = [store.filing(i.id) for i in every if (i.unit_name, i.year) == (unit, year)]
        return [(forms.form(f.form), f) for f in own]

    for unit, year in dict.fromkeys((i.unit_name, i.year) for i in infos):
        last = filings(unit, year - 1) if year is not None else []
        for one in across(filings(unit, year), last, units=units):
            if one.filing.id is not None:
                found.setdefault(one.filing.id, []).append(one.finding)
    return found


def found_at(
    forms: Catalog,
    filing: Filing,
    values: Values,
    others: Sequence[Finding],
    off: Mapping[str, Off] = NONE_OFF,
) -> tuple[Finding, ...]:
    """The filing's own findings and those beside ``others``, in printed order; without checks that are ``off``."""
    return still_on(with_others(checked(forms.form(filing.form), filing, values), others), off)
