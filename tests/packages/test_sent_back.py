"""What a bureau sends back: everything that waits, each with its place and the text that stood there; the same bytes for the same
content; and nothing believed that is not as it was made."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Generator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfdesk.bureau.sending_back import Verdict
from perfdesk.commands.sending_back import send_back, send_back_all, told_to, write_note
from perfdesk.errors import ChangeRefused, InputRefused, UserError
from perfdesk.formats.manifest_zip import MANIFEST
from perfdesk.handing_back import Signer, returned
from perfdesk.model.filing import Filing
from perfdesk.model.sent_back import KINDS, Meant, Remark, SentBack
from perfdesk.sample import sample_filings
from perfdesk.signing import fingerprint
from perfdesk.store import Store
from perfdesk.values import clean_text
from tests.making import catalog, counter
from tests.packages.made import parts_in, read_back, relisted, zipped
from tests.packages.packs import key_pair
from tests.packages.returns import UNIT, bureau, collect, handed_in

PRIVATE, PUBLIC = key_pair()
SIGNER = Signer("某县财政局", PRIVATE)
BACK = Verdict("returned", "某县财政局", date(2026, 3, 5))
YEAR = 2021
GOOD = next(f for f in sample_filings(catalog(), counter()) if f.year == YEAR)
NAME = GOOD.unit_name


def broken() -> Filing:
    """Its total is not the sum of its parts any more."""
    return replace(
        GOOD, rows=tuple(r.with_cell("total", "1.00") if r.id == "budget" else r for r in GOOD.rows)
    )


@pytest.fixture
def store(tmp_path: Path) -> Generator[Store]:
    with bureau(tmp_path / "bureau", NAME) as made:
        collect(made, handed_in([broken()]), tmp_path)
        yield made


def leaf(number: int) -> str:
    """Row id of the level-3 row with that number, from 1."""
    from perfdesk.model.filing import leaves

    return list(leaves(GOOD, "indicators"))[number - 1].row.id


@pytest.fixture
def sent(store: Store, tmp_path: Path) -> SentBack:
    """Read back from the file that was written."""
    write_note(store, catalog(), YEAR, UNIT, "请补盖章。")
    write_note(store, catalog(), YEAR, UNIT, "目标值偏低。", 1, "indicators/2/target")
    send_back(store, catalog(), YEAR, UNIT, BACK, tmp_path / "b.zip", SIGNER)
    told = read_back((tmp_path / "b.zip").read_bytes(), tmp_path).sent_back
    assert told is not None
    return told


def test_a_return_says_what_waits_where_it_stands_and_what_stood_there(sent: SentBack) -> None:
    assert (sent.unit_name, sent.year, sent.decision, sent.bureau) == (NAME, YEAR, "returned", "某县财政局")
    whole, note = (r for r in sent.remarks if r.kind == "note")
    assert (whole.filing, whole.text, whole.place) == (None, "请补盖章。", "")
    row = GOOD.row(leaf(2))
    assert row is not None
    assert (note.filing, note.row, note.column) == (0, row.id, "target")
    assert note.stood == row.get("target") != ""
    assert row.get("level3") in note.where
    error = next(r for r in sent.remarks if r.kind == "error" and r.row == "budget")
    assert error.title and error.text
    assert [f.form for f in sent.filings] == [GOOD.form]
    assert set(sent.filings[0].rows) == {r.id for r in GOOD.rows}


def test_it_names_the_very_package_that_it_answers(sent: SentBack, store: Store) -> None:
    (handing,) = store.bureau.handings(YEAR)
    assert (sent.answers, sent.handed_in) == (handing.check_code, handing.made) != ("", "")


def test_hints_and_explained_warnings_are_not_sent_back_errors_always_are(store: Store) -> None:
    severities = {f.severity for some in store.bureau.findings(YEAR).values() for f in some}
    assert "error" in severities
    told = told_to(store, catalog(), YEAR, UNIT, BACK)
    waiting = [
        (f.severity, f.message)
        for some in store.bureau.findings(YEAR).values()
        for f in some
        if f.severity == "error" or (f.severity == "warning" and not f.explanation)
    ]
    assert [(r.kind, r.text) for r in told.remarks] == waiting


def test_the_same_content_gives_the_same_bytes(store: Store) -> None:
    told = told_to(store, catalog(), YEAR, UNIT, BACK)
    assert returned(told, SIGNER) == returned(told, SIGNER)
    later = told_to(store, catalog(), YEAR, UNIT, replace(BACK, day=date(2026, 3, 6)))
    assert returned(later).check_code != returned(told).check_code


def test_what_is_on_disk_is_sent_and_decided(store: Store, sent: SentBack) -> None:
    del sent
    assert [n.sent for n in store.bureau.notes(YEAR, UNIT)] == ["2026-03-05"] * 2
    assert [h.state for h in store.bureau.handings(YEAR)] == ["returned"]


def test_what_could_not_be_written_is_neither_sent_nor_decided(store: Store, tmp_path: Path) -> None:
    store.bureau.put_note(YEAR, UNIT, "请补盖章。")
    with pytest.raises(UserError):
        send_back(store, catalog(), YEAR, UNIT, BACK, tmp_path / "no" / "such" / "b.zip")
    assert [n.sent for n in store.bureau.notes(YEAR, UNIT)] == [""]
    assert [h.state for h in store.bureau.handings(YEAR)] == ["taken"]


def test_notes_that_went_out_go_once_more_with_those_that_are_new(store: Store, tmp_path: Path) -> None:
    store.bureau.put_note(YEAR, UNIT, "第一条")
    send_back(store, catalog(), YEAR, UNIT, BACK, tmp_path / "b.zip")
    store.bureau.put_note(YEAR, UNIT, "第二条")
    again = told_to(store, catalog(), YEAR, UNIT, BACK)
    assert [r.text for r in again.remarks if r.kind == "note"] == ["第一条", "第二条"]


def test_notes_on_a_handing_that_was_replaced_are_not_sent_back(store: Store, tmp_path: Path) -> None:
    store.bureau.put_note(YEAR, UNIT, "旧的一份")
    collect(store, handed_in([GOOD]), tmp_path)
    assert not [r for r in told_to(store, catalog(), YEAR, UNIT, BACK).remarks if r.kind == "note"]


def test_all_at_once_writes_a_file_for_each_unit_that_has_something_to_hear(
    store: Store, tmp_path: Path
) -> None:
    made = send_back_all(store, catalog(), YEAR, BACK, tmp_path / "out")
    assert [one.unit for one in made] == [UNIT]
    assert [p.name for p in (tmp_path / "out").iterdir()] == [f"{NAME}{YEAR}年度退回意见.zip"]
    assert send_back_all(store, catalog(), YEAR, BACK, tmp_path / "out") == (), "it was told already"
    store.bureau.put_note(YEAR, UNIT, "还有一条")
    assert len(send_back_all(store, catalog(), YEAR, BACK, tmp_path / "out")) == 1


@pytest.mark.parametrize(
    ("paper", "place", "code"),
    [
        (9, "", "unknown-paper"),
        (1, "nowhere", "unknown-place"),
        (1, "indicators/999/target", "unknown-place"),
        (0, "indicators/1", "unknown-place"),
    ],
)
def test_a_note_on_what_is_not_there_is_refused(store: Store, paper: int, place: str, code: str) -> None:
    with pytest.raises(ChangeRefused) as refused:
        write_note(store, catalog(), YEAR, UNIT, "……", paper, place)
    assert refused.value.code == code and store.bureau.notes(YEAR, UNIT) == ()


WORDS = st.text(max_size=20).map(clean_text)
RETURNS = st.builds(
    SentBack,
    *(WORDS, WORDS, st.integers(1900, 2100), st.sampled_from(("accepted", "returned"))),
    *([WORDS, WORDS, WORDS, WORDS, WORDS]),
    st.just((Meant("a/b", "表", "名", "0" * 64, ("r1", "r2")),)),
    st.lists(
        st.builds(Remark, st.sampled_from((None, 0)), st.sampled_from(KINDS), *([WORDS] * 7)),
        max_size=3,
    ).map(tuple),
)


@given(RETURNS)
@settings(max_examples=60)
def test_any_return_comes_back_exactly_as_it_was_made(sent: SentBack) -> None:
    made = returned(sent)
    with tempfile.TemporaryDirectory() as folder:
        again = read_back(made.data, Path(folder)).sent_back
    assert again == replace(sent, check_code=made.check_code)


# --- signed ------------------------------------------------------------------------------------------------------------


def test_a_signed_return_says_by_whose_key(sent: SentBack) -> None:
    assert sent.receipt is not None
    assert (sent.receipt.signer, sent.receipt.fingerprint) == ("某县财政局", fingerprint(PUBLIC))


def test_a_return_without_a_signature_is_read_and_says_so(store: Store, tmp_path: Path) -> None:
    send_back(store, catalog(), YEAR, UNIT, BACK, tmp_path / "b.zip")
    told = read_back((tmp_path / "b.zip").read_bytes(), tmp_path).sent_back
    assert told is not None and told.receipt is None


@pytest.mark.parametrize(
    "changed", [{"signer": "别的局"}, {"day": "2020-01-01"}, {"signature": "QQ=="}, {"key": "x"}]
)
def test_a_wrong_signature_is_refused(sent: SentBack, tmp_path: Path, changed: dict[str, str]) -> None:
    del sent
    parts = parts_in((tmp_path / "b.zip").read_bytes())
    signature = json.dumps(json.loads(parts["signature.json"]) | changed).encode()
    with pytest.raises(InputRefused) as refused:
        read_back(zipped({**parts, "signature.json": signature}), tmp_path)
    assert refused.value.code == "package-signature"


def test_the_receipt_of_an_accepted_package_signs_no_return(sent: SentBack, tmp_path: Path) -> None:
    from perfdesk.submission.receipt import receipt_text

    del sent
    parts = parts_in((tmp_path / "b.zip").read_bytes())
    receipt = receipt_text(parts[MANIFEST].decode(), PRIVATE, "某县财政局", date(2026, 3, 5)).encode()
    with pytest.raises(InputRefused) as refused:
        read_back(zipped({**parts, "signature.json": receipt}), tmp_path)
    assert refused.value.code == "package-signature"


# --- refused -----------------------------------------------------------------------------------------------------------


def said(parts: dict[str, bytes], **changed: object) -> bytes:
    text = json.dumps(json.loads(parts["remarks.json"]) | changed, ensure_ascii=False)
    return relisted({**parts, "remarks.json": text.encode()})


def one_remark(parts: dict[str, bytes], **changed: object) -> bytes:
    return said(parts, remarks=[json.loads(parts["remarks.json"])["remarks"][0] | changed])


HOSTILE: dict[str, tuple[Callable[[dict[str, bytes]], bytes], str]] = {
    "a byte changed": (
        lambda p: zipped({**p, "remarks.json": p["remarks.json"][:-1] + b" "}),
        "package-changed",
    ),
    "remarks missing": (
        lambda p: zipped({n: c for n, c in p.items() if n != "remarks.json"}),
        "package-missing",
    ),
    "a file beyond the manifest": (lambda p: zipped({**p, "x.exe": b"x"}), "package-extra"),
    "a newer layout": (lambda p: relisted(p, version=2), "package-newer"),
    "a name that climbs": (lambda p: relisted({**p, "../x": b"x"}), "package-name"),
    "a bomb": (lambda p: relisted({**p, "x.json": b" " * (65 << 20)}), "too-large"),
    "no remarks": (lambda p: said(p, remarks="none"), "package-json"),
    "a remark on a filing that is not in it": (lambda p: one_remark(p, filing=7), "package-json"),
    "a remark on the filing before the first": (lambda p: one_remark(p, filing=-1), "package-json"),
    "a remark of an unknown kind": (lambda p: one_remark(p, kind="order"), "package-json"),
    "a text that is none": (lambda p: one_remark(p, text=5), "package-json"),
    "another decision": (lambda p: relisted(p, decision="burnt"), "package-json"),
    "a year that is none": (lambda p: relisted(p, year=True), "package-json"),
    "called a submission": (lambda p: relisted(p, format="perfdesk-submission"), "package-json"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_what_is_not_as_it_was_made_is_refused(case: str, store: Store, tmp_path: Path) -> None:
    send_back(store, catalog(), YEAR, UNIT, BACK, tmp_path / "b.zip")
    make, code = HOSTILE[case]
    with pytest.raises(InputRefused) as refused:
        read_back(make(parts_in((tmp_path / "b.zip").read_bytes())), tmp_path)
    assert refused.value.code == code and "报送包.zip" in refused.value.message
