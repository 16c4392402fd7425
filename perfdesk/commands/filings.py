"""Commands on stored filings: list, show, apply, undo, redo, history, check, export."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from perfdesk.catalog import Catalog
from perfdesk.commands.beside import beside_in, values_in
from perfdesk.commands.checking import across_of, found_at
from perfdesk.commands.files import known_forms
from perfdesk.commands.happened import happened
from perfdesk.commands.saying import (
    DONE,
    FOUND_NOTHING_OR_ERRORS,
    finding_lines,
    say_json,
    summary,
    warn,
)
from perfdesk.commands.storing import off_in, open_store
from perfdesk.errors import UserError
from perfdesk.export import Job, export_set, suggested_names, suggested_set_name
from perfdesk.export_many import export_many
from perfdesk.filing_json import filing_json, finding_json
from perfdesk.model.filing import Filing, depth
from perfdesk.model.finding import Finding, errors
from perfdesk.model.form import Form
from perfdesk.quoted import quotable
from perfdesk.report.companions import Companions
from perfdesk.step_lines import step_from_json
from perfdesk.switched_off import Off

if TYPE_CHECKING:
    from perfdesk.store import FilingInfo, Store


def list_filings(args: Namespace) -> int:
    """``list``: units, years, filings, state."""
    forms = known_forms(args)
    with open_store(args, read_only=True) as store:
        infos = store.filings(args.year)
        across = across_of(store, forms, infos)
        rows = [_listed(store, info, forms, across.get(info.id, ())) for info in infos]
        units = [{"id": u.id, "name": u.name, "code": u.code} for u in store.units()]
    if args.json:
        say_json({"units": units, "filings": rows})
    elif not rows:
        warn("还没有填报。用 perfdesk import 导入去年的文件，或用 perfdesk demo 看示例。")
    else:
        for r in rows:
            called = "  ".join(t for t in (r["unit_name"], r["title"], r["name"]) if t)
            print(
                f"{r['id']:>4}  {r['year'] or '—'}  {_STATES[r['state']]}  {r['filled']}/{r['wanted']}  {called}"
                f"{'  已报送' if r['sealed'] else ''}"
            )
    return DONE


_STATES = {"error": "有错误", "warning": "有提醒", "clean": "无问题"}


def _listed(store: Store, info: FilingInfo, forms: Catalog, across: Sequence[Finding]) -> dict[str, Any]:
    filing = store.filing(info.id)
    values = values_in(store, forms, filing)
    findings = found_at(forms, filing, values, across, off_in(store))
    grave = [s for s in ("error", "warning") if any(f.severity == s for f in findings)]
    return {
        "id": info.id,
        "unit_name": info.unit_name,
        "year": info.year,
        "form": info.form,
        "title": info.title,
        "name": " ".join(filing.cell("basic/name").split()),
        "state": grave[0] if grave else "clean",
        "errors": errors(findings),
        "warnings": sum(f.severity == "warning" for f in findings),
        "filled": values.filled,
        "wanted": values.wanted,
        "steps": info.steps,
        "sealed": info.sealed.isoformat() if info.sealed else None,
        "changed_at": info.changed_at.isoformat(),
    }


def show(args: Namespace) -> int:
    """``show ID``: one filing in the shape of ``read``; rows carry their ids for ``apply``."""
    forms = known_forms(args)
    with open_store(args, read_only=True) as store:
        filing = store.filing(args.id)
        here = next((i for i in store.filings() if i.id == args.id), None)
        year = [i for i in store.filings() if here and (i.unit_name, i.year) == (here.unit_name, here.year)]
        across = across_of(store, forms, year).get(args.id, ())
        values, off = values_in(store, forms, filing), off_in(store)
    form = forms.form(filing.form)
    findings = found_at(forms, filing, values, across, off)
    if args.json:
        data = filing_json(form, filing, True, quotable(form, filing, values))
        say_json(data | {"repairs": [], "findings": [finding_json(f) for f in findings]})
        return DONE
    print(f"{filing.title}  {filing.unit_name}  {filing.year} 年度")
    for section in form.sections:
        print(f"【{section.label}】")
        for row in filing.section(section.id):
            cells = "  ".join(
                f"{f.id}={' '.join(row.get(f.id).split())}" for f in section.fields if f.id in row.cells
            )
            print(f"{'  ' * depth(row) if section.kind == 'tree' else '  '}[{row.id}] {cells}")
    print("\n".join([*finding_lines(findings), f"审核：{summary(findings)}"]))
    return DONE


def apply(args: Namespace) -> int:
    """``apply ID``: JSON lines on stdin, one step each; ``OK n`` once step n is on disk, ``ERR n reason`` where nothing changed."""
    forms = known_forms(args)
    with open_store(args) as store:
        filing = store.filing(args.id)
        form = forms.form(filing.form)
        for number, line in enumerate(sys.stdin, 1):
            if not line.strip():
                continue
            try:
                store.apply(
                    args.id, step_from_json(form, store.filing(args.id), json.loads(line), store.new_id)
                )
                answer = f"OK {number}"
            except json.JSONDecodeError as error:
                answer = f"ERR {number} 不是有效的 JSON：{error}"
            except (UserError, RecursionError) as error:
                answer = f"ERR {number} {' '.join(str(error).split())}"
            print(answer, flush=True)
    return DONE


def undo(args: Namespace) -> int:
    """``undo ID``"""
    with open_store(args) as store:
        return _turned(args, "undone", "已撤销", "没有可撤销的步骤。", store.undo(args.id))


def redo(args: Namespace) -> int:
    """``redo ID``"""
    with open_store(args) as store:
        return _turned(args, "redone", "已重做", "没有可重做的步骤。", store.redo(args.id))


def _turned(args: Namespace, key: str, done: str, nothing: str, result: tuple[Filing, str] | None) -> int:
    if args.json:
        say_json({key: result[1] if result else None})
    elif result:
        print(f"{done}：{result[1]}")
    if not result:
        warn(nothing)
    return DONE


def history(args: Namespace) -> int:
    """``history ID``: the journal, oldest first; between the steps when it was handed in and opened again."""
    with open_store(args, read_only=True) as store:
        past = happened(store.history(args.id), store.office.seals(args.id))
    if args.json:
        keys = ("number", "label", "who", "undone", "replaced")
        say_json([{k: getattr(e, k) for k in keys} | {"at": e.at.isoformat()} for e in past])
    else:
        for e in past:
            mark = "（已撤销）" if e.undone or e.replaced else ""
            number = "" if e.number is None else e.number
            print(f"{number:>4}  {e.at.astimezone():%Y-%m-%d %H:%M:%S}  {e.who or '未记录'}  {e.label}{mark}")
    return DONE


def export(args: Namespace) -> int:
    """``export (ID | --year Y) --to PATH [--format docx,xlsx,pdf] [--draft] [--set]``"""
    forms = known_forms(args)
    with open_store(args, read_only=True) as store:
        infos = store.filings(args.year)
        ids = [args.id] if args.id is not None else [i.id for i in infos]
        filings = [store.filing(i) for i in ids]
        beside = [beside_in(store, forms, f) for f in filings]
        off = off_in(store)
    if not filings:
        warn("没有可导出的填报。")
        return FOUND_NOTHING_OR_ERRORS
    pairs = [(forms.form(f.form), f) for f in filings]
    written = _export_sets(args, pairs, off) if args.set else _export_each(args, pairs, beside, off)
    if args.json:
        say_json({"files": [str(path) for path in written]})
    else:
        print("\n".join(str(path) for path in written))
    return DONE


def _formats(args: Namespace, to: Path, files: int) -> list[str]:
    """Those that are asked for, else that of the file's name, where there is one file."""
    return args.format or ([to.suffix[1:].lower()] if to.suffix and files == 1 else ["docx"])


