"""A filing in the shape of ``read --json`` and back: the exchange format of the headless commands and of .json files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, cast

from perfdesk.budget.budgeted import Budgeted
from perfdesk.budget.intake import deviations_from_printed, facts_from_printed
from perfdesk.budget.printed import Printed
from perfdesk.budget.quotes import quotable_budget
from perfdesk.budget.tables_json import printed_from_json, table_rows, written_cells
from perfdesk.catalog import Catalog
from perfdesk.errors import InputRefused
from perfdesk.evaluation.evaluated import settled, shown
from perfdesk.model.filing import Filing, Row, empty_filing, tree_records
from perfdesk.model.finding import Finding, Repair
from perfdesk.model.form import LEVELS, Form, Section
from perfdesk.model.reminder import SECTION as CARRIED
from perfdesk.quotable import Quotable, shown_texts
from perfdesk.report.quotes import quotable_report
from perfdesk.report.reported import Reported
from perfdesk.targets.goals_json import goals_json, goals_rows
from perfdesk.titles import own_title, title_of
from perfdesk.values import amount_json, clean_text, one_line, parse_target, target_json


def filing_json(
    form: Form, filing: Filing, ids: bool = False, quotes: Quotable | None = None
) -> dict[str, Any]:
    """Plain data. Amounts are decimal strings; where the cell was written otherwise its text stands under ``written``, so that nothing
    is lost. ``ids``: rows of lists and trees carry their row id (for ``apply``). ``quotes``: of a report, where it stands beside others."""
    unit = filing.amount_unit or form.amount_unit
    filing = shown(form, filing)
    data: dict[str, Any] = {
        "id": filing.id,
        "form": filing.form,
        "title": title_of(form, filing),
        "year": filing.year,
        "unit_name": filing.unit_name,
        "amount_unit": unit,
        "sections": {s.id: _section_json(s, filing, unit, ids) for s in form.sections},
    }
    written = _written(form, filing, unit)
    if form.budget is not None:
        written |= _add_budget(data["sections"], form, filing, Budgeted.of(form.budget, filing, unit))
    if form.report is not None:
        own = quotes or quotable_report(form.report, Reported.of(form, form.report, filing))
        written |= _add_texts(data["sections"], filing, own)
    if written:
        data["written"] = written
    if told := [dict(row.cells) for row in filing.section(CARRIED)]:
        data["carried"] = told
    return data


def _add_budget(sections: dict[str, Any], form: Form, filing: Filing, budgeted: Budgeted) -> dict[str, str]:
    """The tables as they are shown, and texts with the values in place; what is returned is how the cells are written."""
    written: dict[str, str] = {}
    for view in budgeted.views:
        sections[view.table.id] = {"rows": table_rows(view, budgeted.unit)}
        written |= dict(written_cells(view, budgeted.unit))
    return written | _add_texts(sections, filing, quotable_budget(form, filing, budgeted))


def _add_texts(sections: dict[str, Any], filing: Filing, quotes: Quotable) -> dict[str, str]:
    """Texts as they are printed; what is returned is how they are written."""
    written: dict[str, str] = {}
    for address, text in shown_texts(filing, quotes).items():
        section, _, column = address.partition("/")
        sections[section][column] = text
        written[address] = filing.cell(address)
    return written


def _section_json(section: Section, filing: Filing, unit: str, ids: bool) -> Any:
    match section.kind:
        case "fields":
            row = filing.row(section.id) or Row(section.id, section.id, MappingProxyType({}))
            return {
                f.id: amount_json(row.get(f.id), unit) if f.kind == "money" else row.get(f.id)
                for f in section.fields
            }
        case "list":
            return [
                _id(r, ids) | {f.id: r.get(f.id) for f in section.fields} for r in filing.section(section.id)
            ]
        case "tree":
            return _tree_json(section, filing, ids)
        case "goals":
            return goals_json(section, filing, ids)
        case "ledger":
            return {"rows": [_id(r, ids) | dict(r.cells) for r in filing.section(section.id)]}
        case "table":
            return {"rows": []}


def _id(row: Row, ids: bool) -> dict[str, Any]:
    return {"id": row.id} if ids else {}


def _tree_json(section: Section, filing: Filing, ids: bool) -> list[dict[str, Any]]:
    return [_tree_row(section, record, ids) for record in tree_records(filing, section)]


def _tree_row(section: Section, record: Mapping[str, Row], ids: bool) -> dict[str, Any]:
    """One printed line; ``id`` is that of its deepest row."""
    deepest = list(record.values())[-1]
    row: dict[str, Any] = _id(deepest, ids)
    for field in section.fields:
        text = record[field.id].get(field.id) if field.id in record else ""
        unit = deepest.get("unit")
        row[field.id] = target_json(parse_target(text, unit)) if field.kind == "target" else text
    if ids:
        row |= {f"{level}_id": record[level].id for level in ("level1", "level2") if level in record}
    return row


def _written(form: Form, filing: Filing, unit: str) -> dict[str, str]:
    addresses = (
        (f"{s.id}/{f.id}", filing.cell(f"{s.id}/{f.id}"))
        for s in form.sections
        if s.kind == "fields"
        for f in s.fields
        if f.kind == "money"
    )
    return {address: text for address, text in addresses if text != amount_json(text, unit)}


def repair_json(repair: Repair) -> dict[str, str]:
    return {"code": repair.code, "where": repair.where, "message": repair.message}


def finding_json(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "where": finding.where,
        "title": finding.title,
        "message": finding.message,
        "fix": finding.fixes[0].label if finding.fixes else None,
    }


# --- and back ---------------------------------------------------------------------------------------------------------


def filings_from_json(
    data: Any, catalog: Catalog, new_id: Callable[[], str], name: str
) -> tuple[Filing, ...]:
    """The filings of a .json file: one filing, a list of them, or all that ``read --json`` prints. InputRefused where it is none."""
    try:
        found = _find(data)
        if not found:
            raise ValueError("no filing")
        return tuple(_filing(one, _known_form(one["form"], catalog, name), new_id) for one in found)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputRefused(
            "not-a-filing", f"“{name}”是 JSON 文件，但不是本程序的填报数据。", repr(error)
        ) from error


def _find(data: Any) -> list[dict[str, Any]]:
    if isinstance(data, list):
        return [one for item in cast("list[Any]", data) for one in _find(item)]
    if not isinstance(data, dict):
        raise ValueError("not a table")
    table = cast("dict[str, Any]", data)
    if "files" in table:
        return [one for file in table["files"] for one in file["filings"]]
    if "filings" in table:
        return list(table["filings"])
    return [table] if "form" in table else []


def _known_form(form_id: Any, catalog: Catalog, name: str) -> Form:
    if form_id not in catalog.forms:
        wanted = one_line(clean_text(str(form_id)))[:60]
        raise InputRefused(
            "unknown-form",
            f"“{name}”里的表样“{wanted}”不在本程序里。请安装较新的版本，或先装上这个表样，再导入。",
        )
    return catalog.forms[form_id]


def _filing(data: Mapping[str, Any], form: Form, new_id: Callable[[], str]) -> Filing:
    rows: list[Row] = []
    written = {k: clean_text(v) for k, v in data.get("written", {}).items()}
    for section in form.sections:
        content = data["sections"].get(section.id, {} if section.kind == "fields" else [])
        if section.id == "basic":
            content = {"unit_name": data.get("unit_name"), **content}
        rows += _rows(section, content, written, new_id)
    unit = data.get("amount_unit", form.amount_unit)
    if form.budget is not None:
        rows += _table_rows(form, rows, printed_from_json(form, data["sections"], written), unit, new_id)
    rows += _reminders(data.get("carried", []), {r.id for r in rows})
    year = data.get("year")
    if year is not None and not isinstance(year, int):
        raise ValueError("year")
    filing = empty_filing(form, year, tuple(rows))
    other = unit if unit in ("元", "万元") and unit != form.amount_unit else ""
    filing = settled(form, replace(filing, amount_unit=other))
    return replace(filing, title=own_title(form, filing, clean_text(data.get("title") or form.title)))


def _reminders(content: list[dict[str, Any]], known: set[str]) -> list[Row]:
    """Without those of rows that have another id now."""
    cells = [_cells({k: clean_text(str(v)) for k, v in one.items()}) for one in content]
    there = [one for one in cells if one.get("row", "") in {"", *known}]
    return [Row(f"{CARRIED}-{n}", CARRIED, one) for n, one in enumerate(there, 1)]


def _rows(section: Section, content: Any, written: Mapping[str, str], new_id: Callable[[], str]) -> list[Row]:
    if section.kind == "fields":
        cells = {
            f.id: written.get(f"{section.id}/{f.id}", clean_text(_lines(content.get(f.id))))
            for f in section.fields
        }
        return [Row(section.id, section.id, _cells(cells))]
    if section.kind == "list":
        return [
            Row(new_id(), section.id, _cells({f.id: clean_text(r.get(f.id) or "") for f in section.fields}))
            for r in content
        ]
    if section.kind == "ledger":
        rows: list[dict[str, Any]] = content["rows"] if content else []
        return [Row(new_id(), section.id, _cells(_ledger_cells(section, r))) for r in rows]
    if section.kind == "goals":
        return goals_rows(section, content, new_id)
    return _tree(section, content, new_id) if section.kind == "tree" else []


def _lines(value: Any) -> str:
    """A text, which may come as a list of its lines."""
    return "\n".join(cast("list[str]", value)) if isinstance(value, list) else value or ""


def _ledger_cells(section: Section, row: Mapping[str, Any]) -> dict[str, str]:
    return {f.id: clean_text(str(row.get(f.id) or "")) for f in section.fields}


def _table_rows(
    form: Form, rows: Sequence[Row], printed: Printed, unit: str, new_id: Callable[[], str]
) -> tuple[Row, ...]:
    """What the computed tables show otherwise than the facts among ``rows``; where there are no facts, also the facts behind them."""
    budget = form.budget
    if budget is None:
        return ()
    if not any(r.section == x.id for r in rows for x in budget.ledgers):
        return facts_from_printed(form, printed, unit, new_id).rows
    budgeted = Budgeted.of(budget, empty_filing(form, None, tuple(rows)), unit)
    return deviations_from_printed(budgeted, printed, new_id).rows


def _cells(cells: dict[str, str]) -> Mapping[str, str]:
    return MappingProxyType({k: v for k, v in cells.items() if v})


def _tree(section: Section, content: list[dict[str, Any]], new_id: Callable[[], str]) -> list[Row]:
    rows: list[Row] = []
    last: tuple[str | None, str | None] = (None, None)
    ids = ("", "")
    for item in content:
        one, two, three = (clean_text(item.get(level) or "") for level in LEVELS)
        rest = _cells({f.id: _text(item.get(f.id)) for f in section.fields[3:]})
        if last[0] != one:
            ids = (new_id(), "")
            rows.append(Row(ids[0], section.id, MappingProxyType({"level1": one})))
            last = (one, None)
        if last[1] != two and (two or three or rest):
            ids = (ids[0], new_id())
            rows.append(Row(ids[1], section.id, MappingProxyType({"level2": two}), ids[0]))
            last = (one, two)
        if three or rest:
            rows.append(Row(new_id(), section.id, MappingProxyType({"level3": three, **rest}), ids[1]))
    return rows


def _text(value: Any) -> str:
    """A cell's text; a target may come as a table with its parts."""
    return clean_text(cast("dict[str, str]", value)["text"] if isinstance(value, dict) else value or "")
