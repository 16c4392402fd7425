"""A user's own scoring schemes: copied, changed as text, told when wrong, and never in the way of the others."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import pytest

from perfdesk import codes, paths
from perfdesk.catalog import load
from perfdesk.errors import FormError, UserError
from perfdesk.own_schemes import copy_scheme, own_ids, save_scheme, scheme_text
from perfdesk.scoring_catalog import load_schemes, own_folder

D = Decimal
SHIPPED = sorted(load_schemes())


def written(data: Path, name: str, text: str) -> Path:
    own_folder(data).mkdir(parents=True, exist_ok=True)
    path = own_folder(data) / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("scheme", SHIPPED)
def test_every_scheme_can_be_copied_and_the_copy_says_the_same_under_its_own_name(
    tmp_path: Path, scheme: str
) -> None:
    file = copy_scheme(tmp_path, scheme, "我市2024")
    schemes = load(own=tmp_path).schemes
    copied, old = schemes["我市2024"], schemes[scheme]
    assert (copied.parts, copied.grades, copied.bands, copied.scopes) == (
        old.parts,
        old.grades,
        old.bands,
        old.scopes,
    )
    assert copied.name == f"{old.name}（我市2024）"
    comments = [line for line in scheme_text(tmp_path, scheme).splitlines() if line.startswith("#")]
    assert [line for line in file.read_text("utf-8").splitlines() if line.startswith("#")] == comments


def test_a_copy_can_be_changed_and_the_forms_offer_it(tmp_path: Path) -> None:
    copy_scheme(tmp_path, "hubei", "ours", "我市办法")
    text = (
        scheme_text(tmp_path, "ours")
        .replace("weight = 20", "weight = 30")
        .replace("weight = 80", "weight = 70")
    )
    save_scheme(tmp_path, "ours", text.replace("digits = 2", "digits = 1\npass_mark = 60"))
    forms = load(own=tmp_path)
    ours = forms.schemes["ours"]
    assert (ours.name, [p.weight for p in ours.parts], ours.digits, ours.pass_mark) == (
        "我市办法",
        [30, 70],
        1,
        60,
    )
    offering = [f.evaluation for f in forms.forms.values() if f.evaluation]
    assert offering and all("ours" in [s.id for s in e.schemes] for e in offering)
    assert own_ids(tmp_path) == ("ours",)


@pytest.mark.parametrize("new", ["hubei", "taken", "", "../elsewhere", "a b", "a/b", "x" * 61])
def test_a_copy_needs_an_id_of_its_own(tmp_path: Path, new: str) -> None:
    copy_scheme(tmp_path, "hubei", "taken")
    with pytest.raises(UserError):
        copy_scheme(tmp_path, "sichuan", new)
    assert own_ids(tmp_path) == ("taken",)


@pytest.mark.parametrize("scheme", ["nowhere", "../scoring/hubei"])
def test_what_is_not_there_cannot_be_copied(tmp_path: Path, scheme: str) -> None:
    with pytest.raises(UserError) as refused:
        copy_scheme(tmp_path, scheme, "ours")
    assert refused.value.code == "no-scheme"


@pytest.mark.parametrize("id_line", ['"id" = "odd"', 'unchecked = """\nid = "another"\n"""\nid = "odd"'])
def test_a_file_written_otherwise_is_not_rewritten_by_guess(tmp_path: Path, id_line: str) -> None:
    text = (paths.templates() / "scoring" / "hubei.toml").read_text(encoding="utf-8")
    written(tmp_path, "odd", text.replace('id = "hubei"', id_line))
    assert "odd" in load(own=tmp_path).schemes
    with pytest.raises(FormError):
        copy_scheme(tmp_path, "odd", "ours")
    assert own_ids(tmp_path) == ("odd",)


ODD = ["nan", "inf", "-1", "1e400", '""', "[]", '["a"]', "{}", "[{}]", "true", "1979-05-27", "[[1]]"]
SPECIALS = """
caps = [{ below = 50, most = 59 }]
over = [{ ratio = 1.3, deduction = 2 }]

[[specials]]
indicator = "甲率"
kind = "stepped"
[[specials.steps]]
from = 95
percent = 100

