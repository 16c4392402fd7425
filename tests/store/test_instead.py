"""A filing that comes in the place of another: one deed, there and back."""

from __future__ import annotations

import pytest

from perfdesk.errors import ChangeRefused
from perfdesk.store import Store
from tests.store.sample import sample_filing


def test_a_filing_in_the_place_of_another_is_one_deed_and_stands_where_that_one_stood(store: Store) -> None:
    first, second, third = (store.add(sample_filing(), f"新建{n}") for n in range(3))
    (new,) = store.add_all([sample_filing()], "导入", instead=[second])
    assert [i.id for i in store.filings()] == [first, new, third]
    assert store.office.undo() == "导入"
    assert [i.id for i in store.filings()] == [first, second, third]
    store.office.redo()
    assert [i.id for i in store.filings()] == [first, new, third]
    with pytest.raises(ChangeRefused):
        store.add_all([sample_filing()], "导入", instead=[second])
    assert [i.id for i in store.filings()] == [first, new, third]
    assert store.verify() == ()
