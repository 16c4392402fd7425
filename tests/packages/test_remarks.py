"""From end to end by commands: a unit hands in, the bureau says something, the unit reads it beside its filing, changes it and hands in
again with its answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from perfdesk.__main__ import main
from perfdesk.catalog import new_filing
from perfdesk.model.change import SetCell, Step
from perfdesk.model.filing import leaves
from perfdesk.model.sent_back import KeptRemark
from perfdesk.sample import sample_filings
from perfdesk.signing import fingerprint, public_of
from perfdesk.store import Store
from tests.making import catalog, counter
from tests.packages.made import read_back
from tests.packages.packs import key_pair
from tests.packages.returns import UNIT, bureau

YEAR = 2021
GOOD = next(f for f in sample_filings(catalog(), counter()) if f.year == YEAR)
NAME = GOOD.unit_name
LEAF = list(leaves(GOOD, "indicators"))[1].row
PRIVATE, PUBLIC = key_pair()


class Office:
    """A unit and its bureau, each with a folder of data."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys
        self.files = 0
        with self.store() as store:
            store.add(GOOD, "导入")

    def store(self) -> Store:
        return Store.open(self.folder / "unit")

    def run(self, *args: str, who: str = "unit") -> Any:
        """Its JSON; None where it was refused, and then ``said`` has the reason."""
        self._capsys.readouterr()
        code = main(["--data", str(self.folder / who), "--json", *args])
        told = self._capsys.readouterr()
        self.said = told.err
        return json.loads(told.out) if code == 0 else None

    def pack(self) -> Path:
        self.files += 1
        path = self.folder / f"{self.files}.zip"
        assert self.run("package", "--year", str(YEAR), "--to", str(path), "--format", "docx"), self.said
        return path

    def collect(self, path: Path) -> None:
        with bureau(self.folder / "bureau", NAME):
            pass  # the tree
        assert main(["--data", str(self.folder / "bureau"), "collect", str(path)]) == 0

    def note(self, text: str, *where: str) -> None:
        assert self.run("note", "--year", str(YEAR), "--unit", UNIT, "--text", text, *where, who="bureau")

    def send_back(self, *more: str) -> Path:
        self.files += 1
        path = self.folder / f"back-{self.files}.zip"
        told = ["--year", str(YEAR), "--unit", NAME, "--to", str(path), "--name", "某县财政局"]
        assert self.run("send-back", *told, *more, who="bureau"), self.said
        return path

    def notes(self) -> list[str]:
        return [r.remark.text for r in self.remarks() if r.remark.kind == "note"]

    def remarks(self) -> tuple[KeptRemark, ...]:
        with self.store() as store:
            return store.remarks.of(1)


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    return Office(tmp_path, capsys)


@pytest.fixture
def told(office: Office) -> Path:
    """What the bureau sent back about the first package."""
    office.collect(office.pack())
    office.note("请补盖章。")
    office.note("目标值偏低。", "--paper", "1", "--place", "indicators/2/target")
    return office.send_back()


def set_target(store: Store, text: str) -> None:
    store.apply(1, Step("改目标值", (SetCell(LEAF.id, "target", text),)))


def test_from_handing_in_to_handing_in_again(office: Office, told: Path) -> None:
    assert office.run("unpack", str(told)) is not None
    on_cell, whole = office.remarks()
    assert (on_cell.filing, on_cell.remark.row, on_cell.remark.column) == (1, LEAF.id, "target")
    assert on_cell.remark.stood == LEAF.get("target")
    assert (whole.filing, whole.about, whole.remark.text) == (None, "", "请补盖章。")

    assert office.run("unseal", "1", "--reason", "财政局退回")
    with office.store() as store:
        set_target(store, "≥99")
        store.remarks.see_to(on_cell.returned, on_cell.number, True, "已提高。")
    again = read_back(office.pack().read_bytes(), office.folder)
    (answer,) = again.handed_in.answers if again.handed_in else ()
    assert (answer.filing, answer.done, answer.answer) == (0, True, "已提高。")
    assert (answer.text, answer.returned) == ("目标值偏低。", on_cell.check_code)
    office.collect(office.folder / f"{office.files}.zip")
    notes = office.run("notes", "--year", str(YEAR), who="bureau")["notes"]
    assert [(n["text"], n["done"], n["answer"]) for n in notes] == [
        ("请补盖章。", False, ""),
        ("目标值偏低。", True, "已提高。"),
    ]
    assert office.remarks()[0].remark.stood == LEAF.get("target"), (
        "what stood there stays, whatever stands there now"
    )


