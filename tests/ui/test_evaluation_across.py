"""A self-evaluation that says otherwise than the target form of its year is told in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from perfdesk.between_evaluation import TARGET
from perfdesk.evaluation.begin import evaluation_of
from perfdesk.model.change import SetCell, apply
from perfdesk.model.filing import leaves

if TYPE_CHECKING:
    from perfdesk.model.finding import Finding
    from tests.ui.driver import Driver


def test_a_target_changed_in_the_evaluation_is_told_and_put_back(driver: Driver) -> None:
    space = driver.space
    form = space.catalog.form("jinshui-2021/self-evaluation")
    numbers = iter(range(10_000))
    made = evaluation_of(form, space.form, driver.filing, lambda: f"e{next(numbers)}")
    leaf = next(x for x in leaves(made, "indicators") if x.row.get("target").strip())
    made = apply(made, (SetCell(leaf.row.id, "target", "≥1.5%"),))[0]
    (number,) = space.store.add_all([made], "导入", space.unit)
    space.listed.emit()
    space.open(number)

    def told() -> list[Finding]:
        return [f for f in space.findings if f.code == TARGET.code]

    driver.qtbot.waitUntil(lambda: len(told()) == 1)
    space.apply(told()[0].fixes[0])
    driver.qtbot.waitUntil(lambda: not told())
