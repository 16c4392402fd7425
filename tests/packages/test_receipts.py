"""The bureau signs what it accepts: the receipt is part of the package, says who and when, and fits no other package."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from perfdesk.__main__ import main
from perfdesk.errors import InputRefused
from perfdesk.sample import sample_filings
from perfdesk.signing import fingerprint
from tests.making import catalog, counter
from tests.packages.made import package_of, parts_in, read_back, relisted, zipped
from tests.packages.packs import key_pair

PRIVATE, PUBLIC = key_pair()
FILINGS = [f for f in sample_filings(catalog(), counter()) if f.year == 2021]


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "key.pem"
    path.write_bytes(PRIVATE)
    return path


def accept(key: Path, source: Path, target: Path) -> int:
    return main(["accept", str(source), "--key", str(key), "--name", "某市财政局", "--to", str(target)])


@pytest.fixture
def accepted(key: Path, tmp_path: Path) -> Path:
    source, target = tmp_path / "a.zip", tmp_path / "b.zip"
    source.write_bytes(package_of(FILINGS, draft=False))
    assert accept(key, source, target) == 0
    return target


def test_an_accepted_package_says_by_whom_and_holds_the_same_filings(accepted: Path, tmp_path: Path) -> None:
    found = read_back(accepted.read_bytes(), tmp_path)
    told = found.handed_in
    assert told is not None and told.receipt is not None
    assert (told.receipt.signer, told.receipt.fingerprint) == ("某市财政局", fingerprint(PUBLIC))
    assert [one.filing for one in found.filings] == FILINGS
    before, after = (parts_in((tmp_path / n).read_bytes()) for n in ("a.zip", "b.zip"))
    assert {n: c for n, c in after.items() if n != "signature.json"} == before


def test_unpack_and_read_say_who_accepted_it(
    accepted: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["--data", str(tmp_path / "d"), "unpack", str(accepted)]) == 0
    assert "某市财政局" in capsys.readouterr().out
    main(["read", str(accepted), "--json"])
    receipt = json.loads(capsys.readouterr().out)["files"][0]["package"]["receipt"]
    assert receipt["fingerprint"] == fingerprint(PUBLIC)


@pytest.mark.parametrize(
    "changed", [{"signer": "别的局"}, {"day": "2020-01-01"}, {"signature": "QQ=="}, {"key": "x"}]
)
def test_a_receipt_with_anything_changed_is_refused(
    accepted: Path, tmp_path: Path, changed: dict[str, str]
) -> None:
    parts = parts_in(accepted.read_bytes())
    receipt = json.dumps(json.loads(parts["signature.json"]) | changed).encode()
    with pytest.raises(InputRefused) as refused:
        read_back(zipped({**parts, "signature.json": receipt}), tmp_path)
    assert refused.value.code == "package-signature"


def test_the_receipt_of_one_package_is_none_of_another(accepted: Path, tmp_path: Path) -> None:
    receipt = parts_in(accepted.read_bytes())["signature.json"]
    parts = parts_in(accepted.read_bytes())
    del parts["signature.json"]
    other = parts_in(relisted(parts, made="2020-01-01"))
    with pytest.raises(InputRefused) as refused:
        read_back(zipped({**other, "signature.json": receipt}), tmp_path)
    assert refused.value.code == "package-signature"


def test_a_package_is_accepted_once(
    accepted: Path, key: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert accept(key, accepted, tmp_path / "c.zip") == 3
    assert "已经受理" in capsys.readouterr().err and not (tmp_path / "c.zip").exists()


def test_a_draft_and_a_damaged_package_are_not_signed(
    key: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft, damaged = tmp_path / "draft.zip", tmp_path / "damaged.zip"
    draft.write_bytes(package_of(FILINGS, draft=True))
    parts = parts_in(package_of(FILINGS, draft=False))
    damaged.write_bytes(zipped({**parts, "findings.json": b"{}"}))
    for path, said in ((draft, "草稿"), (damaged, "findings.json")):
        assert accept(key, path, tmp_path / "c.zip") == 3
        assert said in capsys.readouterr().err
    assert not (tmp_path / "c.zip").exists()
