"""Files made to harm: each is refused with one line – or read, where its text is harmless – in little time and memory."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from perfdesk.errors import InputRefused
from perfdesk.formats.budget import Budget, Limits
from perfdesk.formats.child import read_file
from perfdesk.formats.ooxml import refuse_doctype
from perfdesk.formats.read import read
from tests.formats import hostile
from tests.formats.hostile import c, docx, docx_parts, p, sheet_xml, tbl, tc, tr, xlsx, xlsx_parts, zipped

SECONDS = 30.0
"""So long a busy machine may take; what hangs takes longer than anything."""


def outcome(file: Path) -> str:
    """``read`` or the code of the refusal; fails when it takes too long or says more than one line."""
    start = time.monotonic()
    try:
        read(file)
        code = "read"
    except InputRefused as told:
        assert "\n" not in told.message and file.name in told.message
        code = told.code
    assert time.monotonic() - start < SECONDS
    return code


def sheet_of(count: int, cell: Callable[[int], str]) -> bytes:
    return xlsx(sheet_xml("".join(f'<row r="{n + 1}">{cell(n)}</row>' for n in range(count))))


def merges(count: int) -> bytes:
    listed = "".join(f'<mergeCell ref="A{2 * n + 1}:A{2 * n + 2}"/>' for n in range(count))
    return xlsx(sheet_xml(f'<row r="1">{c("A1", "甲")}</row>', f"<mergeCells>{listed}</mergeCells>"))


def scattered(*addresses: str) -> bytes:
    return xlsx(sheet_xml("".join(f"<row>{c(a, '甲')}</row>" for a in addresses)))


def many_parts(count: int) -> bytes:
    return zipped({**docx_parts(p("甲")), **{f"word/media/{n}.png": b"" for n in range(count)}})


def shared_giant() -> bytes:
    """A text of 32 000 characters, once in the file, in 5 000 cells."""
    rows = "".join(f'<row r="{n + 1}"><c r="A{n + 1}" t="s"><v>0</v></c></row>' for n in range(5000))
    return zipped(xlsx_parts(sheet_xml(rows), shared=f"<si><t>{'税' * 32_000}</t></si>"))


def ladder() -> bytes:
    """Each row's cells begin one column further on than the last: a grid of 700 columns out of 700 cells."""
    return docx(tbl(*(tr(tc("甲"), properties=f'<w:gridBefore w:val="{n}"/>') for n in range(700))))


def wide_and_high() -> bytes:
    """Few cells, but a grid of 19 000 rows and 400 columns."""
    return docx(tbl(tr(*[tc("甲")] * 400), *[tr(tc("乙"))] * 18_999))


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "a part of 70 MiB": (lambda: hostile.bomb("word/document.xml", 70), "too-large"),
    "a part of 70 MiB that says 100 bytes": (lambda: hostile.lying_bomb(70), "broken"),
    "billion laughs": (hostile.laughing, "doctype"),
    "billion laughs behind a comment": (lambda: hostile.laughing("<!-- x --><?y z?> "), "doctype"),
    "billion laughs in utf-16": (lambda: hostile.laughing(encoding="utf-16"), "doctype"),
    "billion laughs in utf-7": (lambda: hostile.laughing(encoding="utf-7"), "broken"),
    "billion laughs behind 70 KB of blanks": (lambda: hostile.laughing(" " * 70_000), "broken"),
    "billion laughs behind a comment of 70 KB": (lambda: hostile.laughing(f"<!--{'x' * 70_000}-->"), "broken"),
    "2 001 parts": (lambda: many_parts(1997), "too-large"),
    "2 001 parts that say they are four": (lambda: hostile.lying_count(many_parts(1997)), "too-large"),
    "100 000 parts": (lambda: many_parts(100_000), "too-large"),
    "a directory of 6 MB for 100 parts": (
        lambda: zipped({**docx_parts(p("甲")), **{f"{n}{'x' * 60_000}": b"" for n in range(100)}}), "too-large"),
    "100 000 merges": (lambda: merges(100_000), "too-large"),
    "20 001 rows in a sheet": (lambda: sheet_of(20_001, lambda n: c(f"A{n + 1}", "甲")), "too-large"),
    "20 001 rows in a document": (lambda: docx(tbl(*[tr(tc("甲"))] * 20_001)), "too-large"),
    "501 columns in a sheet": (lambda: sheet_of(1, lambda _: '<c t="n"><v>1</v></c>' * 501), "too-large"),
    "501 columns in a document": (lambda: docx(tbl(tr(*[tc("甲")] * 501))), "too-large"),
    "700 steps aside": (ladder, "too-large"),
    "200 001 cells": (lambda: sheet_of(10_001, lambda _: '<c t="n"><v>1</v></c>' * 20), "too-large"),
    "a grid of 7 million places": (wide_and_high, "too-large"),
    "a million empty cells": (lambda: docx(tbl(*[f"<w:tr>{'<w:tc/>' * 400}</w:tr>"] * 3000)), "too-large"),
    "one text in every cell": (shared_giant, "too-large"),
    "300 nested tables": (lambda: docx(f"{'<w:tbl><w:tr><w:tc>' * 300}{p('深')}{'</w:tc></w:tr></w:tbl>' * 300}"), "broken"),
    "packed in an unknown way": (hostile.unknown_packing, "broken"),
    "packed bytes that are none": (hostile.broken_packing, "broken"),
    "names that are no utf-8": (hostile.broken_names, "broken"),
    "a name before a part that is no utf-8": (hostile.broken_local_name, "broken"),
    "a part that begins before the file": (hostile.before_the_start, "broken"),
    "a part that ends behind the file": (hostile.missing_end, "broken"),
    "names that climb out": (
        lambda: zipped({**docx_parts(p("甲")), "../../etc/passwd": "x", "..\\..\\x.dll": "x", "/abs": "x"}), "read"),
    "a file inside itself": (lambda: zipped({"word/document.xml": docx(p("甲"))}), "broken"),
    "a text of 11 MB": (lambda: docx(p("税" * 4_000_000)), "broken"),
    "a relation that climbs out": (
        lambda: docx(p("甲"), ("header", "../../../../etc/hostname", "")), "read"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_told_in_time(tmp_path: Path, case: str) -> None:
    make, code = HOSTILE[case]
    file = tmp_path / "来历不明.docx"
    content = make()
    file.write_bytes(content)
    assert outcome(file) == code
    assert file.read_bytes() == content


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


def test_giant_merges_that_overlap_a_thousandfold_are_read(tmp_path: Path) -> None:
    listed = "".join(f'<mergeCell ref="A{n + 1}:XFD1048576"/>' for n in range(4999))
    file = tmp_path / "a.xlsx"
    cells = "".join(f'<row r="{n}">{c(f"A{n}", "甲")}</row>' for n in range(1, 5001))
    file.write_bytes(xlsx(sheet_xml(cells, f"<mergeCells>{listed}</mergeCells>")))
    assert outcome(file) == "read"


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
