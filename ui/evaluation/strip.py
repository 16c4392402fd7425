"""Total, grade and the sums of every part, in sight on every page of a self-evaluation."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy

from perfdesk.evaluation.evaluated import Evaluated, shown_points
from perfdesk.evaluation.headings import whole_weight
from ui.messages import evaluation as words

if TYPE_CHECKING:
    from ui.look import Look

APART = "&nbsp;&nbsp; "
NO_BREAK = "\u2060"


class ScoreStrip(QFrame):
    """Hidden where nothing is evaluated."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("card")
        self.look = look
        self._kept: Evaluated | None = None
        self.total = QLabel()
        self.grade = QLabel()
        self.grade.setObjectName("quiet")
        self.parts = QLabel()
        self.parts.setTextFormat(Qt.TextFormat.RichText)
        self.parts.setWordWrap(True)
        self.parts.setMinimumWidth(1)
        self._row = QHBoxLayout(self)
        middle = Qt.AlignmentFlag.AlignVCenter
        self._row.addWidget(self.total, 0, middle)
        self._row.addWidget(self.grade, 0, middle)
        self._row.addWidget(self.parts, 1, middle)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        look.changed.connect(self._measure)
        self._measure()
        self.hide()

    def _measure(self) -> None:
        px = self.look.px
        self._row.setContentsMargins(px(12), px(5), px(12), px(5))
        self._row.setSpacing(px(10))
        self.total.setFont(self.look.font(19, bold=True))
        if self._kept:
            self._say(self._kept)

    def show_state(self, evaluated: Evaluated | None) -> None:
        """Of the filing as it is; None: it is no self-evaluation."""
        self._kept = evaluated
        self.setVisible(evaluated is not None)
        if evaluated:
            self._say(evaluated)

    def show_trial(self, trial: Evaluated | None) -> None:
        """With what is being typed; None: as it is again."""
        if found := trial or self._kept:
            self._say(found)

    def _say(self, evaluated: Evaluated) -> None:
        scored = evaluated.scored
        self.total.setText(shown_points(scored.total))
        self.total.setAccessibleName(f"{words.TOTAL} {self.total.text()}")
        self.total.setToolTip(scored.cap)
        self.grade.setText(scored.grade or words.NO_GRADE)
        said = [
            _quiet(words.counted(level.label, shown_points(level.score), shown_points(level.weight)))
            for level in scored.levels
        ]
        off = [s for s in evaluated.sums if s.got != s.wanted]
        said += [
            self._loud(words.weight_off(s.label, shown_points(s.got), shown_points(s.wanted))) for s in off
        ]
        whole = whole_weight(evaluated)
        sums = words.counted(words.WHOLE_WEIGHT, shown_points(whole.got), shown_points(whole.wanted))
        said.append(self._loud(sums) if whole.got != whole.wanted else _quiet(sums))
        said += [_quiet(words.still_open(scored.open))] if scored.open else []
        said += [self._loud(scored.cap)] if scored.cap else []
        self.parts.setText(APART.join(said))

    def _loud(self, text: str) -> str:
        return f'<span style="color:{self.look.theme.colour("error")}">{_quiet(text)}</span>'


def _quiet(text: str) -> str:
    """Kept in one piece where lines break: between Chinese letters they may break anywhere else."""
    return NO_BREAK.join("&nbsp;" if letter == " " else escape(letter) for letter in text)
