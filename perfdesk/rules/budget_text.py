"""The explanation of a budget against its tables: a number typed in a sentence that the table contradicts, a bound name that is none."""

from __future__ import annotations

from collections.abc import Iterator

from perfdesk.budget.texts import Said, corrected, stated, unknown_names
from perfdesk.budget.words import resolver, short_number
from perfdesk.model.finding import Finding, Place
from perfdesk.rules.subject import Kind, Subject, cell_fix

DIFFERS = Kind("budget-text", "error", "文字与表中数字不一致")
UNBOUND = Kind("budget-text-unknown", "error", "引用的数据不存在")
KINDS = (DIFFERS, UNBOUND)


def find(subject: Subject) -> Iterator[Finding]:
    budgeted = subject.values.budget
    if budgeted is None:
        return
    for said in stated(subject.form, subject.filing, budgeted):
        if said.stated != said.held:
            yield _differs(subject, said)
    resolve = resolver(subject.form, subject.filing, budgeted)
    for chapter, name in unknown_names(subject.filing, budgeted, resolve):
        row, _, column = chapter.text.partition("/")
        message = f"“{chapter.heading}”里的 {{{{{name}}}}} 不对应任何数据。请改成表中的数据，或改为直接填写。"
        yield UNBOUND.at(chapter.text, Place(row, column), message)


def _differs(subject: Subject, said: Said) -> Finding:
    text = subject.filing.cell(said.chapter.text)
    row, _, column = said.chapter.text.partition("/")
    held, unit = short_number(said.held), subject.amount_unit
    message = (
        f"“{said.chapter.heading}”里写的是“{said.typed.words}…{said.typed.text}”，"
        f"{_source(said.typed.name)}是 {held} {unit}，差 {short_number(abs(said.stated - said.held))} {unit}。"
    )
    fix = cell_fix(f"改为随表更新的 {held}", row, column, corrected(text, said.typed))
    return DIFFERS.at(said.chapter.text, Place(row, column), message, fix)


def _source(name: str) -> str:
    """``收支总表/收入总计/income_amount`` as a sentence says it: the ids of columns are left out."""
    return " ".join(part for part in name.split("/") if not part.isascii() or part.isdecimal()) or "数据"
