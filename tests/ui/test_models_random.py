"""Every model of the window under the toolkit's own tester, through random edits, undo and redo; and no view is left with an old cell."""

from __future__ import annotations

import importlib
import pkgutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester

import ui
from perfdesk.catalog import new_filing
from perfdesk.library import LibraryIndex, load
from perfdesk.model.change import Step
from perfdesk.model.filing import Filing
from perfdesk.model.form import Form
from perfdesk.store import Store
from tests.edits import OWN, TEXTS, step
from tests.laws.strategies import filings
from tests.making import catalog
from tests.models import Watch, cells_of
from ui.form.replacing import find
from ui.models.goals import GoalsModel
from ui.models.indicators import IndicatorModel
from ui.models.library import Filter, LibraryModel
from ui.models.list_rows import ListModel
from ui.models.replacing import SpotsModel
from ui.models.scores import ScoresModel
from ui.workspace import Workspace

ROLE = Qt.ItemDataRole
QUICK = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])


def all_models() -> set[type]:
    """Model classes of the window of which none is only a base of others."""
    for module in pkgutil.walk_packages(ui.__path__, "ui."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    found: set[type] = set()
    waiting: list[type] = [QAbstractItemModel]
    while waiting:
        below = waiting.pop().__subclasses__()
        waiting += below
        found |= {c for c in below if c.__module__.startswith("ui.") and not c.__subclasses__()}
    return found


def test_no_model_of_the_window_is_without_a_random_test() -> None:
    """Named in a test module beside this one, which has the tester watch it."""
    texts = [p.read_text("utf-8") for p in Path(__file__).parent.glob("test_models_*.py")]
    watched = " ".join(text for text in texts if "QAbstractItemModelTester(" in text)
    assert [c.__name__ for c in all_models() if c.__name__ not in watched] == []


# --- models of the open filing ---


@contextmanager
def opened(filing: Filing) -> Iterator[Workspace]:
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "data") as store:
        space = Workspace(catalog())
        space.attach(store)
        space.open(store.add(filing, "导入"))
        try:
            yield space
        finally:
            # As when the window closes: what was put off for a free moment finds nothing to do.
            space.store = None


def has(section: str) -> Callable[[Form], bool]:
    return lambda form: any(s.id == section for s in form.sections)


DEEDS = st.lists(st.sampled_from(("edit", "edit", "edit", "undo", "redo", "check")), min_size=1, max_size=8)


def drive(
    filing: Filing, data: st.DataObject, make: Callable[[Workspace], Any], rows: Callable[[Filing], Any]
) -> None:
    """The model follows; what it told is all that a view has to draw anew; what it shows is what a new one shows."""
    with opened(filing) as space:
        model = make(space)
        tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        model.load()
        watch = Watch(model)
        for number, deed in enumerate(data.draw(DEEDS)):
            match deed:
                case "edit":
                    assert space.form
                    assert space.filing
                    changes = step(data.draw, space.form, space.filing, number)
                    space.apply(Step("改", changes))
                case "check":
                    space.check_now()
                    model.remark()
                case "undo" if (space.travels.coming("undo") or "") == "改":
                    space.undo()
                case "redo":
                    space.redo()
                case _:
                    pass
            model.update()
            assert space.filing
            assert model.rows() == rows(space.filing)
            fresh = make(space)
            fresh.load()
            assert cells_of(model) == cells_of(fresh)
            watch.look()
        del tester


@given(filing=filings(), data=st.data())
@QUICK
def test_the_tree_of_indicators_follows_any_edits(qapp: object, filing: Filing, data: st.DataObject) -> None:
    drive(filing, data, IndicatorModel, lambda f: f.section(catalog().form(f.form).tree.id))


@given(filing=filings(fit=lambda form: form.evaluation is not None), data=st.data())
@QUICK
def test_scores_follow_any_edits(qapp: object, filing: Filing, data: st.DataObject) -> None:
    """Of facts, weights and the scheme elsewhere, too."""
    drive(filing, data, ScoresModel, lambda f: f.section("indicators"))


