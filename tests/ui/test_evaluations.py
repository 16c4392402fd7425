"""Self-evaluations: made from the year's targets, scored while one types, every computed number can be typed over and comes back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from perfdesk.catalog import new_filing
from perfdesk.model.change import Change, InsertRow, SetCell, apply
from perfdesk.model.filing import Filing, Row, depth
from tests.making import catalog, counter
from ui.dialogs.evaluations import MakeDialog
from ui.messages import evaluation as words
from ui.messages import schemes as scheme_words
from ui.models.cell import CELL

if TYPE_CHECKING:
    from tests.ui.driver import Driver

PROJECT = "national-2015/project-target"
EVALUATION = "national-2020/self-evaluation"
Key, Mod = Qt.Key, Qt.KeyboardModifier
INDICATORS = {
    "数量指标": ("养护公园数量", "≥12 个"),
    "质量指标": ("验收合格率", "≥95%"),
    "社会效益指标": ("受益居民人数", "≥1000 人"),
    "服务对象满意度指标": ("游客满意度", "≥90%"),
}
ALL_REACHED = {"养护公园数量": "12 个", "验收合格率": "95%", "受益居民人数": "1000 人", "游客满意度": "90%"}


def project(name: str, total: str = "100", year: int = 2022) -> Filing:
    form = catalog().form(PROJECT)
    new_id = counter(f"{name}{year}")
    filing = new_filing(form, year, "", new_id)
    changes: list[Change] = [SetCell("basic", "name", name), SetCell("budget", "total", total)]
    groups = {r.get("level2"): r.id for r in filing.section("indicators") if depth(r) == 2}
    for level2, (indicator, target) in INDICATORS.items():
        row = Row(new_id(), "indicators", {"level3": indicator, "target": target}, groups[level2])
        changes.append(InsertRow(row, None))
    return apply(filing, changes)[0]


def make(driver: Driver, accept: bool = True) -> list[str]:
    """Trigger the action; what the dialog lists is taken as it stands, or given up."""
    listed: list[str] = []

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, MakeDialog)
        listed.extend(dialog.list.item(n).text() for n in range(dialog.list.count()))
        driver.qtbot.keyClick(dialog, Key.Key_Return if accept else Key.Key_Escape)

    QTimer.singleShot(0, answer)
    driver.window.actions_by_id["make-evaluations"].trigger()
    return listed


def evaluations(driver: Driver) -> list[Any]:
    return [i for i in driver.space.infos() if i.form.endswith("/self-evaluation") and i.year == 2022]


@pytest.fixture
def three(driver: Driver) -> Driver:
    """The sample unit's middle year with two projects and the overall target, not evaluated yet."""
    space = driver.space
    space.store.office.delete_filings([i.id for i in evaluations(driver)])
    space.store.add_all([project("道路"), project("绿化", "250.5")], "导入", space.unit)
    space.refresh()
    return driver


@pytest.fixture
def one(nobody: Driver) -> Driver:
    """A project's evaluation, open at its indicators."""
    space = nobody.space
    space.store.add(project("道路"), "导入", "示例市公园管理中心")
    space.refresh()
    make(nobody)
    assert nobody.filing.form == EVALUATION
    nobody.turn_to("indicators")
    return nobody


def leaf(driver: Driver, name: str) -> Row:
    return next(r for r in driver.rows("indicators") if r.get("level3") == name)


def put(driver: Driver, name: str, field: str, text: str) -> None:
    """Typed over the cell, left with Enter; Chinese words as an input method hands them over."""
    driver.at(leaf(driver, name), driver.page.model.column_of(field))
    if text.isascii():
        driver.type(text)
    else:
        driver.compose(text)
    driver.key(Key.Key_Return)


def cell(driver: Driver, name: str, field: str) -> Any:
    model = driver.page.model
    return model.index_of(leaf(driver, name).id, model.column_of(field)).data(CELL)


def put_money(driver: Driver, column: str, text: str) -> None:
    page: Any = driver.turn_to("money")
    box = next(b for b in page.boxes if b.field.id == column)
    box.editor.setFocus()
    box.editor.selectAll()
    driver.type(text)
    driver.key(Key.Key_Return)


# --- made from targets ---


