"""``pack-forms``, ``pack-install``, ``pack-list``, ``pack-remove``: from the publisher's folder to a filing of the new form and back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from perfdesk import catalog as catalogs
from perfdesk.__main__ import main
from perfdesk.catalog import new_filing
from perfdesk.signing import fingerprint
from perfdesk.store import Store
from tests.making import counter
from tests.packages.packs import FORM, key_pair, write_source


def said(capsys: pytest.CaptureFixture[str], *argv: str | Path) -> tuple[int, str, str]:
    code = main([str(a) for a in argv])
    told = capsys.readouterr()
    return code, told.out, told.err


def test_a_pack_goes_from_the_publisher_to_an_office_pc_and_stays_while_it_is_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    private, public = key_pair()
    (tmp_path / "key.pem").write_bytes(private)
    source, path, data = write_source(tmp_path / "source"), tmp_path / "河南.pdpack", tmp_path / "data"
    code, out, _ = said(capsys, "pack-forms", source, "--key", tmp_path / "key.pem", "--to", path)
    assert code == 0 and fingerprint(public) in out

    code, _, err = said(capsys, "--data", data, "pack-install", path)
    assert code == 3 and fingerprint(public) in err
    assert said(capsys, "--data", data, "pack-list")[1] == ""
    code, out, _ = said(capsys, "--data", data, "pack-install", path, "--trust", fingerprint(public))
    assert code == 0 and FORM in out
    listed = json.loads(said(capsys, "--data", data, "pack-list", "--json")[1])
    assert [(p["name"], p["forms"]) for p in listed["packs"]] == [("henan", [FORM])]
    assert [k["fingerprint"] for k in listed["keys"]] == [fingerprint(public)]

    form = catalogs.load(own=data).form(FORM)
    with Store.open(data) as store:
        number = store.add(new_filing(form, 2027, "某单位", counter()), "新建")
    assert said(capsys, "--data", data, "show", str(number))[0] == 0
    code, _, err = said(capsys, "--data", data, "pack-remove", "henan")
    assert code == 3 and FORM in err
    with Store.open(data) as store:
        store.office.delete_filings([number])
    assert said(capsys, "--data", data, "pack-remove", "henan")[0] == 0
    assert FORM not in catalogs.load(own=data).forms


def test_a_package_of_a_form_that_is_not_here_says_which_pack_is_wanted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    private, public = key_pair()
    (tmp_path / "key.pem").write_bytes(private)
    pack, sent, unit = tmp_path / "a.pdpack", tmp_path / "a.zip", tmp_path / "unit"
    said(capsys, "pack-forms", write_source(tmp_path / "s"), "--key", tmp_path / "key.pem", "--to", pack)
    said(capsys, "--data", unit, "pack-install", pack, "--trust", fingerprint(public))
    with Store.open(unit) as store:
        store.add(new_filing(catalogs.load(own=unit).form(FORM), 2027, "某单位", counter()), "新建")
    said(capsys, "--data", unit, "package", "--year", "2027", "--to", sent, "--draft")
    bureau = tmp_path / "bureau"
    code, _, err = said(capsys, "--data", bureau, "unpack", sent)
    assert code == 3 and FORM in err and "表样更新包" in err
    said(capsys, "--data", bureau, "pack-install", pack, "--trust", fingerprint(public))
    assert said(capsys, "--data", bureau, "unpack", sent)[0] == 0
