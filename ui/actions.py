"""All actions of the window as one table: id, shortcut, icon, the method that does it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from ui import messages as say

if TYPE_CHECKING:
    from ui.look import Look


@dataclass(frozen=True, slots=True)
class Spec:
    """``slot`` is a method of one of the commands; ``argument`` is handed to it. Text and tip stand in the messages under ``id``.
    ``of_grid``: the keys are answered by whoever has the focus (text fields, too); menus show them."""

    id: str
    slot: str
    shortcuts: tuple[str, ...] = ()
    icon: str = ""
    argument: object = None
    checkable: bool = False
    of_grid: bool = False


SPECS = (
    Spec("undo", "undo", ("Ctrl+Z",), "undo"),
    Spec("redo", "redo", ("Ctrl+Y", "Ctrl+Shift+Z"), "redo"),
    Spec("new", "new_filing", ("Ctrl+N",), "file"),
    Spec("carry", "carry", ("Ctrl+Shift+N",), "calendar"),
    Spec("compare", "compare", ("Ctrl+Shift+K",), "panel-right"),
    Spec("overview", "overview", ("Alt+Home",), "chart"),
    Spec("projects", "show_projects", ("Alt+P",), "table"),
    Spec("evaluations", "show_evaluations", ("Alt+E",), "chart"),
    Spec("make-evaluations", "make_evaluations", (), "add"),
    Spec("own-scheme", "own_scheme"),
    Spec("make-report", "make_report", (), "file"),
    Spec("bind-texts", "bind_texts"),
    Spec("units", "units", ("Ctrl+U",), "unit"),
    Spec("bureau", "show_bureau", ("Alt+B",), "folder-open"),
    Spec("backups", "backups", (), "backup"),
    Spec("codes", "codes"),
    Spec("unarchive", "unarchive", (), "lock"),
    Spec("form-packs", "form_packs", (), "import"),
    Spec("hand-in", "hand_in", ("Ctrl+Shift+P",), "export"),
    Spec("unseal", "unseal", (), "lock"),
    Spec("help", "help", ("F1",), "info"),
    Spec("keys", "keys", ("Ctrl+F1",)),
    Spec("tour", "show_tour"),
    Spec("fault-report", "report_fault"),
    Spec("import-file", "choose_import", ("Ctrl+O",), "import"),
    Spec("import-last-year", "choose_last_year", ("Ctrl+Shift+O",), "import"),
    Spec("sample", "show_sample", (), "library"),
    Spec("check", "check", ("F8",), "check"),
    Spec("export-files", "export_files", ("Ctrl+E",), "export"),
    Spec("export-docx", "export", (), "file", "docx"),
    Spec("export-xlsx", "export", (), "table", "xlsx"),
    Spec("export-pdf", "export", (), "print", "pdf"),
    Spec("export-draft", "export_draft", (), "edit"),
    Spec("take-form", "take_form", (), "add"),
    Spec("fill-blank", "fill_blank", ("Ctrl+Shift+E",), "table"),
    Spec("preview", "preview", ("F9",), "preview"),
    Spec("print", "print_form", ("Ctrl+P",), "print"),
    Spec("find", "find", ("Ctrl+K", "Ctrl+F"), "search"),
    Spec("row-add", "add_row", ("Ctrl+Return", "Ctrl+Enter"), "add"),
    Spec("group-add", "add_group", ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"), "add"),
    Spec("library", "library", ("Ctrl+L",), "library"),
    Spec("replace", "replace", ("Ctrl+H",), "refresh"),
    Spec("row-remove", "remove_rows", ("Ctrl+Shift+Del",), "remove"),
    Spec("row-up", "move", ("Alt+Up",), "up", -1),
    Spec("row-down", "move", ("Alt+Down",), "down", 1),
    Spec("level-up", "level", ("Ctrl+Left",), "chevron-left", -1),
    Spec("level-down", "level", ("Ctrl+Right",), "chevron-right", 1),
    Spec("fold-all", "fold_all", (), "", True),
    Spec("unfold-all", "fold_all", (), "", False),
    Spec("copy", "copy", ("Ctrl+C",), "copy", of_grid=True),
    Spec("paste", "paste", ("Ctrl+V",), "paste", of_grid=True),
    Spec("clear", "clear", ("Del",), "", of_grid=True),
    Spec("fill-down", "fill_down", ("Ctrl+D",), ""),
    Spec("take-computed", "take", ("Ctrl+1",), "", "computed"),
    Spec("take-printed", "take", ("Ctrl+2",), "", "printed"),
    Spec("take-all", "take", (), "", "all"),
    Spec("last-year", "turn_last_year", ("Alt+Y",), "history", checkable=True),
    Spec("use-last", "use_last", ("Ctrl+3",)),
    Spec("next-tab", "turn_tab", ("Ctrl+PgDown",), "", 1),
    Spec("previous-tab", "turn_tab", ("Ctrl+PgUp",), "", -1),
    Spec("next-pane", "turn_pane", ("F6",), "", 1),
    Spec("previous-pane", "turn_pane", ("Shift+F6",), "", -1),
    Spec("panel-left", "turn_side", ("Ctrl+Shift+B",), "panel-left", "left"),
    Spec("panel-right", "turn_side", ("Ctrl+Shift+F",), "panel-right", "right"),
    Spec("zoom-in", "zoom", ("Ctrl++", "Ctrl+="), "zoom-in", 1),
    Spec("zoom-out", "zoom", ("Ctrl+-",), "zoom-out", -1),
    Spec("zoom-reset", "zoom", ("Ctrl+0",), "", 0),
    Spec("dark", "turn_dark", (), "moon"),
    Spec("contrast", "turn_contrast", (), "sun"),
)

ROWS_ONLY = (
    "row-add",
    "group-add",
    "row-remove",
    "row-up",
    "row-down",
    "level-up",
    "level-down",
    "fill-down",
    "take-computed",
    "take-printed",
    "take-all",
)
"""Actions that need a page with rows."""
OPEN_ONLY = ("library", "replace", "paste")
"""Further actions that an archived filing does not take."""
FILING_ONLY = (
    "hand-in",
    "export-files",
    "export-docx",
    "export-xlsx",
    "export-pdf",
    "export-draft",
    "fill-blank",
    "use-last",
    "check",
    "preview",
    "print",
    "tour",
    "compare",
)
"""Actions that need an open filing."""


def build(commands: Sequence[object], window: QWidget, look: Look) -> Mapping[str, QAction]:
    """The actions of ``SPECS``, added to the window so that their shortcuts work everywhere in it."""
    actions = {spec.id: _action(spec, commands, window) for spec in SPECS}

    def dress() -> None:
        for spec in SPECS:
            if spec.icon:
                actions[spec.id].setIcon(look.icon(spec.icon))

    dress()
    look.changed.connect(dress)
    return actions


def _action(spec: Spec, commands: Sequence[object], window: QWidget) -> QAction:
    action = QAction(say.ACTIONS[spec.id], window)
    action.setObjectName(spec.id)
    action.setCheckable(spec.checkable)
    slot = next(getattr(c, spec.slot) for c in commands if hasattr(c, spec.slot))
    if spec.argument is None:
        action.triggered.connect(lambda _checked=False: slot())
    else:
        action.triggered.connect(lambda _checked=False: slot(spec.argument))
    if spec.shortcuts:
        action.setShortcuts([QKeySequence(s) for s in spec.shortcuts])
        if spec.of_grid:
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        keys = QKeySequence(spec.shortcuts[0]).toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{say.TIPS.get(spec.id, action.text().rstrip('…'))}  {keys}")
    window.addAction(action)
    return action


def name_rows(actions: Mapping[str, QAction], kind: str) -> None:
    """What a new row is called in a section of that kind."""
    for name, text in zip(("row-add", "group-add"), say.row_words(kind), strict=True):
        actions[name].setText(text)