@given(filing=filings(fit=has("goals")), data=st.data())
@QUICK
def test_goals_follow_any_edits(qapp: object, filing: Filing, data: st.DataObject) -> None:
    section = catalog().form(filing.form).section("goals")
    drive(filing, data, lambda space: GoalsModel(section, space), lambda f: f.section("goals"))


@given(filing=filings(fit=has("tasks")), data=st.data())
@QUICK
def test_a_list_follows_any_edits(qapp: object, filing: Filing, data: st.DataObject) -> None:
    section = catalog().form(filing.form).section("tasks")
    drive(filing, data, lambda space: ListModel(section, space), lambda f: f.section("tasks"))


# --- tables that are shown anew ---


class _Colours(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return name


@given(
    data=st.data(),
    filters=st.lists(
        st.tuples(
            st.sampled_from(("", "数量", "率", "zzz", "满意")),
            st.sampled_from(("", "产出指标", "效益指标", "没有")),
        ),
        min_size=1,
        max_size=6,
    ),
)
@QUICK
def test_the_library_shows_what_any_filter_lets_through(
    qapp: object, data: st.DataObject, filters: list[tuple[str, str]]
) -> None:
    index = LibraryIndex((), load(catalog()).entries)
    model = LibraryModel(_Colours())
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for words, level1 in filters:
        wanted = Filter(words=words, level1=level1)
        here = frozenset(data.draw(st.lists(st.sampled_from([e.name for e in index.entries]), max_size=3)))
        model.show(data.draw(st.sampled_from((index, None))), wanted, here)
        assert all(wanted.lets(e) for e in model.entries)
        assert model.rowCount() == len(model.entries)
        for place in range(min(model.rowCount(), 5)):
            assert model.index(place, 0).data() == model.entries[place].name
    del tester


@given(
    data=st.data(),
    words=st.lists(st.sampled_from((*OWN, *TEXTS, "指标", "率", "数", "")), min_size=1, max_size=5),
)
@QUICK
def test_the_ticks_of_replacing_outlive_other_words(
    qapp: object, data: st.DataObject, words: list[str]
) -> None:
    form = data.draw(st.sampled_from(sorted(catalog().forms.values(), key=lambda f: f.id)))
    numbers = count(1)
    filing = new_filing(form, 2026, "示例市数据局", lambda: f"r{next(numbers)}")
    model = SpotsModel(_Colours())
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    off: set[tuple[str, str]] = set()
    for word in words:
        model.show(find(form, filing, word, "换", False))
        watch = Watch(model)
        keys = [s.key for s in model.spots.cells]
        match data.draw(st.sampled_from(("one", "all", "none"))):
            case "one" if keys:
                place = data.draw(st.integers(0, len(keys) - 1))
                on = keys[place] in off
                state = Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
                model.setData(model.index(place, 0), state, ROLE.CheckStateRole)
                off = off - {keys[place]} if on else off | {keys[place]}
            case "all":
                model.tick_all(True)
                off -= set(keys)
            case "none":
                model.tick_all(False)
                off |= set(keys)
            case _:
                pass
        watch.look()
        assert [s.key for s in model.chosen()] == [k for k in keys if k not in off]
    del tester


def test_a_view_left_with_an_old_cell_is_noticed(qapp: object) -> None:
    """The watch itself: a change that is not told."""
    model = SpotsModel(_Colours())
    form = catalog().form(sorted(catalog().forms)[0])
    numbers = count(1)
    filing = new_filing(form, 2026, "示例市数据局", lambda: f"r{next(numbers)}")
    model.show(find(form, filing, "示例市", "换", False))
    watch = Watch(model)
    model.blockSignals(True)
    model.tick_all(False)
    model.blockSignals(False)
    with pytest.raises(AssertionError):
        watch.look()
