"""Taking in what units hand in: chosen or dropped, looked at, reviewed, taken; all of it off the window's thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget
from shiboken6 import isValid

from perfdesk.errors import UserError
from ui.bureau.changes_dialog import ChangesDialog
from ui.bureau.review import ReviewDialog
from ui.messages import bureau as words
from ui.messages import paper

if TYPE_CHECKING:
    from perfdesk.bureau.differing import Differing
    from perfdesk.collecting import Desk
    from perfdesk.model.bureau import HandingInfo
    from perfdesk.model.collected import Choice, Collection, Progress, Took
    from ui.bureau.unit_read import UnitRead
    from ui.bureau.year import BureauYear
    from ui.look import Look
    from ui.main_window import MainWindow
    from ui.tasks import Task


class Collecting(QObject):
    """``ended``: what was taken is on disk, all of it or, cancelled, some.
    ``ask_node``: the dialogue of a new unit, proposed by this name and code; its key, or None."""

    ended = Signal()

    def __init__(
        self,
        year: BureauYear,
        look: Look,
        window: MainWindow,
        ask_node: Callable[[str, str, QWidget], str | None],
    ) -> None:
        super().__init__(window)
        self.year = year
        self.look = look
        self.window = window
        self._ask_node = ask_node
        self.ended.connect(year.load)

    # --- looking ---

    def choose_folder(self) -> None:
        start = self.window.files.last_folder("collect")
        if name := QFileDialog.getExistingDirectory(self.window, words.CHOOSE_FOLDER, start):
            self.look_at([Path(name)])

    def choose_files(self) -> None:
        start = self.window.files.last_folder("collect")
        names, _ = QFileDialog.getOpenFileNames(self.window, words.CHOOSE_FILES, start)
        if names:
            self.look_at([Path(name) for name in names])

    def look_at(self, paths: Sequence[Path]) -> None:
        """What is in these folders and files; nothing is taken yet."""
        if self._is_busy():
            return
        store, year = self.year.store, self.year.wanted
        self.year.workspace.set_setting("folder/collect", str(_folder(paths[0])))

        def work(task: Task) -> Collection:
            from perfdesk.bureau.choosing import Wish
            from perfdesk.collecting import look

            return look(
                paths, self._desk(task), Wish(year), lambda y: store.bureau.handings(y, replaced=True)
            )

        self.window.files.run(work, words.LOOKING, self._review)

    def _desk(self, task: Task) -> Desk:
        from perfdesk.collecting import Desk

        space, store = self.year.workspace, self.year.store
        nodes = store.bureau.nodes()

        def say(at: Progress) -> None:
            told = words.looking if at.doing == "look" else words.taking
            task.told.emit(told(at.number, at.of, at.name))

        return Desk(store.vault.folder, space.catalog, nodes, space.switched.off, say, task.cancelled)

    def _is_busy(self) -> bool:
        if self.window.files.task is not None:
            self.window.status.tell(paper.BUSY)
            return True
        return False

    # --- reviewing ---

    def _review(self, found: Collection) -> None:
        dialog = self.dialog(found)
        if dialog is None:
            return
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.take(dialog.chosen())
        dialog.deleteLater()

    def dialog(self, found: Collection) -> ReviewDialog | None:
        """Made and connected, not shown; None as long as the tree has not been read."""
        if self.year.read is None:
            return None
        dialog = ReviewDialog(found, self.year.read, self.look, self.window)
        self.window.office.help_in(dialog, "bureau")
        dialog.placed.connect(lambda row, key: self._place(dialog, row, key))
        dialog.new_unit.connect(lambda row: self._place_new(dialog, row))
        dialog.changes.connect(lambda choice, n: self.show_changes(choice, n, dialog))
        return dialog

    def _place(self, dialog: ReviewDialog, row: int, key: str) -> None:
        """What was in no unit's name is this one's; it stands beside what came from it otherwise and what the store has of it."""
        from perfdesk.bureau.choosing import Wish, arranged_again
        from perfdesk.bureau.placing import Tree

        unplaced, bureau = dialog.model.lines[row].unplaced, self.year.store.bureau
        if unplaced is None:
            return
        given = {**dialog.given, unplaced.seen.path: key}
        wish, tree = Wish(self.year.wanted), Tree(bureau.nodes())
        found = arranged_again(dialog.found, tree, wish, lambda y: bureau.handings(y, replaced=True), given)
        if refused := next((one for one in found.refused if one.path == unplaced.seen.path), None):
            self.window.tell_error(UserError(refused.code, refused.message))
        else:
            dialog.given = given
            dialog.arrange(found, unplaced.seen.path)

    def _place_new(self, dialog: ReviewDialog, row: int) -> None:
        unplaced = dialog.model.lines[row].unplaced
        if unplaced is not None:
            key = self._ask_node(unplaced.seen.unit_name, unplaced.seen.unit_code, dialog)
            if key is not None:
                self._place(dialog, row, key)

    # --- taking ---

    def take(self, choices: Sequence[Choice]) -> None:
        """Unit by unit; what is on disk when it is cancelled stays."""
        if self._is_busy() or not choices:
            return
        store = self.year.store

        def work(task: Task) -> list[Took]:
            from perfdesk.collecting import take

            try:
                return list(take(store, choices, self._desk(task)))
            finally:
                self.ended.emit()

        self.window.files.run(work, words.TAKING, self._took)

    def _took(self, some: Sequence[Took]) -> None:
        done = [one for one in some if one.number]
        if done:
            self.year.turn_to(done[0].choice.year)
        refused = [one.refused for one in some if one.refused is not None]
        told = words.took(len(done), sum(one.errors for one in done), len(refused))
        if refused:
            lines = "\n".join(one.message for one in refused)
            self.window.tell_error(UserError("not-taken", told, lines))
        else:
            self.window.notice.tell(told)

    # --- differences ---

    def show_changes(self, choice: Choice, number: int, over: QWidget) -> None:
        """Of one of the things that came, against what was taken before, else against the next older one."""
        stored, store = choice.stored, self.year.store
        versions = choice.versions
        if stored is None and number + 1 >= len(versions):
            return

        def work(task: Task) -> Sequence[Differing]:
            from perfdesk.bureau.differing import differing
            from perfdesk.collecting import filings_of

            desk = self._desk(task)
            coming = filings_of(versions[number], choice.year, desk)
            if stored is None:
                there: Any = filings_of(versions[number + 1], choice.year, desk)
            else:
                there = _stored(store, stored)
            return tuple(differing(there, coming, self.year.workspace.catalog))

        other = words.THERE if stored is not None else words.version_number(number + 2)
        here = words.COMING if stored is not None else words.version_number(number + 1)
        self._compare(work, (other, here), over)

    def show_old(self, read: UnitRead) -> None:
        """An earlier handing against the one that counts."""
        now = next((h for h in read.handings if h.state != "replaced"), None)
        old, store = read.shown, self.year.store
        if now is None or old is None:
            return

        def work(_task: Task) -> Sequence[Differing]:
            from perfdesk.bureau.differing import differing

            return tuple(differing(_stored(store, old), _stored(store, now), self.year.workspace.catalog))

        self._compare(work, (words.handing_of(old.number), words.handing_of(now.number)), self.window)

    def _compare(self, work: Callable[[Task], Any], sides: tuple[str, str], over: QWidget) -> None:
        if self._is_busy():
            return

        def show(changes: Sequence[Differing]) -> None:
            dialog = ChangesDialog(changes, sides, self.look, over if isValid(over) else self.window)
            dialog.exec()
            dialog.deleteLater()

        self.window.files.run(work, words.COMPARING, show)


def _stored(store: Any, handing: HandingInfo) -> list[Any]:
    from perfdesk.model.bureau import Scope

    alone = Scope(units=(handing.unit,))
    papers = store.bureau.papers(handing.year, alone, handing.number)
    return [store.bureau.filing(handing.year, handing.unit, handing.number, p.number) for p in papers]


def _folder(path: Path) -> Path:
    return path if path.is_dir() else path.parent
