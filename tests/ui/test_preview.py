"""The preview is the page as it prints, follows the cursor and leads back; a print is the same page on paper."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication

from perfdesk.errors import UserError
from perfdesk.formats.pdf_picture import picture
from perfdesk.model.finding import Place
from ui.models.pages import Printed, Refused, printed
from ui.side import FINDINGS, HISTORY, PREVIEW

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.driver import Driver


def settled(driver: Driver) -> Any:
    """The preview after everything asked of it was drawn."""
    preview = driver.window.preview
    driver.qtbot.waitUntil(
        lambda: (
            preview.pages.is_idle()
            and (preview.pages.printed is not None or preview.stack.currentWidget() is preview.trouble)
        ),
        timeout=20_000,
    )
    return preview


def opened(driver: Driver) -> Any:
    driver.key(Qt.Key.Key_F9)
    return settled(driver)


def as_printed(driver: Driver, draft: bool = True) -> Printed:
    made = printed(driver.space.form, driver.filing, draft)
    assert isinstance(made, Printed)
    return made


def point_of(preview: Any, place: Place) -> QPoint:
    """The middle of the cell as it is seen now."""
    return preview.paper.spot_rect(preview.pages.printed.of(place)[0]).center().toPoint()


def in_sight(preview: Any) -> bool:
    spot = preview.paper.spot_rect(preview.paper.marked[0])
    return preview.paper.viewport().rect().contains(spot.center().toPoint())


# --- opening ---


def test_f9_opens_the_preview_wide_and_gives_the_room_back(driver: Driver) -> None:
    before = driver.window.columns.sizes()
    opened(driver)
    assert driver.window.side.current() == PREVIEW
    assert driver.window.columns.sizes()[2] > before[2]
    driver.key(Qt.Key.Key_F9)
    assert driver.window.side.current() == FINDINGS
    assert driver.window.columns.sizes() == before


def test_another_tab_takes_no_more_room_than_before(driver: Driver) -> None:
    before = driver.window.columns.sizes()
    opened(driver)
    driver.window.side.turn_to(HISTORY)
    assert driver.window.columns.sizes() == before


def test_typing_goes_on_while_the_preview_opens(driver: Driver) -> None:
    driver.turn_to("indicators")
    driver.at(driver.leaf(0), driver.column("value"))
    driver.type("8")
    driver.key(Qt.Key.Key_F9)
    driver.type("7")
    assert driver.cell_editor().toPlainText() == "87"
    driver.key(Qt.Key.Key_Return)
    assert "87" in driver.leaf(0).get("target")


def test_the_preview_and_its_width_are_there_again(driver: Driver, qtbot: Any) -> None:
    from tests.ui.driver import Driver as Again

    driver.window.resize(1360, 850)
    opened(driver)
    columns = driver.window.columns
    columns.moveSplitter(columns.width() - 500, 2)
    width = columns.sizes()[2]
    driver.window.close()
    driver.close()
    again = Again(qtbot, driver.folder, sample=False)
    assert (again.window.side.current(), again.window.columns.sizes()[2]) == (PREVIEW, width)
    settled(again)
    again.close()


def test_the_size_of_the_pages_is_there_again(driver: Driver, qtbot: Any) -> None:
    from tests.ui.driver import Driver as Again

    opened(driver).paper.zoom_to(1.5)
    driver.window.close()
    driver.close()
    again = Again(qtbot, driver.folder, sample=False)
    assert settled(again).paper.percent() == 150
    again.close()


# --- what is shown ---


def test_the_pictures_are_the_pages_of_the_pdf(driver: Driver) -> None:
    preview = opened(driver)
    made = as_printed(driver)
    assert preview.pages.printed.pdf == made.pdf
    image = preview.pages.picture(0)
    wanted = picture(made.pdf, 0, image.width())
    assert image.height() == wanted.height
    assert bytes(image.constBits()) == wanted.pixels


def test_a_change_is_on_the_page_and_pages_that_stay_the_same_are_not_drawn_again(driver: Driver) -> None:
    preview = opened(driver)
    preview.paper.set_fit("page")
    settled(driver)
    first = preview.pages.picture(0).cacheKey()
    drawn: list[int] = []
    preview.pages.drawn.connect(drawn.append)
    last = driver.leaf(-1)
    driver.space.set_cell(last.id, "target", "≥77")
    driver.qtbot.waitUntil(lambda: bool(drawn), timeout=20_000)
    settled(driver)
    assert drawn == [1]
    assert preview.pages.picture(0).cacheKey() == first
    text = pypdfium2.PdfDocument(preview.pages.printed.pdf)[1].get_textpage().get_text_range()
    assert "77" in text


def test_the_draft_mark_stands_while_errors_are_open(driver: Driver) -> None:
    preview = opened(driver)
    assert preview.pages.printed.draft
    assert not preview.draft.isHidden()
    clean = next(i for i in driver.space.infos() if i.id != driver.filing.id)
    driver.window.open_filing(clean.id)
    settled(driver)
    assert not any(f.severity == "error" for f in driver.space.findings)
    assert not preview.pages.printed.draft
    assert preview.draft.isHidden()


def test_nothing_is_made_while_the_preview_is_not_seen(driver: Driver) -> None:
    driver.space.set_cell(driver.leaf(0).id, "target", "x")
    assert driver.window.preview.pages.is_idle()
    assert driver.window.preview.pages.printed is None


def test_a_character_without_a_glyph_is_named_and_leads_to_its_cell(driver: Driver) -> None:
    opened(driver)
    row = driver.leaf(2)
    driver.space.set_cell(row.id, "target", "\U0002a6a5")
    preview = driver.window.preview
    driver.qtbot.waitUntil(lambda: preview.stack.currentWidget() is preview.trouble, timeout=20_000)
    assert "\U0002a6a5" in preview.trouble.text.text()
    driver.turn_to("basic")
    driver.qtbot.mouseClick(preview.trouble.link, Qt.MouseButton.LeftButton)
    assert driver.here().id == row.id
    driver.space.set_cell(row.id, "target", "好")
    driver.qtbot.waitUntil(lambda: preview.stack.currentWidget() is preview.paper, timeout=20_000)


# --- the way between cell and paper ---


@pytest.mark.parametrize("number", [0, 10, -1])
def test_the_cell_with_the_cursor_is_outlined_and_in_sight(driver: Driver, number: int) -> None:
    preview = opened(driver)
    preview.paper.zoom_to(1.5)
    driver.turn_to("indicators")
    row = driver.leaf(number)
    driver.at(row, driver.column("value"))
    assert preview.paper.marked == preview.pages.printed.of(Place(row.id, "target"))
    assert in_sight(preview)


def test_fields_and_amounts_are_followed_too(driver: Driver) -> None:
    preview = opened(driver)
    for section, column in (("budget", "total"), ("basic", "unit_name")):
        driver.field(section, column)
        assert preview.paper.marked == preview.pages.printed.of(Place(section, column)) != ()
        assert in_sight(preview)


@pytest.mark.parametrize(("number", "column"), [(3, "target"), (-1, "target"), (5, "unit")])
def test_a_click_on_paper_goes_to_the_cell(driver: Driver, number: int, column: str) -> None:
    preview = opened(driver)
    driver.turn_to("basic")
    row = driver.leaf(number)
    place = Place(row.id, column)
    preview.paper.mark(preview.pages.printed.of(place))
    driver.qtbot.mouseClick(preview.paper.viewport(), Qt.MouseButton.LeftButton, pos=point_of(preview, place))
    assert driver.page.section.id == "indicators"
    assert driver.window.editor.page.place().row == row.id
    assert driver.page.model.field_at(driver.grid.currentIndex()) == column


def test_a_label_on_paper_leads_to_what_it_labels_and_the_margin_nowhere(driver: Driver) -> None:
    shown = as_printed(driver)
    cell = shown.of(Place("basic", "unit_name"))[0]
    label = shown.place_at(cell.page, cell.box.left() - 5, cell.box.center().y())
    assert label == Place("basic", "unit_name")
    assert shown.place_at(0, 3, 3) is None
    assert shown.place_at(99, 100, 100) is None


def test_every_cell_of_the_form_that_is_printed_is_found_both_ways(driver: Driver) -> None:
    shown = as_printed(driver)
    for (row, column), spots in shown.spots.items():
        middle = spots[0].box.center()
        assert shown.place_at(spots[0].page, middle.x(), middle.y()) == Place(row, column)


# --- pages of several sizes ---

WIDE = "支出总表"


@pytest.fixture
def budget(driver: Driver) -> Driver:
    """The sample unit's newest department budget: upright pages, and tables that lie across."""
    space = driver.space
    driver.window.open_filing(next(i.id for i in space.infos() if space.catalog.form(i.form).budget))
    driver.settle()
    return driver


