"""An accountant and the self-evaluation report: made in one go, its numbers chips that follow the self-evaluation, seen as it prints."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt

from perfdesk.formats.child import read_file
from perfdesk.recognise import recognise
from tests.making import catalog, counter
from ui.dialogs.quote import QuoteDialog
from ui.messages import report as words
from ui.models.exports import Job, survey, write_all

if TYPE_CHECKING:
    from tests.ui.driver import Driver


def open_kind(driver: Driver, kind: str, year: int = 2022) -> None:
    infos = driver.space.infos()
    driver.space.open(next(i.id for i in infos if i.form.endswith(f"/{kind}") and i.year == year))
    driver.settle()


def trigger(driver: Driver, action: str) -> None:
    driver.window.actions_by_id[action].trigger()
    driver.settle()


@pytest.fixture
def made(driver: Driver) -> Driver:
    """The sample's report of 2022, just made."""
    open_kind(driver, "self-evaluation")
    trigger(driver, "make-report")
    return driver


def total(driver: Driver) -> str:
    """As the self-evaluation of the year has it."""
    known = driver.space.values.reported.companions.evaluated
    return str(known.scored.total)


def chapter(driver: Driver, column: str) -> Any:
    page: Any = driver.turn_to("texts")
    return next(f for f in page.fields if f.field.id == column).editor


def test_the_report_is_made_of_the_self_evaluation_and_goes_with_one_undo(made: Driver) -> None:
    assert made.space.form.report is not None
    assert made.filing.year == 2022
    assert made.on_disk() == made.filing
    assert total(made) in chapter(made, "conclusion").shown()
    trigger(made, "undo")
    assert not [i for i in made.space.infos() if i.form.endswith("/self-evaluation-report")]


def test_asked_again_the_one_that_is_there_is_opened(made: Driver) -> None:
    number = made.filing.id
    open_kind(made, "self-evaluation")
    trigger(made, "make-report")
    assert made.filing.id == number
    assert len([i for i in made.space.infos() if i.form.endswith("/self-evaluation-report")]) == 1


def test_without_a_self_evaluation_it_is_said_and_nothing_is_made(driver: Driver) -> None:
    space = driver.space
    space.store.office.delete_filings([i.id for i in space.infos() if i.form.endswith("/self-evaluation")])
    space.refresh()
    before = len(space.infos())
    trigger(driver, "make-report")
    assert len(space.infos()) == before
    assert driver.window.notice.text.text() == words.NO_EVALUATION


def test_no_chapter_shows_braces_and_every_number_says_where_it_comes_from(made: Driver) -> None:
    page: Any = made.turn_to("texts")
    for field in page.fields:
        assert "{{" not in field.editor.shown()
    field = next(f for f in page.fields if f.field.id == "money")
    assert "自评表" in field.texts.words_of("年初预算数")
    assert "÷" in field.texts.words_of("预算执行率")


def test_a_number_of_the_year_is_chosen_and_put_in(made: Driver) -> None:
    made.field("texts", "use")
    made.ctrl(Qt.Key.Key_I)
    dialog = made.window.findChild(QuoteDialog)
    assert dialog is not None
    dialog.words.setText("得分率/产出")
    dialog.take()
    made.window.editor.commit()
    assert "{{得分率/产出指标}}" in made.on_disk().cell("texts/use")


def test_the_report_follows_the_self_evaluation(made: Driver) -> None:
    report, before = made.filing.id, total(made)
    open_kind(made, "self-evaluation")
    made.space.set_cell("money", "executed", "1")
    made.space.open(report)
    made.settle()
    assert total(made) != before
    assert total(made) in chapter(made, "conclusion").shown()


def test_typed_numbers_are_bound_in_one_step(made: Driver) -> None:
    made.space.set_cell("texts", "others", f"最终得分 {total(made)} 分，最终得分 1 分。")
    made.settle()
    told = {f.code: f.severity for f in made.space.findings if f.where == "texts/others"}
    assert told == {"report-text": "error", "report-bindable": "hint"}
    trigger(made, "bind-texts")
    assert made.on_disk().cell("texts/others") == "最终得分 {{总分}} 分，最终得分 1 分。"
    trigger(made, "undo")
    assert "{{总分}}" not in made.on_disk().cell("texts/others")


def test_the_export_holds_the_target_form_and_the_scores(made: Driver, tmp_path: Path) -> None:
    space = made.space
    known = space.values.reported.companions
    one = survey(space.form, space.filing, beside=known)
    assert one.errors == ()
    job = Job(one.form, one.filing, tmp_path / "x.docx", draft=False, beside=one.beside)
    assert write_all([job], lambda *_: None, lambda: False).failed == ()
    found = recognise(read_file(tmp_path / "x.docx"), catalog(), counter()).filings
    assert [r.filing.form.rpartition("/")[2] for r in found] == ["self-evaluation-report", "overall-target"]
    assert found[0].filing.cell("result/total") == total(made).rstrip("0").rstrip(".")