def _export_each(
    args: Namespace,
    pairs: Sequence[tuple[Form, Filing]],
    beside: Sequence[Companions],
    off: Mapping[str, Off],
) -> list[Path]:
    to = Path(args.to)
    formats = _formats(args, to, len(pairs))
    jobs: list[Job] = []
    for format in formats:
        names = suggested_names([filing for _, filing in pairs], format, args.draft)
        for (form, filing), name, known in zip(pairs, names, beside, strict=True):
            one = len(pairs) == len(formats) == 1 and to.suffix.lower() == f".{format}"
            jobs.append(Job(form, filing, to if one else to / name, args.draft, beside=known))
    refused = {number: error for number, error in export_many(jobs, off) if error is not None}
    if refused:
        raise refused[min(refused)]
    return [job.target for job in jobs]


def _export_sets(args: Namespace, pairs: Sequence[tuple[Form, Filing]], off: Mapping[str, Off]) -> list[Path]:
    """One document for each unit (by the name in the forms)."""
    to = Path(args.to)
    units = dict.fromkeys(filing.unit_name for _, filing in pairs)
    formats = _formats(args, to, len(units))
    written: list[Path] = []
    for unit in units:
        here = [one for one in pairs if one[1].unit_name == unit]
        for format in formats:
            one = len(units) == len(formats) == 1 and to.suffix.lower() == f".{format}"
            written.append(to if one else to / suggested_set_name(here[0][1], format, args.draft))
            export_set(here, written[-1], args.draft, off)
    return written