def test_the_list_of_filings_says_how_many_wait_and_what_was_decided(office: Office, told: Path) -> None:
    office.run("unpack", str(told))
    with office.store() as store:
        (info,) = store.filings()
        assert (info.remarks, info.decision) == (2, "returned")
        store.remarks.see_to(1, 1, True)
        assert [i.remarks for i in store.filings()] == [1]
        store.office.unseal((1,), "财政局退回")
        assert [i.decision for i in store.filings()] == [None], "it is open now"
    office.pack()
    with office.store() as store:
        assert [(i.decision, i.remarks) for i in store.filings()] == [(None, 1)], "nobody said anything yet"


def test_an_answer_alone_is_something_new_to_the_bureau(office: Office, told: Path) -> None:
    office.run("unpack", str(told))
    year = ["remarks", "--year", str(YEAR)]
    whole = next(r for r in office.remarks() if r.filing is None)
    office.run(*year, "--done", f"{whole.returned}.{whole.number}", "--answer", "已盖章。")
    office.run("unseal", "1", "--reason", "补盖章")
    office.collect(office.pack())
    notes = office.run("notes", "--year", str(YEAR), who="bureau")["notes"]
    assert [n["answer"] for n in notes] == ["已盖章。", ""]


def test_taking_in_the_same_file_twice_adds_nothing(office: Office, told: Path) -> None:
    office.run("unpack", str(told))
    with office.store() as store:
        store.remarks.see_to(1, 1, True, "已改。")
    before = office.remarks()
    again = office.run("import", str(told))
    assert again == {"filings": []} and "以前已经收下" in office.said
    assert office.remarks() == before


def test_a_second_return_on_the_same_package_keeps_what_is_done(office: Office, told: Path) -> None:
    office.run("unpack", str(told))
    with office.store() as store:
        store.remarks.see_to(1, 2, True, "已改。")
    office.note("还有一条。")
    office.run("unpack", str(office.send_back()))
    assert {(r.remark.text, r.done, r.answer) for r in office.remarks()} == {
        ("目标值偏低。", True, "已改。"),
        ("请补盖章。", False, ""),
        ("还有一条。", False, ""),
    }


def test_a_return_on_the_next_package_counts_and_an_older_one_does_not_come_back(
    office: Office, told: Path
) -> None:
    with office.store() as store:
        store.office.unseal((1,), "改")
        set_target(store, "≥99")
    office.collect(office.pack())
    office.note("第二次。")
    office.run("unpack", str(office.send_back()))
    assert office.notes() == ["第二次。"]
    assert office.run("unpack", str(told))["sent_back"]["age"] == "older"
    assert "较早报送" in office.said
    assert office.notes() == ["第二次。"]


def test_an_accepted_package_is_told_as_accepted(office: Office) -> None:
    office.collect(office.pack())
    office.run("unpack", str(office.send_back("--accept")))
    with office.store() as store:
        assert [(i.remarks, i.decision) for i in store.filings()] == [(None, "accepted")]


def test_what_is_for_another_unit_is_refused(office: Office, told: Path) -> None:
    assert office.run("unpack", str(told), who="stranger") is None
    assert NAME in office.said
    with Store.open(office.folder / "stranger") as store:
        assert store.dump()["returned"] == []


def test_remarks_on_a_filing_that_is_not_here_any_more_are_told_and_kept(office: Office, told: Path) -> None:
    with office.store() as store:
        store.office.unseal((1,), "改")
        store.office.delete_filings([1])
        form = catalog().form("hebei-2021/project-target")
        other = new_filing(form, YEAR, NAME, store.new_id)
        number = store.add(other, "导入", NAME)
    assert office.run("unpack", str(told)) is not None
    assert "本机没有它说的" in office.said
    with office.store() as store:
        assert {r.remark.text for r in store.remarks.of(number)} == {"请补盖章。", "目标值偏低。"}
        assert any(r.about for r in store.remarks.of(number))


