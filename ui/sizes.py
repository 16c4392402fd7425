"""How large the window and its columns were the last time."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.columns import Columns
    from ui.library import Library

SETTING = "window/sizes"
TOP, LINE = 48, 28
"""Heights of the bar at the top and of the line at the bottom, in pixels of the drawing."""


def restore(window: QWidget, columns: Columns, library: Library) -> None:
    import json

    if kept := library.setting(SETTING):
        try:
            sizes = json.loads(kept)
            window.resize(*sizes["window"])
            if sizes["columns"]:
                columns.drag_to(sizes["columns"])
        except (ValueError, KeyError, TypeError):
            library.set_setting(SETTING, "")


def keep(window: QWidget, columns: Columns, library: Library) -> None:
    import json

    sizes = {"window": [window.width(), window.height()], "columns": columns.dragged_sizes()}
    library.set_setting(SETTING, json.dumps(sizes))
