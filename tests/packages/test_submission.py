"""What is handed in is what comes out: every filing exactly, with its findings and explanations; the same filings, the same bytes."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfdesk.errors import ExportRefused
from perfdesk.explained import finding_key
from perfdesk.findings_paper import Reviewed
from perfdesk.formats.read import read
from perfdesk.handing_in import packed
from perfdesk.intake import take_in
from perfdesk.model.finding import Finding, Place
from perfdesk.sample import sample_budgets, sample_evaluations, sample_filings
from tests.laws.strategies import filings
from tests.making import catalog, counter
from tests.packages.made import DAY, gathered_of, package_of, parts_in, read_back, source_of

if TYPE_CHECKING:
    from perfdesk.model.filing import Filing


def without_number(filing: Filing) -> Filing:
    return replace(filing, id=None)


def sample() -> list[Filing]:
    forms, ids = catalog(), counter()
    return [
        f
        for some in (sample_filings, sample_budgets, sample_evaluations)
        for f in some(forms, ids)
        if f.year == 2022
    ]


@given(st.lists(filings(), min_size=1, max_size=3))
@settings(max_examples=60)
def test_any_filings_come_back_exactly_as_they_were(some: list[Filing]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = read_back(package_of(some), Path(folder))
    assert [one.filing for one in found.filings] == [without_number(f) for f in some]
    assert found.leftovers == ()


def test_every_form_of_the_program_can_be_handed_in_empty(tmp_path: Path) -> None:
    from perfdesk.catalog import new_filing

    every = [new_filing(form, 2026, "某单位", counter()) for form in catalog().forms.values()]
    assert [one.filing for one in read_back(package_of(every), tmp_path).filings] == every


def test_budgets_and_evaluations_with_all_their_rows_come_back(tmp_path: Path) -> None:
    some = sample()
    assert {f.form for f in some} >= {"handan-2022/department-budget", "jinshui-2021/self-evaluation"}
    assert [one.filing for one in read_back(package_of(some), tmp_path).filings] == some


def test_what_a_carry_left_to_say_is_handed_in_too(tmp_path: Path) -> None:
    from perfdesk.model.reminder import Reminder

    filing = sample()[0]
    told = Reminder("left", "basic/goal", "去年的话").as_row("c1")
    filing = replace(filing, rows=(*filing.rows, told))
    assert read_back(package_of([filing]), tmp_path).filings[0].filing == filing


def test_the_same_filings_give_the_same_bytes() -> None:
    some = gathered_of(sample())
    first, second = (packed(some, catalog(), DAY, draft=True) for _ in range(2))
    assert first == second


def test_everything_in_it_is_listed_and_each_form_is_there_in_three_formats() -> None:
    parts = parts_in(packed(gathered_of(sample()), catalog(), DAY, draft=True).data)
    manifest = json.loads(parts["manifest.json"])
    assert {f["name"] for f in manifest["files"]} == parts.keys() - {"manifest.json"}
    endings = [Path(n).suffix for one in manifest["filings"] for n in one["papers"]]
    assert sorted(endings) == [".docx"] * 3 + [".pdf"] * 3 + [".xlsx"] * 3
    assert all(parts[n] for one in manifest["filings"] for n in one["papers"])


def test_the_manifest_says_whose_it_is_and_which_editions_it_was_made_with(tmp_path: Path) -> None:
    told = read_back(package_of(sample()), tmp_path).handed_in
    assert told is not None
    assert (told.unit_name, told.unit_code, told.year, told.made) == ("某单位", "101001", 2026, "2026-03-02")
    assert {f.id: f.digest for f in told.forms} == {f.form: catalog().digest(f.form) for f in sample()}


def test_findings_come_with_what_the_unit_says_about_them(tmp_path: Path) -> None:
    some = gathered_of(sample()[:1])
    filing = some.handed[0].filing
    open_one = Finding("a", "warning", "basic/goal", Place("basic", "goal"), "太短", "写得太短。")
    said = replace(open_one, code="b", title="缺依据")
    reviewed = Reviewed(some.handed[0].form, filing, (open_one,), ((said, "依据在附件。"),))
    what = replace(some, handed=(replace(some.handed[0], reviewed=reviewed),))
    told = read_back(packed(what, catalog(), DAY, formats=()).data, tmp_path).handed_in
    assert told is not None
    assert [(f.title, f.explanation) for f in told.findings] == [("太短", ""), ("缺依据", "依据在附件。")]
    assert told.explained(0) == {finding_key(filing, said): "依据在附件。"}


def test_with_an_error_open_only_a_draft_is_made(tmp_path: Path) -> None:
    some = gathered_of(sample()[:1])
    wrong = Finding("a", "error", "basic/goal", Place("basic", "goal"), "没有填写", "年度目标没有填写。")
    reviewed = Reviewed(some.handed[0].form, some.handed[0].filing, (wrong,), ())
    what = replace(some, handed=(replace(some.handed[0], reviewed=reviewed),))
    with pytest.raises(ExportRefused) as refused:
        packed(what, catalog(), DAY, formats=())
    assert refused.value.code == "errors-open" and "没有填写" in refused.value.message
    told = read_back(packed(what, catalog(), DAY, draft=True, formats=()).data, tmp_path).handed_in
    assert told is not None and told.draft


def test_a_package_that_was_unzipped_and_zipped_again_is_still_one(tmp_path: Path) -> None:
    parts = parts_in(package_of(sample()[:1]))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("filings/", b"")
        for name in sorted(parts, reverse=True):
            archive.writestr(name, parts[name])
    assert [one.filing for one in read_back(out.getvalue(), tmp_path).filings] == sample()[:1]


def test_a_package_is_known_by_its_bytes_whatever_its_name(tmp_path: Path) -> None:
    source = source_of(package_of(sample()[:1]), tmp_path, "报送.docx")
    assert source.format == "package"


def test_it_is_read_by_the_reading_process_like_every_file(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(package_of(sample()))
    assert [one.filing for one in take_in(read(path), catalog(), counter()).filings] == sample()


def test_the_check_code_changes_with_anything_in_it(tmp_path: Path) -> None:
    codes = set()
    for n, some in enumerate((sample(), sample()[:2], sample()[1:])):
        made = packed(gathered_of(some), catalog(), DAY, draft=True, formats=())
        (tmp_path / str(n)).mkdir()
        told = read_back(made.data, tmp_path / str(n)).handed_in
        assert told is not None and told.check_code == made.check_code
        codes.add(made.check_code)
    assert len(codes) == 3


def test_making_can_be_stopped_between_two_forms() -> None:
    asked: list[int] = []

    def going_on(number: int) -> bool:
        asked.append(number)
        return number < 2

    with pytest.raises(ExportRefused) as refused:
        packed(gathered_of(sample()), catalog(), DAY, draft=True, formats=(), going_on=going_on)
    assert (refused.value.code, asked) == ("cancelled", [1, 2])
