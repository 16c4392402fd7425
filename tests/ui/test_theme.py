"""Colours can be read, the style sheet is filled, measures zoom."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QPushButton

from perfdesk import paths
from ui.look import Look
from ui.theme import DARK, LIGHT, STRONG_DARK, STRONG_LIGHT, Theme, style_sheet

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

TEXTS = ("ink", "quiet", "muted", "accent", "accent_deep", "error", "warning_text", "good")
GROUNDS = ("paper", "ground", "nav", "head", "level1", "level2", "current")


def light_of(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((light_of(one), light_of(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("text", ["ink", "quiet", "muted"])
def test_text_stands_out_from_every_ground(colours: dict[str, str], text: str) -> None:
    weak = {ground: contrast(colours[text], colours[ground]) for ground in GROUNDS}
    assert {ground: ratio for ground, ratio in weak.items() if ratio < 4.5} == {}


PAIRS = [
    ("muted", "accent_ground"), ("muted", "hover"), ("muted", "computed"), ("quiet", "track"), ("warning_text", "current"),
    ("error", "current"), ("error", "ground"), ("warning_text", "ground"), ("accent", "ground"), ("accent_deep", "hover"),
    ("good", "paper"), ("accent", "paper"), ("accent_deep", "paper"), ("accent_deep", "accent_ground"), ("error", "paper"),
    ("warning_text", "paper"), ("on_accent", "accent"), ("ink", "accent_ground"),
]  # fmt: skip


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_coloured_text_stands_out(colours: dict[str, str], text: str, ground: str) -> None:
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("colours", [STRONG_LIGHT, STRONG_DARK], ids=["light", "dark"])
def test_in_high_contrast_every_text_and_every_edge_stands_out_strongly(colours: dict[str, str]) -> None:
    """7 : 1 for letters (WCAG AAA), 3 : 1 for what has to be seen beside them, switched off or not."""
    letters = [*PAIRS, *((text, ground) for text in ("ink", "quiet", "muted") for ground in GROUNDS)]
    weak = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in letters}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 7} == {}
    edges = {
        name: contrast(colours[name], colours["paper"])
        for name in ("field", "line", "scroll", "faint", "dot", "warning")
    }
    assert {name: ratio for name, ratio in edges.items() if ratio < 3} == {}


def test_both_themes_have_the_same_names() -> None:
    assert LIGHT.keys() == DARK.keys() == STRONG_LIGHT.keys() == STRONG_DARK.keys()


@pytest.mark.parametrize("dark", [False, True])
def test_the_style_sheet_is_filled_completely(dark: bool) -> None:
    template = (paths.resources() / "style" / "window.qss").read_text(encoding="utf-8")
    filled = style_sheet(template, Theme(dark))
    assert "$" not in filled


def test_measures_zoom() -> None:
    assert style_sheet("a { padding: 4u 12.5u; color: $ink; }", Theme(zoom=2.0)) == (
        f"a {{ padding: 8px 25px; color: {LIGHT['ink']}; }}"
    )


@pytest.mark.parametrize("dark", [False, True])
def test_only_what_is_switched_off_is_faint(dark: bool) -> None:
    """The faint colour is too weak to read: in the style sheet letters have it only where nothing can be done."""
    template = (paths.resources() / "style" / "window.qss").read_text(encoding="utf-8")
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", template)
    faint = [name.strip() for name, body in rules if re.search(r"(?<![-\w])color: \$faint", body)]
    assert [name for name in faint if ":disabled" not in name] == []
    assert contrast(Theme(dark).colour("faint"), Theme(dark).colour("paper")) >= 2.5


def test_a_widget_wears_the_theme_that_was_chosen_last(qtbot: QtBot) -> None:
    """Whatever was worn before, by the same look or by another one."""
    link = QPushButton("链接")
    link.setObjectName("link")
    qtbot.addWidget(link)
    one, other = Look(shipped_font=True), Look(shipped_font=True)
    for look, dark in ((one, False), (other, True), (one, False), (one, True), (one, True), (other, False)):
        look.wear(dark=dark)
        link.ensurePolished()
        assert link.palette().buttonText().color().name().upper() == Theme(dark).colour("accent")
