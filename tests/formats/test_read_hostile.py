"""Files that cost too much: each limit is counted while reading and told as such. What is made to harm: ``tests/torture/hostile``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from perfdesk.errors import InputRefused
from perfdesk.formats.budget import Budget, Limits
from perfdesk.formats.child import read_file
from perfdesk.formats.ooxml import refuse_doctype
from tests.formats import hostile
from tests.formats.hostile import c, docx, merges, p, sheet_of, sheet_xml, tbl, tc, tr, xlsx
from tests.formats.pdf_made import raw_pdf

CURVE = b"0 0 m 1 1 2 2 3 3 c S BT /F 10 Tf 50 50 Td (abc) Tj ET "


def scattered(*addresses: str) -> bytes:
    return xlsx(sheet_xml("".join(f"<row>{c(a, '甲')}</row>" for a in addresses)))


DAMAGED = (hostile.unknown_packing, hostile.broken_packing, hostile.broken_names, hostile.broken_local_name, hostile.missing_end,
           hostile.before_the_start)  # fmt: skip


@pytest.mark.parametrize("make", DAMAGED)
def test_damage_is_known_as_such_where_it_is_read(tmp_path: Path, make: Callable[[], bytes]) -> None:
    """Not only by the child, which takes whatever goes wrong for a broken file."""
    file = tmp_path / "a.docx"
    file.write_bytes(make())
    with pytest.raises(InputRefused, match="损坏"):
        read_file(file)


@pytest.mark.parametrize(
    ("make", "limits"),
    [
        (lambda: docx(p("税" * 3000)), Limits(part=4000)),
        (lambda: docx(p("税" * 3000)), Limits(inflated=4000)),
        (lambda: docx(p("甲")), Limits(parts=3)),
        (lambda: docx(p("甲"), ("header", "h.xml", hostile.word_part("hdr", p("页")))), Limits(openings=3)),
        (lambda: raw_pdf(CURVE, 3, 1), Limits(shapes=5)),
        (lambda: raw_pdf(CURVE, 1, 3), Limits(all_shapes=5)),
        (lambda: docx(tbl(*[tr(tc("甲"))] * 3)), Limits(rows=2)),
        (lambda: docx(tbl(tr(*[tc("甲")] * 3))), Limits(columns=2)),
        (lambda: docx(tbl(tr(*[tc("甲")] * 3))), Limits(cells=2)),
        (lambda: docx(tbl(tr(*[tc("")] * 3))), Limits(places=2)),
        (lambda: docx(tbl(tr(tc("甲"), tc("乙")), tr(tc("甲")))), Limits(places=3)),
        (lambda: docx(p("甲乙丙")), Limits(characters=2)),
        (lambda: sheet_of(3, lambda n: c(f"A{n + 1}", "甲")), Limits(rows=2)),
        (lambda: sheet_of(1, lambda _: '<c t="n"><v>1</v></c>' * 3), Limits(columns=2)),
        (lambda: sheet_of(1, lambda _: '<c t="n"><v>1</v></c>' * 3), Limits(cells=2)),
        (lambda: sheet_of(1, lambda _: '<c t="n"/>' * 3), Limits(places=2)),
        (lambda: sheet_of(2, lambda n: c(f"{'AB'[n]}{n + 1}", "甲")), Limits(places=5)),
        (lambda: sheet_of(1, lambda _: c("A1", "甲乙丙")), Limits(characters=2)),
        (lambda: merges(3), Limits(merges=2)),
        (lambda: merges(3), Limits(all_merges=2)),
        (lambda: docx(f"<w:p><w:r><w:txbxContent>{p('甲乙丙')}</w:txbxContent></w:r></w:p>"), Limits(characters=2)),
        (lambda: docx("", ("footer", "f.xml", hostile.word_part("ftr", p("甲乙丙")))), Limits(characters=2)),
        (lambda: scattered("A1", "A2", "A300", "A301"), Limits(rows=3)),
        (lambda: scattered("A1", "A3", "A5"), Limits(rows=3)),
        (lambda: scattered("A1", "B1", "AZ1", "BA1"), Limits(columns=3)),
        (lambda: scattered("A1", "C1", "E1"), Limits(columns=3)),
        (lambda: xlsx(sheet_xml(""), shared="<si><t>甲乙丙</t></si>"), Limits(characters=2)),
    ],
)  # fmt: skip
def test_each_limit_is_told_as_such(tmp_path: Path, make: Callable[[], bytes], limits: Limits) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(make())
    read_file(file)
    with pytest.raises(InputRefused) as caught:
        read_file(file, limits=limits)
    assert caught.value.code == "too-large" and "太大" in caught.value.message


def test_all_parts_together_may_not_pass_the_limit_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(
        docx(p("甲"), *(("header", f"h{n}.xml", hostile.word_part("hdr", p("税" * 1000))) for n in range(5)))
    )
    read_file(file, limits=Limits(part=9000, inflated=40_000))
    with pytest.raises(InputRefused, match="展开后超过"):
        read_file(file, limits=Limits(part=9000, inflated=12_000))


def test_text_files_have_the_limit_of_a_part(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("甲" * 100, encoding="utf-8")
    with pytest.raises(InputRefused, match="太大"):
        read_file(file, limits=Limits(part=299))


@pytest.mark.parametrize(
    "start",
    [
        b"<a/>",
        b"\xef\xbb\xbf<?xml version='1.0' encoding='UTF-8'?>\n<!-- <!DOCTYPE a> --><?x <!DOCTYPE?><a/>",
    ],
)
def test_a_doctype_that_is_none_is_no_reason(start: bytes) -> None:
    refuse_doctype(start, "a.docx")


def test_a_file_cut_anywhere_is_refused_with_one_line(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    for whole in (
        docx(tbl(tr(tc("甲"), tc("乙"))), ("header", "h.xml", hostile.word_part("hdr", p("页")))),
        hostile.ole2("Workbook"),
    ):
        for length in range(0, len(whole) - 1, 7):
            file.write_bytes(whole[:length])
            with pytest.raises(InputRefused) as caught:
                read_file(file)
            assert "\n" not in caught.value.message


def test_progress_is_told_while_reading(tmp_path: Path) -> None:
    beats: list[int] = []
    file = tmp_path / "a.docx"
    file.write_bytes(docx(p("税" * 100_000)))
    read_file(file, progress=lambda: beats.append(1))
    assert len(beats) > 5


def test_a_budget_counts_over_the_whole_file() -> None:
    budget = Budget("a", Limits(cells=3))
    for text in ("甲", "", "乙", "丙"):
        budget.cell(text)
    with pytest.raises(InputRefused):
        budget.cell("丁")