[[specials]]
indicator = "乙率"
kind = "per-point"
deduction = 1
"""


def whole_scheme() -> str:
    text = (paths.templates() / "scoring" / "hubei.toml").read_text(encoding="utf-8")
    top, part = text.split("[[parts]]", 1)
    specials, tables = SPECIALS.split("[[specials]]", 1)
    return f"{top}{specials}[[parts]]{part}\n[[specials]]{tables}"


@pytest.mark.parametrize("odd", ODD)
def test_whatever_stands_in_a_line_is_told_and_never_a_fault_of_the_program(tmp_path: Path, odd: str) -> None:
    lines = whole_scheme().splitlines()
    save_scheme(tmp_path, "hubei", "\n".join(lines))
    for number, line in enumerate(lines):
        key, equals, _ = line.partition("=")
        if equals and not line.startswith("#"):
            wrong = [*lines[:number], f"{key}= {odd}", *lines[number + 1 :]]
            with suppress(FormError):
                save_scheme(tmp_path, "hubei", "\n".join(wrong))


def test_a_number_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(FormError) as refused:
        save_scheme(tmp_path, "hubei", whole_scheme().replace("weight = 20", "weight = nan"))
    assert any("weight：应为数" in problem for problem in refused.value.problems)


def test_a_wrong_text_is_told_whole_and_what_was_there_stays(tmp_path: Path) -> None:
    copy_scheme(tmp_path, "hubei", "ours")
    before = scheme_text(tmp_path, "ours")
    wrong = before.replace("weight = 20", "weight = 30").replace("digits = 2", "digits = 9\ncolour = 1")
    with pytest.raises(FormError) as refused:
        save_scheme(tmp_path, "ours", wrong)
    told = "\n".join(refused.value.problems)
    assert all(word in told for word in ("parts", "110", "digits", "colour"))
    assert scheme_text(tmp_path, "ours") == before


def test_one_wrong_file_takes_away_no_other(tmp_path: Path) -> None:
    copy_scheme(tmp_path, "hubei", "good")
    written(tmp_path, "bad", "format = 1\nid = 'other'\n")
    written(tmp_path, "broken", "format = [")
    codes.own_folder(tmp_path).mkdir(parents=True)
    (codes.own_folder(tmp_path) / "mine.toml").write_text("format = 1\n", encoding="utf-8")
    (codes.own_folder(tmp_path) / codes.ADDED).write_text(
        'format = 1\neconomic = "30298 其他补贴"\n', encoding="utf-8"
    )
    forms = load(own=tmp_path)
    assert set(forms.schemes) == {*SHIPPED, "good"}
    assert any("30298" in one.added for one in forms.code_lists.values())
    assert [fault.file for fault in forms.faults] == ["codes/mine.toml", "scoring/bad.toml", "broken.toml"]
    assert forms.trouble is not None
    told = forms.trouble.message
    assert all(
        word in told for word in ("bad.toml", "应与文件名一致", "name：缺少", "broken.toml", "mine.toml")
    )


def test_without_files_of_ones_own_there_is_no_trouble(tmp_path: Path) -> None:
    assert load(own=tmp_path).trouble is None


def test_a_scheme_in_place_of_a_shipped_one_serves_all_that_the_shipped_one_served(tmp_path: Path) -> None:
    """The form of a department names it: a scheme for projects alone would leave that form without one."""
    text = (paths.templates() / "scoring" / "jinshui-2021.toml").read_text(encoding="utf-8")
    written(tmp_path, "jinshui-2021", text.replace("digits = 2", 'scopes = ["project"]\ndigits = 1'))
    forms = load(own=tmp_path)
    assert forms.schemes["jinshui-2021"].digits == 2
    assert "scopes" in "".join(forms.faults[0].problems)
    written(tmp_path, "jinshui-2021", text.replace("digits = 2", "digits = 1"))
    assert load(own=tmp_path).schemes["jinshui-2021"].digits == 1


TABLE = {
    "national-2020": {"预算执行率": 10, "产出指标": 50, "效益指标": 30, "满意度指标": 10},
    "national-2021-cost": {
        "预算执行率": 10,
        "成本指标": 20,
        "产出指标": 40,
        "效益指标": 20,
        "满意度指标": 10,
    },
    "jinshui-2021": {"预算执行": 10, "投入管理": 20, "产出指标": 40, "效益指标": 30},
    "hubei": {"预算执行率": 20, "绩效目标": 80},
    "sichuan": {"预算执行率": 10, "绩效指标": 90},
    "ningxia-transfer-2022": {"预算执行率": 0, "产出指标": 40, "效益指标": 40, "满意度指标": 20},
}


def test_the_shipped_schemes_have_the_weights_that_were_published() -> None:
    schemes = load_schemes()
    assert {i: {p.label: p.weight for p in s.parts} for i, s in schemes.items()} == TABLE
    assert all(s.source for s in schemes.values())


def test_weights_that_nobody_read_in_the_original_are_marked() -> None:
    assert [i for i, s in load_schemes().items() if s.unchecked] == ["national-2021-cost"]
