"""What is added up of one filing that was handed in: its amounts in whole numbers, its indicators, its scores, its findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from perfdesk.budget.budgeted import Budgeted
from perfdesk.budget.facts import UNCODED
from perfdesk.budget.tables import TableRow
from perfdesk.bureau.indicators import indicators_of
from perfdesk.bureau.whole import NOTHING, Whole, added, in_whole
from perfdesk.check import check
from perfdesk.derive import Values, amount_unit, derive
from perfdesk.evaluation.entered import RESULT
from perfdesk.evaluation.evaluated import Evaluated, shown
from perfdesk.explained import finding_key
from perfdesk.model.bureau import Amount, Paper, Told
from perfdesk.model.filing import Filing
from perfdesk.model.finding import Finding
from perfdesk.model.form import Field, Form, Section
from perfdesk.values import DASHES, one_line

LONGEST_LINE = 200
"""Characters of a line's name that count: what somebody typed for a code may be a whole page."""

UNSAID: Mapping[str, str] = MappingProxyType({})


def paper_of(
    form: Form,
    filing: Filing,
    values: Values | None = None,
    findings: Sequence[Finding] | None = None,
    said: Mapping[str, str] = UNSAID,
) -> Paper:
    """``values`` and ``findings``: those of this filing where they are known already. ``said``: finding's key (``perfdesk.explained``) →
    what the unit says about it."""
    values = derive(form, filing) if values is None else values
    findings = check(form, filing, values) if findings is None else findings
    evaluated = values.evaluated
    full = shown(form, filing, evaluated) if evaluated else filing
    return Paper(
        filing if filing.id is None else replace(filing, id=None),
        form.kind,
        " ".join(filing.cell("basic/name").split()),
        amounts_of(form, full, values.budget),
        indicators_of(form, full, evaluated),
        tuple(_told(filing, finding, said) for finding in findings),
        *_scored(filing, evaluated),
    )


def _told(filing: Filing, finding: Finding, said: Mapping[str, str]) -> Told:
    explanation = said.get(finding_key(filing, finding), "") if said else ""
    return Told(finding.code, finding.severity, finding.where, finding.title, finding.message, explanation)


def _scored(filing: Filing, evaluated: Evaluated | None) -> tuple[str, str, str]:
    if evaluated is None:
        return "", "", ""
    total = evaluated.cells.get((RESULT, "total"), "")
    return total, evaluated.scored.grade, filing.cell(f"{RESULT}/total").strip()


# --- amounts ----------------------------------------------------------------------------------------------------------


def amounts_of(form: Form, filing: Filing, budgeted: Budgeted | None = None) -> tuple[Amount, ...]:
    """Of the form's fields, of the columns of its lists, of every cell of its computed tables (``section`` is the table) and of its ledgers
    (``section`` is the ledger, ``line`` the code, ``field`` the fact); what is empty is no amount."""
    unit = amount_unit(form, filing)
    found: dict[tuple[str, str, str], Whole] = {}
    tables = form.budget and (budgeted or Budgeted.of(form.budget, filing, unit))
    cells = [*_of_sections(form, filing, unit), *(_of_tables(tables, unit) if tables else ())]
    for key, one in cells:
        if one != NOTHING:
            found[key] = added((found[key], one)) if key in found else one
    return tuple(Amount(*key, one.value, one.text) for key, one in found.items())


Cells = Iterator[tuple[tuple[str, str, str], Whole]]


def _of_sections(form: Form, filing: Filing, unit: str) -> Cells:
    for section in form.sections:
        for field in added_up(form, section):
            counts_in = unit if field.kind == "money" else ""
            texts = [row.get(field.id) for row in filing.section(section.id)]
            if section.kind == "list":  # beside other rows a dash says that there is nothing
                texts = [text for text in texts if one_line(text) not in DASHES]
            yield (section.id, "", field.id), added(in_whole(text, counts_in) for text in texts)


def added_up(form: Form, section: Section) -> Iterable[Field]:
    """Amounts, and of single cells also what is counted; never what is computed, nor the points of a report."""
    kinds = ("money", "number") if section.kind == "fields" and form.report is None else ("money",)
    if section.kind not in ("fields", "list"):
        return ()
    return (f for f in section.fields if f.kind in kinds and not f.computed)


def _of_tables(budgeted: Budgeted, unit: str) -> Cells:
    """Every cell of every computed table; and the facts that are counted in them, so that a consolidated budget has facts again."""
    for view in budgeted.views:
        for row in {row.key: row for row in view.rows()}.values():  # a code may be called like the total
            line = line_of(row)
            for column, cell in row.cells.items():
                yield (view.table.id, line, column), in_whole(cell.text, unit)
    for ledger, facts in budgeted.facts.items():
        for node in facts.nodes.values():
            for row_id in () if node.below else node.rows:
                if row := budgeted.filing.row(row_id):
                    line = line_key(node.code, row.get("name"))
                    for fact in facts.parsed[row_id][1]:
                        yield (ledger, line, fact), in_whole(row.get(fact), unit)


def line_of(row: TableRow) -> str:
    return line_key(row.key, row.name)


def line_key(key: str, name: str) -> str:
    """The key of a table's row, the same for every unit: a row without a code goes by its name."""
    known = f"{UNCODED}{one_line(name)}" if key.startswith(UNCODED) else key
    return known[:LONGEST_LINE]
