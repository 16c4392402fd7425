"""Texts against the data that they quote: a number typed in a sentence that the data contradict, a bound name that is none."""

from __future__ import annotations

from collections.abc import Iterator

from perfdesk.budget.words import short_number
from perfdesk.model.finding import Finding, Place
from perfdesk.quotable import COUNT, Quotable, Said, corrected, stated, unknown_names
from perfdesk.quoted import quotable
from perfdesk.rules.subject import Kind, Subject, cell_fix

DIFFERS = Kind("budget-text", "error", "文字与表中数字不一致")
UNBOUND = Kind("budget-text-unknown", "error", "引用的数据不存在")
REPORT_DIFFERS = Kind("report-text", "error", "文字与数据不一致")
REPORT_UNBOUND = Kind("report-text-unknown", "error", "引用的数据不存在")
KINDS = (DIFFERS, UNBOUND, REPORT_DIFFERS, REPORT_UNBOUND)


def find(subject: Subject) -> Iterator[Finding]:
    quotes = quotable(subject.form, subject.filing, subject.values)
    if quotes is None:
        return
    differs, unbound = (DIFFERS, UNBOUND) if subject.form.budget else (REPORT_DIFFERS, REPORT_UNBOUND)
    for said in stated(subject.filing, quotes):
        if not said.agrees(quotes.rounded):
            yield _differs(subject, differs, quotes, said)
    for chapter, name in unknown_names(subject.filing, quotes):
        row, _, column = chapter.text.partition("/")
        message = f"“{chapter.heading}”里的 {{{{{name}}}}} 不对应任何数据。请改成表中的数据，或改为直接填写。"
        yield unbound.at(chapter.text, Place(row, column), message)


def _differs(subject: Subject, kind: Kind, quotes: Quotable, said: Said) -> Finding:
    text = subject.filing.cell(said.chapter.text)
    row, _, column = said.chapter.text.partition("/")
    held, unit = short_number(said.held.value), said.held.unit
    unit = "" if unit == COUNT else unit if unit == "%" else f" {unit}"
    source = _source(said.typed.name) if subject.form.budget else quotes.words(said.typed.name)
    message = (
        f"“{said.chapter.heading}”里写的是“{said.typed.words}…{said.typed.text}”，"
        f"{source}是 {held}{unit}，差 {short_number(abs(said.stated - said.held.value))}{unit}。"
    )
    fix = cell_fix(
        f"改为随{'表' if subject.form.budget else '数据'}更新的 {held}",
        row,
        column,
        corrected(text, said.typed, said.held.unit),
    )
    return kind.at(said.chapter.text, Place(row, column), message, fix)


def _source(name: str) -> str:
    """``收支总表/收入总计/income_amount`` as a sentence says it: the ids of columns are left out."""
    return " ".join(part for part in name.split("/") if not part.isascii() or part.isdecimal()) or "数据"
