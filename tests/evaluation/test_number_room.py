"""Numbers of a self-evaluation stand on one line on paper: a score or an amount broken in two is read as another."""

from __future__ import annotations

import pytest

from perfdesk.compose import compose
from perfdesk.document.measure import text_width, wrapped
from perfdesk.document.theme import STYLES
from perfdesk.formats.fonts import Fonts
from perfdesk.model.change import SetCell, apply
from perfdesk.model.filing import leaves
from tests.making import catalog
from tests.recognise.test_evaluation_styles import FORMS, made

NUMBERS = {
    "initial": "12345678.9",
    "adjusted": "12345678.9",
    "executed": "12376543.21",
    "weight": "12.25",
    "score": "10.05",
}


@pytest.mark.parametrize("form_id", FORMS)
def test_amounts_rates_scores_and_the_total_are_not_broken(form_id: str) -> None:
    form, fonts = catalog().form(form_id), Fonts.shipped()
    filing = made(form_id)
    changes = [SetCell("money", f"{line}{c}", t) for line in ("", "fiscal_") for c, t in NUMBERS.items()
               if form.section("money").field(f"{line}{c}")]  # fmt: skip
    changes += [
        SetCell(x.row.id, c, NUMBERS[c]) for x in leaves(filing, "indicators") for c in ("weight", "score")
    ]
    filing = apply(filing, (*changes, SetCell("result", "total", "99.75")))[0]
    seen = broken = 0
    for table in compose(form, filing).document.tables:
        for cell in (
            c for c in table.cells if c.text.replace(",", "").replace(".", "").rstrip("%").isdigit()
        ):
            style = STYLES[cell.style]
            lines = wrapped(cell.text, style, text_width(table, cell, style.pad), fonts.measure(style.face))
            seen, broken = seen + 1, broken + (len(lines) > 1)
    assert seen > 20
    assert broken == 0


@pytest.mark.parametrize("form_id", FORMS)
def test_the_heads_of_the_indicators_take_two_lines_at_most(form_id: str) -> None:
    form, fonts = catalog().form(form_id), Fonts.shipped()
    lower = compose(form, made(form_id)).document.tables[1]
    for cell in (c for c in lower.cells if c.row == 0):
        style = STYLES[cell.style]
        room = text_width(lower, cell, style.pad)
        assert len(wrapped(cell.text, style, room, fonts.measure(style.face))) <= 2, cell.text
