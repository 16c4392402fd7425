"""Old Excel workbooks: texts, numbers as their formats show them, merges – and damaged ones."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfdesk.document.source import Source
from perfdesk.errors import InputRefused
from perfdesk.formats.child import read_file
from tests.formats.xls_made import compound, number_cell, record, string, text_cell, workbook


def read_book(folder: Path, content: bytes) -> Source:
    file = folder / "表.xls"
    file.write_bytes(content)
    return read_file(file)


def texts(source: Source) -> list[list[str]]:
    (table,) = source.tables
    return table.texts()


def test_numbers_read_as_their_formats_show_them(tmp_path: Path) -> None:
    cells = (
        number_cell(0, 0, 0, 13034.7)
        + number_cell(0, 1, 1, 0.95)
        + number_cell(0, 2, 2, 44562)
        + number_cell(0, 3, 3, 95)
    )
    source = read_book(tmp_path, workbook(cells, formats=["0%", 'yyyy"年"m"月"', '"≥"0"%"']))
    assert texts(source) == [["13034.7", "95%", "2022年1月", "≥95%"]]
    assert (source.format, source.leftovers) == ("xls", ())


def test_packed_numbers_are_whole_numbers_hundredths_and_doubles(tmp_path: Path) -> None:
    def packed(column: int, bits: int) -> bytes:
        return record(0x27E, struct.pack("<HHHI", 0, column, 0, bits))

    half = struct.unpack("<Q", struct.pack("<d", 0.5))[0] >> 32
    minus = (-7 & 0x3FFFFFFF) << 2 | 2
    many = record(0xBD, struct.pack("<HHHIHIH", 0, 4, 0, (5 << 2) | 2, 0, (6 << 2) | 2, 5))
    cells = (
        packed(0, (1234 << 2) | 3)
        + packed(1, (42 << 2) | 2)
        + packed(2, half & 0xFFFFFFFC)
        + packed(3, minus)
        + many
    )
    assert texts(read_book(tmp_path, workbook(cells))) == [["12.34", "42", "0.5", "-7", "5", "6"]]


@pytest.mark.parametrize("size", [40, 41, 42, 43, 8224])
def test_texts_that_run_over_records_are_whole(tmp_path: Path, size: int) -> None:
    shared = ["按照年度工作部署完成各项指标任务", "abc", "", "≥95%", "确保全市房地产市场平稳健康发展，" * 3]
    cells = b"".join(text_cell(n, 0, n) for n in range(len(shared)))
    read_off = texts(read_book(tmp_path, workbook(cells, shared, size=size)))
    assert [row[0] for row in read_off] == shared


def test_results_of_formulas_are_read_and_errors_told(tmp_path: Path) -> None:
    def formula(column: int, result: bytes) -> bytes:
        return record(0x06, struct.pack("<HHH", 0, column, 0) + result + bytes(8))

    text = formula(1, b"\0\0\0\0\0\0\xff\xff") + record(0x207, string("已完成"))
    cells = formula(0, struct.pack("<d", 988.68)) + text + formula(2, b"\2\0\7\0\0\0\xff\xff")
    source = read_book(tmp_path, workbook(cells))
    assert texts(source) == [["988.68", "已完成"]]
    assert len(source.leftovers) == 1 and "C1" in source.leftovers[0]


def test_merged_cells_and_hidden_rows_are_known(tmp_path: Path) -> None:
    hidden = record(0x208, struct.pack("<HHHHIII", 1, 0, 2, 0, 0, 0x20, 0)[:16])
    cells = hidden + text_cell(0, 0, 0) + text_cell(1, 1, 1) + record(0xE5, struct.pack("<5H", 1, 0, 1, 0, 0))
    source = read_book(tmp_path, workbook(cells, ["部门", "名称"]))
    (table,) = source.tables
    assert [(c.text, c.rowspan) for c in table.cells if c.text] == [("部门", 2), ("名称", 1)]
    assert source.leftovers == ("工作表“表”有隐藏的行或列，已一并读取",)


def refusal(folder: Path, content: bytes) -> InputRefused:
    with pytest.raises(InputRefused) as caught:
        read_book(folder, content)
    assert "表.xls" in caught.value.message and "\n" not in caught.value.message
    return caught.value


def test_passwords_older_books_and_lost_texts_are_told(tmp_path: Path) -> None:
    assert refusal(tmp_path, workbook(b"", head=record(0x2F, bytes(4)))).code == "encrypted"
    older = record(0x809, struct.pack("<HHHH", 0x500, 5, 0, 0))
    assert refusal(tmp_path, compound(older)).code == "old-excel"
    assert refusal(tmp_path, workbook(text_cell(0, 0, 7), ["甲"])).code == "broken"


def test_a_chain_that_comes_back_to_itself_is_broken(tmp_path: Path) -> None:
    whole = bytearray(workbook(text_cell(0, 0, 0), ["甲"]))
    struct.pack_into("<I", whole, len(whole) - 1024, 0)  # the first sector follows itself
    assert refusal(tmp_path, bytes(whole)).code == "broken"


@given(data=st.data())
@settings(max_examples=60)
def test_flipped_bytes_are_read_or_refused(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    whole = bytearray(
        workbook(text_cell(0, 0, 0) + number_cell(1, 1, 1, 0.5), ["甲乙丙" * 20], ["0%"], size=60)
    )
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(8, len(whole) - 1))] = data.draw(st.integers(0, 255))
    file = tmp_path_factory.mktemp("flipped") / "表.xls"
    file.write_bytes(whole)
    try:
        read_file(file)
    except InputRefused as told:
        assert "\n" not in told.message