def test_all_targets_of_the_year_get_an_evaluation_in_one_deed(three: Driver) -> None:
    listed = make(three)
    assert len(listed) == 3
    assert {(i.form, i.name) for i in evaluations(three)} == {
        ("jinshui-2021/self-evaluation", ""),
        (EVALUATION, "道路"),
        (EVALUATION, "绿化"),
    }
    filing = next(three.space.store.filing(i.id) for i in evaluations(three) if i.name == "绿化")
    assert filing.cell("money/initial") == "250.5"
    targets = {r.get("level3"): r.get("target") for r in filing.section("indicators") if depth(r) == 3}
    assert targets == dict(INDICATORS.values())
    three.window.commands.undo()
    assert evaluations(three) == []
    three.window.commands.redo()
    assert len(evaluations(three)) == 3


def test_what_exists_is_not_made_again(three: Driver) -> None:
    make(three)
    three.window.actions_by_id["make-evaluations"].trigger()
    assert words.ALL_MADE in three.window.notice.text.text()
    three.space.store.add(project("照明"), "导入", three.space.unit)
    three.space.refresh()
    assert make(three) == ["项目：照明"]
    assert len(evaluations(three)) == 4


def test_given_up_nothing_is_made(three: Driver) -> None:
    make(three, accept=False)
    assert evaluations(three) == []


def test_another_scheme_is_chosen_once_and_kept(three: Driver) -> None:
    def answer() -> None:
        dialog: Any = QApplication.activeModalWidget()
        scheme = dialog.choices["project"].scheme
        scheme.setCurrentIndex(next(n for n in range(scheme.count()) if "湖北" in scheme.itemText(n)))
        dialog.accept()

    QTimer.singleShot(0, answer)
    three.window.actions_by_id["make-evaluations"].trigger()
    schemes = {three.space.store.filing(i.id).cell("result/scheme") for i in evaluations(three) if i.name}
    assert schemes == {"hubei"}
    three.space.store.add(project("照明"), "导入", three.space.unit)
    three.space.refresh()
    make(three)
    assert three.filing.cell("result/scheme") == "hubei"


def test_the_tabs_of_another_form_are_there_at_once(one: Driver) -> None:
    """Their row had no height until something made it fit again."""
    tabs = one.window.editor.tabs
    before = tabs._tabs.height()
    one.space.open(next(i.id for i in one.space.infos() if i.form == PROJECT))
    assert tabs._tabs.height() == before > 0


# --- scoring while one types ---


def test_a_result_is_scored_at_once_with_its_reason(one: Driver) -> None:
    put(one, "养护公园数量", "actual", "9 个")
    # 产出 50 for two level-2 headings: 25 × 9 ÷ 12.
    shown = cell(one, "养护公园数量", "score")
    assert (shown.text, shown.tone, shown.typed) == ("18.75", "muted", "")
    one.at(leaf(one, "养护公园数量"), one.page.model.column_of("score"))
    assert one.page.card.reason.text() == "完成 9个 ÷ 目标 12个 × 25 分 = 18.75 分"
    assert cell(one, "养护公园数量", "deviation").text == words.REASON_DUE
    assert leaf(one, "养护公园数量").get("score") == ""


def test_sums_follow_what_is_being_typed(one: Driver) -> None:
    strip = one.window.editor.strip

    def parts() -> str:
        return strip.parts.text().replace("\u2060", "").replace("&nbsp;", " ")

    assert "权重合计 100/100" in parts()
    one.at(leaf(one, "养护公园数量"), one.page.model.column_of("weight"))
    one.type("60")
    assert "产出指标权重 60/50" in parts() and "权重合计 110/100" in parts()
    assert leaf(one, "养护公园数量").get("weight") == ""
    one.key(Key.Key_Escape)
    assert "权重合计 100/100" in parts()
    one.type("70")
    assert "权重合计 120/100" in parts()
    one.ctrl(Key.Key_Z)
    assert "权重合计 100/100" in parts()


def test_a_score_typed_over_is_marked_wants_a_note_and_comes_back(one: Driver) -> None:
    put(one, "验收合格率", "actual", "95%")
    note = one.page.model.column_of("note")
    assert one.grid.isColumnHidden(note)
    put(one, "验收合格率", "score", "20")
    shown = cell(one, "验收合格率", "score")
    assert (shown.text, shown.typed, shown.tone) == ("20", "accent", "warning_text")
    assert not one.grid.isColumnHidden(note)
    assert cell(one, "验收合格率", "note").text == words.NOTE_DUE
    assert one.space.values.evaluated.item(leaf(one, "验收合格率").id).score == 25
    put(one, "验收合格率", "note", "返工一次")
    assert cell(one, "验收合格率", "score").tone == "ink"
    assert one.space.values.evaluated.item(leaf(one, "验收合格率").id).score == 20
    one.at(leaf(one, "验收合格率"), one.page.model.column_of("score"))
    one.window.actions_by_id["take-computed"].trigger()
    assert (cell(one, "验收合格率", "score").text, leaf(one, "验收合格率").get("score")) == ("25", "")


