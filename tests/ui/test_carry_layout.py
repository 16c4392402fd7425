"""The dialogue of carrying and the comparison at five sizes: nothing cut, nothing on top of another, everything with a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.ui.seen import nameless, troubles
from tests.ui.test_layouts import NAMES, SIZES, wear

if TYPE_CHECKING:
    from tests.ui.driver import Driver


@pytest.mark.parametrize(("size", "zoom"), SIZES, ids=NAMES)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_they_show_their_words_whole(driver: Driver, size: tuple[int, int], zoom: float, dark: bool) -> None:
    wear(driver, size, zoom, dark)
    dialog = driver.window.office.carrying.dialog(2023)
    dialog.show()
    dialog.resize(min(dialog.width(), size[0]), min(dialog.height(), size[1]))
    driver.qtbot.waitUntil(lambda: dialog.carrying is not None)
    for chosen in range(dialog.amounts.count()):
        dialog.amounts.setCurrentIndex(chosen)
        driver.qtbot.waitUntil(lambda: dialog.carrying is not None)
        driver.settle()
        assert dialog.width() <= size[0] and dialog.height() <= size[1]
        assert (troubles(dialog), nameless(dialog)) == ([], [])
    dialog.close()
    driver.window.actions_by_id["compare"].trigger()
    panel = driver.window.office.comparing.panel
    driver.qtbot.waitUntil(panel.is_idle)
    driver.settle()
    assert (driver.window.width(), driver.window.height()) == size
    assert (troubles(driver.window), nameless(driver.window)) == ([], [])