def lies_across(size: tuple[float, float]) -> bool:
    return size[0] > size[1]


def turned(paper: Any) -> tuple[int, int]:
    """The first upright page that one lying across follows."""
    ways = [lies_across((s.width, s.height)) for s in paper.sheets.sheets]
    return next((n, n + 1) for n in range(len(ways)) if not ways[n] and ways[n + 1])


def test_each_page_has_its_own_size_and_none_lies_on_another(budget: Driver) -> None:
    preview = opened(budget)
    paper = preview.paper
    upright, across = turned(paper)
    assert paper.page_rect(upright).width() == paper.page_rect(across).width() <= paper.viewport().width()
    assert paper.percent(across) < paper.percent(upright)
    paper.zoom_to(0.5)
    assert paper.percent(across) == paper.percent(upright) == 50
    assert paper.page_rect(across).width() > paper.page_rect(upright).width()
    paper.set_fit("page")
    for number in range(paper.count()):
        assert paper.page_rect(number).height() <= paper.viewport().height()
        assert paper.page_rect(number).width() <= paper.viewport().width()
        assert (
            paper.page_rect(number).bottom() < paper.page_rect(number + 1).top()
            or number == paper.count() - 1
        )
    ways = [
        lies_across(pypdfium2.PdfDocument(preview.pages.printed.pdf).get_page_size(n))
        for n in range(paper.count())
    ]
    assert [lies_across((s.width, s.height)) for s in paper.sheets.sheets] == ways


