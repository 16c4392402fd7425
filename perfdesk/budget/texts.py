"""Numbers in the explanation against the tables: which are bound, which were typed and say something else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from perfdesk.bound import Resolve, Typed, bind, bound_in, bound_text, show_bound, typed_numbers
from perfdesk.budget.budgeted import Budgeted
from perfdesk.budget.words import amount_of, resolver
from perfdesk.model.change import Change, SetCell
from perfdesk.model.filing import Filing
from perfdesk.model.form import Form
from perfdesk.model.ledger import Chapter
from perfdesk.values import MONEY_UNITS, parse_amount


@dataclass(frozen=True, slots=True)
class Said:
    """A number that a chapter's text states beside the one that the tables hold (both in the filing's unit)."""

    chapter: Chapter
    typed: Typed
    stated: Decimal
    held: Decimal


def stated(form: Form, filing: Filing, budgeted: Budgeted) -> Iterator[Said]:
    """Every number typed behind the words of a phrase, with a unit of amounts behind it, whose value is known."""
    for chapter in budgeted.budget.chapters:
        text = filing.cell(chapter.text) if chapter.text else ""
        for typed in typed_numbers(text, chapter.phrases):
            amount = _stated(text, typed, budgeted.unit)
            held = amount_of(form, filing, budgeted, typed.name)
            if amount is not None and held is not None:
                yield Said(chapter, typed, amount, held)


def _stated(text: str, typed: Typed, unit: str) -> Decimal | None:
    """The amount in ``unit``; None where no unit of amounts stands behind the number: it may count something else."""
    behind = text[typed.end :].lstrip("* ")
    own = next((u for u in ("万元", "亿元", "千元", "百元", "元") if behind.startswith(u)), None)
    value = parse_amount(typed.text).value
    return None if own is None or value is None else value * MONEY_UNITS[own] / MONEY_UNITS[unit]


def bind_texts(form: Form, filing: Filing, budgeted: Budgeted) -> tuple[Change, ...]:
    """Numbers of the explanation that are the tables' own become bound to them; what differs stays as typed, to be told."""
    same = {(s.typed.name, s.typed.text) for s in stated(form, filing, budgeted) if s.stated == s.held}
    changes: list[Change] = []
    for chapter in budgeted.budget.chapters:
        text = filing.cell(chapter.text) if chapter.text else ""
        bound = bind(text, chapter.phrases, lambda name, number: (name, number) in same)
        if bound != text:
            row, _, column = chapter.text.partition("/")
            changes.append(SetCell(row, column, bound))
    return tuple(changes)


def corrected(text: str, typed: Typed) -> str:
    """The text with the typed number bound to its value."""
    return text[: typed.start] + bound_text(typed.name) + text[typed.end :]


def shown_texts(form: Form, filing: Filing, budgeted: Budgeted) -> dict[str, str]:
    """The chapters' texts with values in place, by the address of their cell; only those in which something is bound."""
    resolve = resolver(form, filing, budgeted)
    raw = {c.text: filing.cell(c.text) for c in budgeted.budget.chapters if c.text}
    return {a: shown for a, text in raw.items() if (shown := show_bound(text, resolve)) != text}


def unknown_names(filing: Filing, budgeted: Budgeted, resolve: Resolve) -> Iterator[tuple[Chapter, str]]:
    """Bound names that mean nothing."""
    for chapter in budgeted.budget.chapters:
        for bound in bound_in(filing.cell(chapter.text) if chapter.text else ""):
            if resolve(bound.name) is None:
                yield chapter, bound.name
