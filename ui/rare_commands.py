"""Commands that are not needed every day: each imported and made when it is first asked for, which no start waits for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from ui.bureau.commands import BureauCommands
    from ui.carrying import CarryCommands
    from ui.check_rules import RuleCommands
    from ui.code_lists import CodeListCommands
    from ui.comparing import CompareCommands
    from ui.evaluation.commands import EvaluationCommands
    from ui.evaluation.report_commands import ReportCommands
    from ui.form_packs import FormPackCommands
    from ui.handing_in import HandInCommands
    from ui.look import Look
    from ui.main_window import MainWindow
    from ui.projects import ProjectCommands
    from ui.workspace import Workspace


BUREAU = "bureau/here"
"""The setting that says that this program sits in a bureau: 1, or 0 where it is not to be shown at start."""
BUREAU_PAGE = "bureauPage"


class RareCommands(QObject):
    def __init__(self, workspace: Workspace, look: Look, window: MainWindow) -> None:
        super().__init__(window)
        self.workspace = workspace
        self.look = look
        self.window = window
        workspace.stored.connect(lambda: QTimer.singleShot(0, self, self.begin_in_bureau))

    @cached_property
    def projects(self) -> ProjectCommands:
        from ui.projects import ProjectCommands

        return ProjectCommands(self.workspace, self.look, self.window)

    @cached_property
    def evaluations(self) -> EvaluationCommands:
        from ui.evaluation.commands import EvaluationCommands

        return EvaluationCommands(self.workspace, self.look, self.window)

    @cached_property
    def reports(self) -> ReportCommands:
        from ui.evaluation.report_commands import ReportCommands

        return ReportCommands(self.workspace, self.window)

    @cached_property
    def code_lists(self) -> CodeListCommands:
        from ui.code_lists import CodeListCommands

        return CodeListCommands(self.workspace, self.look, self.window)

    @cached_property
    def rules(self) -> RuleCommands:
        from ui.check_rules import RuleCommands

        return RuleCommands(self.workspace, self.look, self.window)

    @cached_property
    def carrying(self) -> CarryCommands:
        from ui.carrying import CarryCommands

        return CarryCommands(self.workspace, self.look, self.window)

    @cached_property
    def handing_in(self) -> HandInCommands:
        from ui.handing_in import HandInCommands

        return HandInCommands(self.workspace, self.look, self.window)

    @cached_property
    def packs(self) -> FormPackCommands:
        from ui.form_packs import FormPackCommands

        return FormPackCommands(self.workspace, self.look, self.window)

    @cached_property
    def bureau(self) -> BureauCommands:
        from ui.bureau.commands import BureauCommands

        return BureauCommands(self.workspace, self.look, self.window)

    def begin_in_bureau(self) -> None:
        """Where the program was told so, its place for what units hand in is shown first."""
        if self.workspace.setting(BUREAU) == "1":
            self.window.navigation.bureau.show()
            self.bureau.show()

    def show_bureau(self) -> None:
        """What units hand in."""
        self.bureau.show()

    def form_packs(self) -> None:
        """Packs of forms: what is installed, one more."""
        self.packs.show()

    def hand_in(self) -> None:
        """The package of the year."""
        self.handing_in.show()

    def unseal(self) -> None:
        """What was handed in is opened again, with a reason."""
        self.handing_in.unseal()

    @cached_property
    def comparing(self) -> CompareCommands:
        from ui.comparing import CompareCommands

        return CompareCommands(self.workspace, self.look, self.window)