def test_a_page_that_lies_across_is_drawn_in_its_own_shape(budget: Driver) -> None:
    preview = opened(budget)
    across = turned(preview.paper)[1]
    preview.paper.show_page(across)
    settled(budget)
    image = preview.pages.picture(across)
    wanted = picture(preview.pages.printed.pdf, across, image.width())
    assert (image.width(), image.height()) == (wanted.width, wanted.height)
    assert image.width() > image.height()


@pytest.mark.parametrize("column", ["total", "basic", "name"])
def test_the_cell_of_a_printed_table_is_followed_and_a_click_leads_back(budget: Driver, column: str) -> None:
    preview = opened(budget)
    place = Place(f"{WIDE}!2120109", column)
    assert budget.window.editor.show_place(place)
    spot = preview.paper.marked[0]
    assert lies_across(preview.pages.printed.sizes[spot.page])
    assert in_sight(preview)
    budget.turn_to("spending")
    preview.paper.mark((spot,))
    at = preview.paper.spot_rect(spot).center().toPoint()
    budget.qtbot.mouseClick(preview.paper.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert budget.page.section.id == WIDE
    assert budget.page.place() == place


def test_an_amount_of_the_entry_sheet_is_followed_to_every_table_that_prints_it(budget: Driver) -> None:
    preview = opened(budget)
    row = next(r for r in budget.rows("spending") if r.get("code") == "2120109" and r.get("basic.general"))
    budget.turn_to("spending")
    assert budget.window.editor.show_place(Place(row.id, "basic.general"))
    shown = preview.pages.printed
    assert preview.paper.marked == (
        *shown.of(Place("收入总表!2120109", "fiscal")),
        *shown.of(Place(f"{WIDE}!2120109", "basic")),
        *shown.of(Place("一般公共预算财政拨款支出表!2120109", "basic")),
    )
    assert len(preview.paper.marked) == 3
    assert in_sight(preview)
    assert budget.page.show_place(Place("=212", "name"))
    assert shown.of(Place(f"{WIDE}!212", "name"))[0] in preview.paper.marked


def test_printed_pages_lie_as_they_do_in_the_document(budget: Driver, tmp_path: Path) -> None:
    from ui.printing import print_pages

    shown, file = as_printed(budget, draft=False), tmp_path / "budget.pdf"
    ways = [lies_across(size) for size in shown.sizes]
    numbers = [ways.index(True), ways.index(True) - 1, len(ways) - ways[::-1].index(True) - 1]
    assert print_pages(shown, pdf_printer(shown, file, 150), numbers, lambda: False) == 3
    paper = pypdfium2.PdfDocument(file)
    for place, number in enumerate(numbers):
        assert paper.get_page_size(place) == pytest.approx(shown.sizes[number], abs=1.5)
        pairs = zip(grey(file, place), grey(shown.pdf, number), strict=True)
        assert max(abs(a - b) for a, b in pairs) < 40


# --- size and pages ---


def test_page_width_and_whole_page_fit_and_the_wheel_zooms_where_it_points(driver: Driver) -> None:
    paper = opened(driver).paper
    assert paper.page_rect(0).width() <= paper.viewport().width()
    assert not paper.horizontalScrollBar().maximum()
    paper.set_fit("page")
    assert paper.page_rect(0).height() <= paper.viewport().height()
    paper.set_fit("width")
    under = QPointF(paper.viewport().width() / 2, 200)
    before = paper._anchor(under)
    percent = paper.percent()
    event = QWheelEvent(
        under, paper.viewport().mapToGlobal(under), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(paper.viewport(), event)
    assert paper.percent() > percent
    assert paper._anchor(under)[2] == pytest.approx(before[2], abs=0.01)


def test_the_outlined_cell_stays_in_sight_when_the_size_changes(driver: Driver) -> None:
    preview = opened(driver)
    driver.turn_to("indicators")
    driver.at(driver.leaf(8), driver.column("value"))
    for change in (lambda: preview.paper.zoom_to(3.0), lambda: preview.paper.zoom_by(-3)):
        change()
        assert in_sight(preview)


def test_pages_are_counted_and_turned(driver: Driver) -> None:
    preview = opened(driver)
    preview.paper.zoom_to(1.0)
    count = len(as_printed(driver).pages)
    assert preview.number.text() == f"第 1 / {count} 页"
    driver.qtbot.mouseClick(preview.after, Qt.MouseButton.LeftButton)
    assert preview.paper.current() == 1
    assert preview.number.text() == f"第 2 / {count} 页"


def test_of_a_long_form_only_the_pages_in_sight_are_drawn(driver: Driver) -> None:
    from perfdesk.model.filing import Row

    two = next(r for r in driver.rows("indicators") if "level2" in r.cells)
    more = tuple(
        Row(f"n{n}", "indicators", {"level3": f"第 {n} 项指标", "target": "≥9"}, two.id) for n in range(600)
    )
    at = driver.filing.rows.index(two) + 1
    rows = driver.filing.rows
    long = replace(driver.filing, rows=rows[:at] + more + rows[at:])
    driver.space.add(replace(long, id=None), "长表")
    preview = opened(driver)
    assert preview.paper.count() > 12
    kept = [n for n in range(preview.paper.count()) if preview.pages.picture(n) is not None]
    assert kept == [0, 1, 2][: len(kept)]
    preview.paper.show_page(9)
    settled(driver)
    assert preview.pages.picture(9) is not None
    assert preview.pages.picture(5) is None


# --- on paper ---


def pdf_printer(shown: Printed, file: Path, resolution: int) -> Any:
    from PySide6.QtPrintSupport import QPrinter

    from ui.printing import new_printer

    printer = new_printer(shown, "表")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    printer.setResolution(resolution)
    return printer


def grey(pdf: Any, number: int) -> list[int]:
    """The page in coarse squares: how dark each is."""
    bitmap: Any = pypdfium2.PdfDocument(pdf)[number].render(scale=1.0, grayscale=True)
    image = QImage(
        bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_Grayscale8
    )
    small = image.scaled(
        40, 56, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    return [small.pixelColor(x, y).value() for y in range(56) for x in range(40)]


@pytest.mark.parametrize("resolution", [300, 600, 1200])
def test_what_is_printed_is_the_page_in_its_size(driver: Driver, tmp_path: Path, resolution: int) -> None:
    from ui.printing import print_pages

    shown, file = as_printed(driver), tmp_path / "paper.pdf"
    assert print_pages(shown, pdf_printer(shown, file, resolution), [0, 1], lambda: False) == 2
    paper = pypdfium2.PdfDocument(file)
    assert len(paper) == 2
    for number in (0, 1):
        assert paper.get_page_size(number) == pytest.approx(shown.sizes[number], abs=1.5)
    for number in (0, 1):
        pairs = zip(grey(file, number), grey(shown.pdf, number), strict=True)
        assert max(abs(a - b) for a, b in pairs) < 40


def test_pictures_for_paper_have_at_least_300_dots_an_inch_and_meet_without_a_seam() -> None:
    from ui.printing import picture_dpi

    for resolution in (96, 150, 203, 300, 360, 600, 720, 1200, 2400):
        dpi = picture_dpi(resolution)
        assert 300 <= dpi <= 600
        assert resolution % dpi == 0 or dpi % resolution == 0


def test_a_print_that_is_cancelled_or_refused_is_told(driver: Driver, tmp_path: Path) -> None:
    from ui.printing import print_pages

    shown = as_printed(driver)
    assert print_pages(shown, pdf_printer(shown, tmp_path / "a.pdf", 300), [0], lambda: True) == 0
    nowhere = pdf_printer(shown, tmp_path / "no folder" / "b.pdf", 300)
    with pytest.raises(UserError) as told:
        print_pages(shown, nowhere, [0], lambda: False)
    assert told.value.code == "print-failed"


def test_ctrl_p_asks_for_the_printer_and_prints_in_the_background(driver: Driver, tmp_path: Path) -> None:
    from PySide6.QtPrintSupport import QPrintDialog

    from tests.ui.test_files import answer

    seen: list[Any] = []

    def take(dialog: Any) -> None:
        assert isinstance(dialog, QPrintDialog)
        seen.append((dialog.minPage(), dialog.maxPage()))
        dialog.reject()

    answer(driver, take)
    driver.ctrl(Qt.Key.Key_P)
    driver.qtbot.waitUntil(lambda: bool(seen), timeout=20_000)
    assert seen == [(1, 2)]
    shown, file = as_printed(driver), tmp_path / "out.pdf"
    driver.window.printouts.print_on(pdf_printer(shown, file, 300), shown, [0, 1])
    driver.qtbot.waitUntil(lambda: driver.window.files.task is None, timeout=30_000)
    assert len(pypdfium2.PdfDocument(file)) == 2
    assert "2 页" in driver.window.notice.text.text()


def test_a_form_that_cannot_be_printed_says_why(driver: Driver) -> None:
    broken = driver.filing.row("basic").with_cell("unit_name", "\U0002a6a5")
    rows = tuple(broken if r.id == "basic" else r for r in driver.filing.rows)
    made = printed(driver.space.form, replace(driver.filing, rows=rows), draft=True)
    assert isinstance(made, Refused)
    assert (made.chars, made.place) == (("\U0002a6a5",), Place("basic", "unit_name"))
