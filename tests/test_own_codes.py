"""Codes that a user adds and takes away: in the lists at once, and whatever else the file says stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfdesk import codes
from perfdesk.catalog import load
from perfdesk.errors import FormError, UserError
from perfdesk.own_codes import OwnCode, add_code, own_codes, remove_code

PIPES = OwnCode("function", "2120198", "老旧管网改造")
ALLOWANCE = OwnCode("economic", "30298", "其他补贴")
WRITTEN = """# 财政局 2024 年口径
format = 1
economic = "30298 其他补贴"  # 电话确认

function = '''
# 城市建设
2120198 老旧管网改造
2120197 "海绵城市"建设
'''
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return codes.own_folder(tmp_path)


def written(folder: Path, text: str = WRITTEN) -> Path:
    folder.mkdir(parents=True)
    (folder / codes.ADDED).write_text(text, encoding="utf-8")
    return folder / codes.ADDED


def names(folder: Path, kind: str) -> dict[str, str]:
    (one,) = (x for x in load(own=folder.parent.parent).code_lists.values() if x.kind == kind)
    return {c: one.names[c] for c in one.added}


def test_an_added_code_is_in_the_lists_of_its_kind(folder: Path) -> None:
    assert own_codes(folder) == ()
    add_code(folder, PIPES)
    add_code(folder, ALLOWANCE)
    assert names(folder, "function") == {"2120198": "老旧管网改造"}
    assert names(folder, "economic") == {"30298": "其他补贴"}
    assert own_codes(folder) == (PIPES, ALLOWANCE)


def test_a_ledger_of_a_form_knows_the_added_code(folder: Path) -> None:
    add_code(folder, PIPES)
    budget = load(own=folder.parent.parent).form("handan-2022/department-budget").budget
    assert budget is not None and budget.ledger("spending").names["2120198"] == "老旧管网改造"


def test_other_codes_and_remarks_of_the_file_stay(folder: Path) -> None:
    file = written(folder)
    add_code(folder, OwnCode("function", "2120196", r"C:\新路"))
    text = file.read_text(encoding="utf-8")
    for part in ("# 财政局 2024 年口径", "# 电话确认", "# 城市建设", 'economic = "30298 其他补贴"'):
        assert part in text
    assert names(folder, "function") == {
        "2120198": "老旧管网改造",
        "2120197": '"海绵城市"建设',
        "2120196": r"C:\新路",
    }


def test_a_removed_code_is_gone_and_no_other(folder: Path) -> None:
    file = written(folder)
    remove_code(folder, PIPES)
    assert names(folder, "function") == {"2120197": '"海绵城市"建设'}
    assert "# 城市建设" in file.read_text(encoding="utf-8")
    remove_code(folder, PIPES)
    remove_code(folder, ALLOWANCE)
    assert [one.code for one in own_codes(folder)] == ["2120197"]


def test_a_code_that_is_there_gets_the_new_name_at_its_place(folder: Path) -> None:
    written(folder)
    add_code(folder, OwnCode("function", "2120198", "管网更新"))
    assert [(o.code, o.name) for o in own_codes(folder)][:2] == [
        ("2120198", "管网更新"),
        ("2120197", '"海绵城市"建设'),
    ]


@pytest.mark.parametrize(
    ("one", "told"),
    [
        (OwnCode("function", "9990101", "没有上级"), "9990101 的上级 999 不在目录里"),
        (OwnCode("function", "2120", "四位"), "应为 3、5、7 位"),
        (OwnCode("function", "2120198", "  "), "名称"),
        (OwnCode("function", "21201X8", "字母"), "数字"),
        (OwnCode("function", "", "没有编码"), "数字"),
    ],
)
def test_a_code_that_fits_nowhere_is_refused_and_nothing_is_written(
    folder: Path, one: OwnCode, told: str
) -> None:
    file = written(folder)
    with pytest.raises(UserError) as refused:
        add_code(folder, one)
    assert refused.value.code == "code-refused"
    assert told in refused.value.message
    assert file.read_text(encoding="utf-8") == WRITTEN


def test_a_code_with_own_codes_below_stays(folder: Path) -> None:
    for code in ("298", "29801", "2980101"):
        add_code(folder, OwnCode("function", code, f"科目{code}"))
    with pytest.raises(UserError) as refused:
        remove_code(folder, OwnCode("function", "298", ""))
    assert "29801" in refused.value.message
    assert len(own_codes(folder)) == 3


@pytest.mark.parametrize("text", ["format = 1\nfunction = [", "\udcff"])
def test_a_file_that_is_broken_is_told_and_left(folder: Path, text: str) -> None:
    file = written(folder, "")
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(FormError):
        add_code(folder, PIPES)
    assert file.read_bytes() == text.encode("utf-8", "surrogateescape")


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    tmp_path.joinpath("standards").write_text("a file")
    with pytest.raises(UserError):
        add_code(codes.own_folder(tmp_path), PIPES)