def test_a_computed_cell_is_copied_as_it_is_shown(one: Driver) -> None:
    put(one, "验收合格率", "actual", "95%")
    one.at(leaf(one, "验收合格率"), one.page.model.column_of("score"))
    one.ctrl(Key.Key_C)
    assert QApplication.clipboard().text().strip() == "25"


def test_money_is_scored_and_a_score_by_hand_asks_why(one: Driver) -> None:
    put_money(one, "adjusted", "200")
    put_money(one, "executed", "150")
    page: Any = one.page
    boxes = {b.field.id: b for b in page.boxes}
    assert boxes["rate"].editor.placeholderText() == "75%"
    assert boxes["score"].editor.placeholderText() == "7.5"
    assert boxes["note"].isHidden()
    put_money(one, "score", "8")
    assert "7.5" in boxes["score"].says.text()
    assert not boxes["note"].isHidden()


# --- facts ---


def test_facts_make_rates_and_counts_are_proposed(three: Driver) -> None:
    make(three)
    department = next(i for i in evaluations(three) if not i.name)
    three.space.open(department.id)
    page: Any = three.turn_to("facts")
    boxes = {b.field.id: b for b in page.boxes}
    assert not boxes["targets_due"].offer.isHidden() and "2" in boxes["targets_due"].offer.text()
    boxes["targets_due"].offer.click()
    assert three.filing.cell("facts/targets_due") == "2"
    assert boxes["targets_due"].offer.isHidden()
    three.space.set_cell("facts", "three_actual", "0.59")
    three.space.set_cell("facts", "three_budget", "1.5")
    said = "\n".join(group.lines.text() for group in page.groups)
    assert "0.59 ÷ “三公”经费预算安排 1.5 = 39.33%" in said
    three.turn_to("indicators")
    rate = leaf(three, "“三公经费”控制率")
    assert cell(three, "“三公经费”控制率", "actual").text == "39.33%"
    three.at(rate, three.page.model.column_of("actual"))
    assert "39.33%" in three.page.card.reason.text()
    three.page.card.facts.click()
    assert three.page.section.id == "facts"


# --- the result ---


def test_another_scheme_weighs_anew_and_goes_back(one: Driver) -> None:
    page: Any = one.turn_to("result")
    before = page.summary.lines
    assert [line[1] for line in before] == ["10", "50", "30", "10", "100"]
    choice = page.scheme.choice
    number = next(n for n in range(choice.count()) if "湖北" in choice.itemText(n))
    choice.setCurrentIndex(number)
    choice.activated.emit(number)
    assert one.filing.cell("result/scheme") == "hubei"
    assert [line[1] for line in page.summary.lines] == ["20", "80", "100"]
    one.window.commands.undo()
    assert page.summary.lines == before


def test_the_totals_of_the_years_stand_side_by_side(one: Driver) -> None:
    space = one.space
    old, _ = apply(one.filing, [SetCell("result", "total", "88"), SetCell("result", "grade", "良")])
    space.store.add(Filing(old.form, old.title, 2021, old.rows, old.sections), "导入", space.unit)
    for name, actual in ALL_REACHED.items():
        put(one, name, "actual", actual)
    put_money(one, "adjusted", "200")
    put_money(one, "executed", "200")
    page: Any = one.turn_to("result")
    assert [(label, said) for label, said, _ in page.years.line.points] == [
        ("2021 年", "88 良"),
        ("2022 年", f"{page.summary.lines[-1][2]} {one.space.values.evaluated.scored.grade}"),
    ]


def test_the_execution_of_the_quarters_is_drawn_where_it_is_known(three: Driver) -> None:
    make(three)
    space = three.space
    space.open(next(i.id for i in evaluations(three) if not i.name))
    page: Any = three.turn_to("result")
    assert page.quarters.isHidden()
    for address, text in {
        "money/adjusted": "200",
        "facts/executed_q1": "50",
        "money/executed": "190",
    }.items():
        space.set_cell(*address.split("/"), text)
    assert not page.quarters.isHidden()
    assert [(q.label, str(q.rate)) for q in page.quarters.shown] == [("一季度末", "25.00"), ("全年", "95.00")]


