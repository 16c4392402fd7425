"""The rules of the check in the window: read, switched off with a reason, and the findings as a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from perfdesk.formats.child import read_file
from perfdesk.rule_book import rule_book
from tests.ui.driver import Driver


def codes(driver: Driver) -> set[str]:
    return {f.code for f in driver.space.findings}


@pytest.fixture
def doubtful(driver: Driver) -> Driver:
    """The sample with a satisfaction that is always met."""
    leaf = next(
        r for r in driver.filing.rows if r.get("level3") == "群众满意度" or r.get("level3").endswith("满意度")
    )
    driver.space.set_cell(leaf.id, "target", "≤100%")
    driver.qtbot.waitUntil(lambda: "always-met" in codes(driver))
    return driver


def test_the_page_lists_every_rule_and_finds_by_words(driver: Driver) -> None:
    dialog = driver.window.office.rules.dialog()
    shown = lambda: [i.text(0) for i in dialog._items() if not i.isHidden()]  # noqa: E731
    assert len(shown()) == len(rule_book())
    dialog.search.setText("≤100%")
    assert shown() == ["指标值总能完成"]
    dialog.search.clear()
    assert len(shown()) == len(rule_book())


def test_the_card_of_a_finding_leads_to_its_rule(doubtful: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    doubtful.window.findings.ruled.connect(asked.append)
    monkeypatch.setattr(type(doubtful.window.office.rules.dialog("")), "exec", lambda self: 0)
    card = next(c for c in doubtful.window.findings.cards if c.finding.code == "always-met")
    card.follow("rule")
    assert asked == ["always-met"]
    assert doubtful.window.office.rules.dialog("always-met").code() == "always-met"


def test_a_rule_is_switched_off_only_with_a_reason_and_its_findings_go(doubtful: Driver) -> None:
    dialog = doubtful.window.office.rules.dialog("always-met")
    assert not dialog.turn.isEnabled()
    dialog.reason.setText("本市统一这样写")
    assert dialog.turn.isEnabled()
    dialog.toggle()
    assert "always-met" not in codes(doubtful)
    assert "本市统一这样写" in dialog.page.toPlainText() and "停用 1 条" in dialog.count.text()
    dialog.toggle()
    assert "always-met" in codes(doubtful)


def test_what_is_off_stays_off_after_a_restart(doubtful: Driver, tmp_path: Path) -> None:
    doubtful.space.switched.turn_off("always-met", "理由")
    store = doubtful.space.store
    doubtful.space.attach(store)
    doubtful.qtbot.waitUntil(lambda: doubtful.space.marks is not None)
    doubtful.space.check_now()
    assert "always-met" not in codes(doubtful) and doubtful.space.switched.off["always-met"].reason == "理由"


def test_the_findings_of_the_year_are_written_with_their_explanations(
    doubtful: Driver, tmp_path: Path
) -> None:
    finding = next(f for f in doubtful.space.findings if f.code == "always-met")
    assert doubtful.window.findings.explained.explain(finding, "上级规定")
    target = tmp_path / "审核结果.docx"
    doubtful.window.office.rules.write(target)
    doubtful.qtbot.waitUntil(lambda: doubtful.window.files.task is None and target.exists())
    texts = [str(c.value) for table in read_file(target).tables for c in table.cells]
    assert "上级规定" in texts and any(t.startswith("指标值总能完成：") for t in texts)


def test_f1_on_a_card_is_about_its_rule(doubtful: Driver) -> None:
    asked: list[str] = []
    panel = doubtful.window.findings
    panel.ruled.disconnect()
    panel.ruled.connect(asked.append)
    card = next(c for c in panel.cards if c.finding.code == "always-met")
    card.links.setFocus()
    doubtful.qtbot.keyClick(card.links, Qt.Key.Key_F1)
    assert asked == ["always-met"]
