"""Law 5: fill(blank, nothing) is the blank, byte for byte; fill(blank, values) differs from it in these cells alone.

In a workbook a text that would be cut off wraps, and only where no look of the blank does so, the part of the looks gets one more
(``formats.fill_xlsx_fit``, looked at in ``tests/formats/test_fill``). Our own workbooks wrap: texts of any length change their sheet alone.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfdesk.catalog import new_filing
from perfdesk.compose import compose
from perfdesk.filling.blank import Edits
from perfdesk.filling.marks import with_values
from perfdesk.formats.write import write_bytes
from perfdesk.values import one_line
from tests.blanks import filled_bytes, open_blank, parts
from tests.making import catalog, counter

FORMS = sorted(f.id for f in catalog().forms.values() if f.paper.parts and not f.budget)
words = st.text(alphabet="甲乙丙≥95%.=+", min_size=1, max_size=60).filter(lambda t: t.strip("."))


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
@pytest.mark.parametrize("form_id", FORMS)
def test_without_values_the_file_is_the_blank_itself(form_id: str, kind: str) -> None:
    form = catalog().form(form_id)
    data = write_bytes(compose(form, new_filing(form, 2023, "", counter())).document, kind)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"blank.{kind}"
        path.write_bytes(data)
        assert filled_bytes(path, Edits()) == data


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
@settings(max_examples=40)
@given(data=st.data())
def test_nothing_but_the_cells_filled_becomes_another(kind: str, data: st.DataObject) -> None:
    form = catalog().form(data.draw(st.sampled_from(FORMS)))
    with TemporaryDirectory() as folder:
        path, target = Path(folder) / f"blank.{kind}", Path(folder) / f"filled.{kind}"
        path.write_bytes(write_bytes(compose(form, new_filing(form, 2023, "", counter())).document, kind))
        blank = open_blank(path)
        chosen = data.draw(
            st.dictionaries(st.sampled_from(range(len(blank.slots))), words, min_size=1, max_size=8)
        )
        texts: dict[int, str] = {}
        for number, word in chosen.items():
            slot = blank.slots[number]
            before = texts.get(slot.item, blank.items[slot.item].text)
            texts[slot.item] = with_values(before, [(slot.room, word)]) if slot.room else word
        made = filled_bytes(path, Edits(texts))
        target.write_bytes(made)
        wanted = [texts.get(i.id, i.text) for i in blank.items]
        # What is full is no slot any more; the items are the same and in the same order.
        assert [one_line(i.text) for i in open_blank(target).items] == [one_line(t) for t in wanted]
        before, after = parts(path.read_bytes()), parts(made)
        assert list(before) == list(after)
        changed = {n for n in before if before[n] != after[n]}
        assert changed == ({"word/document.xml"} if kind == "docx" else {"xl/worksheets/sheet1.xml"})