# --- all of a year ---


def test_all_evaluations_stand_in_one_list_with_their_weakest_lines(three: Driver, tmp_path: Path) -> None:
    make(three)
    panel = three.window.office.evaluations.panel
    assert three.window.middle.currentWidget() is panel and panel.list.topLevelItemCount() == 3
    number = next(i.id for i in evaluations(three) if i.name == "道路")
    three.space.open(number)
    three.turn_to("indicators")
    for name, actual in (ALL_REACHED | {"养护公园数量": "6 个"}).items():
        put(three, name, "actual", actual)
    put_money(three, "adjusted", "100")
    put_money(three, "executed", "100")
    three.window.actions_by_id["evaluations"].trigger()
    assert [len(panel.view.counted), panel.view.worst[0].item.name] == [1, "养护公园数量"]
    assert panel.total.text().startswith("已评完 1 份")
    panel.worst.setFocus()
    three.key(Key.Key_Return)
    assert three.filing.id == number
    assert three.here().get("level3") == "养护公园数量"
    three.window.actions_by_id["evaluations"].trigger()
    three.window.office.evaluations.write(tmp_path / "scores.xlsx")
    three.qtbot.waitUntil(lambda: three.window.files.task is None)
    texts = [str(c.value) for row in load_workbook(tmp_path / "scores.xlsx").worksheets[0] for c in row]
    assert "道路" in texts


def test_deleted_evaluations_come_back(three: Driver) -> None:
    make(three)
    panel = three.window.office.evaluations.panel
    panel.list.selectAll()
    panel.list.setFocus()
    three.key(Key.Key_Delete)
    assert evaluations(three) == [] and not panel.empty.isHidden()
    three.window.commands.undo()
    assert panel.list.topLevelItemCount() == 3


def test_the_overview_says_score_and_grade(one: Driver) -> None:
    put(one, "养护公园数量", "actual", "12 个")
    one.window.office.overview()
    states = {f.form: f.score for f in one.window.overview.view.forms}
    assert states[EVALUATION] == words.scored("25", "")


# --- schemes of one's own ---


def test_a_scheme_is_copied_changed_and_used_and_mistakes_are_told_at_once(one: Driver) -> None:
    page: Any = one.turn_to("result")
    dialog = one.window.office.evaluations.scheme_dialog()
    assert dialog.text.isReadOnly() and "weight = 50" in dialog.text.toPlainText()
    dialog.name.setText("局里的办法")
    dialog.start.click()
    assert one.filing.cell("result/scheme") == "局里的办法"
    text = dialog.text.toPlainText()
    dialog.text.setPlainText(
        text.replace("weight = 50", "weight = -50").replace('rounding = "half-up"', 'rounding = "up"')
    )
    dialog.start.click()
    assert "weight" in dialog.wrong.text() and "rounding" in dialog.wrong.text()
    assert page.summary.lines[1][1] == "50"
    dialog.text.setPlainText(text.replace("weight = 50", "weight = 45").replace("weight = 30", "weight = 35"))
    dialog.start.click()
    assert [line[1] for line in page.summary.lines] == ["10", "45", "35", "10", "100"]
    assert page.scheme.copy.text() == scheme_words.CHANGE_SCHEME
    one.window.commands.undo()
    assert [line[1] for line in page.summary.lines] == ["10", "50", "30", "10", "100"]
    dialog.deleteLater()


def test_many_targets_are_evaluated_at_once_while_the_window_stays_alive(three: Driver) -> None:
    space = three.space
    space.store.add_all([project(f"工程{n}") for n in range(60)], "导入", space.unit)
    space.refresh()
    make(three)
    assert three.window.files.task is not None
    three.qtbot.waitUntil(lambda: three.window.files.task is None, timeout=20_000)
    assert len(evaluations(three)) == 63
    assert three.window.office.evaluations.panel.list.topLevelItemCount() == 63
    three.window.office.overview()
    alone, together = three.window.overview.view.lines()
    assert {(t.group, t.count) for t in together} == {("projects", 62), ("evaluations", 62)}
    assert not any(f.group for f in alone)
    three.window.commands.undo()
    assert evaluations(three) == []