def test_the_command_lists_remarks_and_marks_them(office: Office, told: Path) -> None:
    office.run("unpack", str(told))
    year = ["remarks", "--year", str(YEAR)]
    assert [r["done"] for r in office.run(*year)["remarks"]] == [False, False]
    marked = office.run(*year, "--done", "1.2", "--answer", "已改。")["remarks"]
    assert sorted((r["done"], r["answer"]) for r in marked) == [(False, ""), (True, "已改。")]
    for wrong in ("1", "x.y", "9.9"):
        assert (
            office.run(*year, "--done", wrong) is None and wrong in office.said
        ) or "没有这条" in office.said


def test_everything_is_in_the_dump_and_the_store_is_whole(office: Office, told: Path) -> None:
    office.run("unpack", str(told))
    with office.store() as store:
        kept = store.dump()
        assert (len(kept["returned"]), len(kept["remarks"])) == (1, 2)
        assert store.verify() == ()


def test_a_format_that_no_package_has_is_refused(office: Office) -> None:
    target = office.folder / "x.zip"
    assert office.run("package", "--year", str(YEAR), "--to", str(target), "--format", "txt") is None
    assert "txt" in office.said and not target.exists()


def test_a_package_that_comes_twice_is_taken_in_once(office: Office) -> None:
    package = office.pack()
    assert office.run("unpack", str(package))["filings"] == [1], "it is the very filing that was handed in"
    assert office.run("unpack", str(package), who="other")["filings"] == [1]
    assert office.run("unpack", str(package), who="other")["filings"] == [1]
    assert office.run("unpack", str(package), "--again", who="other")["filings"] == [2]


# --- whose key ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "key.pem"
    path.write_bytes(PRIVATE)
    return path


def printed(office: Office, capsys: pytest.CaptureFixture[str], *args: str) -> str:
    capsys.readouterr()
    assert main(["--data", str(office.folder / "unit"), *args]) == 0
    return capsys.readouterr().out


def test_a_key_that_nobody_confirmed_is_told_as_such_until_somebody_does(
    office: Office, key: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    office.collect(office.pack())
    office.note("请补盖章。")
    back = str(office.send_back("--key", str(key)))
    assert "未确认的密钥" in printed(office, capsys, "read", back)
    fingerprint = office.run("read", back)["files"][0]["sent_back"]["receipt"]["fingerprint"]
    assert office.run("unpack", back, "--trust", "0000 0000") is None and office.remarks() == ()
    assert office.run("unpack", back, "--trust", fingerprint) is not None
    assert "已信任的密钥“某县财政局”" in printed(office, capsys, "read", back)


def test_the_key_of_a_receipt_is_compared_with_the_trusted_ones_too(
    office: Office, key: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    package, accepted = office.pack(), office.folder / "accepted.zip"
    main(["accept", str(package), "--key", str(key), "--name", "某县财政局", "--to", str(accepted)])
    assert "未确认的密钥" in printed(office, capsys, "read", str(accepted))
    fingerprint = office.run("read", str(accepted))["files"][0]["package"]["receipt"]["fingerprint"]
    office.run("unpack", str(accepted), "--trust", fingerprint)
    assert "已信任的密钥" in printed(office, capsys, "read", str(accepted))


def test_a_bureau_makes_its_keys_with_the_program_and_signs_with_them(office: Office) -> None:
    keys = office.folder / "keys"
    made = office.run("make-key", "--name", "某县财政局", "--to", str(keys), who="bureau")
    assert Path(made["private"]).stat().st_mode & 0o077 == 0
    office.collect(office.pack())
    office.note("请补盖章。")
    back = str(office.send_back("--key", made["private"]))
    receipt = office.run("read", back)["files"][0]["sent_back"]["receipt"]
    assert (receipt["signer"], receipt["fingerprint"]) == ("某县财政局", made["fingerprint"])
    public = public_of(Path(made["public"]).read_bytes())
    assert public is not None and fingerprint(public) == made["fingerprint"]
    before = Path(made["private"]).read_bytes()
    assert office.run("make-key", "--name", "某县财政局", "--to", str(keys), who="bureau") is None
    assert Path(made["private"]).read_bytes() == before
    nowhere = office.folder / "1.zip" / "keys"  # below a file
    assert (
        office.run("make-key", "--name", "某局", "--to", str(nowhere), who="bureau") is None and office.said
    )
