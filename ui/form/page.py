"""What every page of the editor can do; a page shows one section of the open filing."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from perfdesk.model.finding import Place

if TYPE_CHECKING:
    from perfdesk.model.form import Section
    from ui.look import Look
    from ui.workspace import Workspace


class Page(QWidget):
    """``told``: a sentence for the notice line; ``selected``: how many rows and the sum of the numbers (None: no number);
    ``placed``: the cursor is at another place (as ``place`` says); ``tried``: what a self-evaluation would come to with what is being
    typed (None: nothing is being typed any more); ``sought``: a place on another page."""

    told = Signal(str)
    selected = Signal(int, object)
    placed = Signal(object)
    tried = Signal(object)
    sought = Signal(object)

    def __init__(self, section: Section, workspace: Workspace, look: Look) -> None:
        super().__init__()
        self.section = section
        self.workspace = workspace
        self.look = look

    def first(self) -> QWidget:
        """Where the cursor is when the page is turned to. A focus proxy would keep Tab from what stands before it."""
        return self

    def load(self) -> None:
        """Show the open filing from the beginning."""

    def update_cells(self) -> None:
        """The open filing has changed."""

    def remark(self) -> None:
        """The findings are new."""

    def show_place(self, place: Place) -> bool:
        """Go to the cell; False where this page does not have it."""
        return False

    def show_change(self, place: Place) -> bool:
        """Undo has changed the cell: show that here; False where it has to be looked for in its own section."""
        return False

    def place(self) -> Place | None:
        """The cell with the cursor; None where there is none."""
        return None

    def pending(self) -> bool:
        return False

    def commit(self) -> None:
        """Keep what is being typed."""

    def keep(self) -> None:
        """Keep what is being typed, and go on."""
        self.commit()

    def revert(self) -> None:
        """Forget what is being typed."""

    def topic(self) -> str:
        """The page of the help that is about this."""
        return self.section.id

    def selection(self) -> tuple[int, Decimal | None]:
        return 0, None

    # --- what the actions ask; a page without rows has nothing to do ---

    def add_row(self) -> None:
        return

    def add_group(self) -> None:
        return

    def remove_rows(self) -> None:
        return

    def move(self, by: int) -> None:
        return

    def level(self, by: int) -> None:
        return

    def fill_down(self) -> None:
        return

    def take(self, which: str) -> None:
        """Settle a number that a file printed otherwise: ``computed``, ``printed``, ``all`` computed ones."""
        return

    def does(self, action: str) -> bool:
        """Whether one of the actions on rows or numbers makes sense here and now."""
        return self.has_rows() and not action.startswith("take-")

    def has_rows(self) -> bool:
        return False
