"""Packs of forms: signed by somebody who is known, whole, installed beside the shipped forms, and never taken from under a filing."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest

from perfdesk import catalog as catalogs
from perfdesk import mapping_files, packs
from perfdesk.errors import InputRefused, UserError
from perfdesk.formats.child import read_file
from perfdesk.pack_folders import installed
from perfdesk.pack_making import make_pack, pack_bytes
from perfdesk.pack_trust import own_keys, trust, trusted
from perfdesk.signing import fingerprint, is_signed, public_of, public_pem, sign
from tests.packages.made import parts_in
from tests.packages.packs import (
    DAY,
    FORM,
    FORM_FILE,
    form_text,
    key_pair,
    made_pack,
    repacked,
    signed_again,
    write_source,
)

PRIVATE, PUBLIC = key_pair()
STRANGER, _ = key_pair()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder of data in which the publisher is known."""
    folder = tmp_path / "data"
    trust(folder, "某省财政厅", PUBLIC)
    return folder


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return made_pack(write_source(tmp_path / "source"), PRIVATE, tmp_path / "河南.pdpack")


def install(data: Path, path: Path, used: set[str] | None = None, confirmed: str = "") -> None:
    packs.install(data, packs.offered(path), used or set(), DAY, confirmed)


def forms_in(data: Path) -> set[str]:
    return set(catalogs.load(own=data).forms)


# --- the way of a good one ---


def test_its_forms_stand_beside_the_shipped_ones_until_it_is_removed(data: Path, pack: Path) -> None:
    shipped = forms_in(data)
    install(data, pack)
    assert forms_in(data) == shipped | {FORM}
    assert catalogs.load(own=data).faults == ()
    packs.remove(data, "henan", set())
    assert forms_in(data) == shipped
    assert installed(data) == ()


def test_it_is_listed_with_its_day_its_origin_and_its_key(data: Path, pack: Path) -> None:
    install(data, pack)
    (one,) = installed(data)
    assert (one.name, one.release, one.made, one.installed) == ("henan", "2027.1", "2026-09-01", "2026-09-01")
    assert (one.origin, one.publisher, one.fingerprint) == ("河南.pdpack", "某省财政厅", fingerprint(PUBLIC))
    assert one.forms == (FORM,)


def test_it_brings_schemes_codes_mappings_and_indicators_too(data: Path, tmp_path: Path) -> None:
    from perfdesk import library, paths
    from perfdesk.pack_folders import roots

    shipped = paths.templates()
    scheme = (shipped / "scoring" / "hubei.toml").read_text(encoding="utf-8")
    code_list = (shipped / "standards" / "codes" / "function-2022.toml").read_text(encoding="utf-8")
    mapping = shipped / "mappings" / "zhengzhou-2023" / "overall-target.zhengzhou-2021.toml"
    entries = (shipped / "library" / "common.toml").read_text(encoding="utf-8")
    source = write_source(
        tmp_path / "s",
        files={
            FORM_FILE: form_text(),
            "scoring/henan.toml": scheme.replace('id = "hubei"', 'id = "henan"'),
            "standards/codes/function-2027.toml": code_list.replace("function-2022", "function-2027"),
            "mappings/henan-2027/overall-target.zhengzhou-2021.toml": mapping.read_text(
                encoding="utf-8"
            ).replace("zhengzhou-2023", "henan-2027"),
            "library/henan.toml": entries.replace('id = "common"', 'id = "henan"'),
        },
    )
    install(data, made_pack(source, PRIVATE, tmp_path / "a.pdpack"))
    known = catalogs.load(own=data)
    assert known.faults == ()
    assert "henan" in known.schemes and "function-2027" in known.code_lists
    assert ("zhengzhou-2021/overall-target", FORM) in mapping_files.load(known, data)
    more = library.load(known, packs=roots(data)).entries
    assert len(more) > len(library.load(known).entries)


def test_a_newer_release_takes_the_place_of_the_older(data: Path, pack: Path, tmp_path: Path) -> None:
    install(data, pack)
    newer = made_pack(write_source(tmp_path / "s", "2027.10"), PRIVATE, tmp_path / "b.pdpack")
    install(data, newer)
    assert [p.release for p in installed(data)] == ["2027.10"]
    for older in (pack, newer):
        with pytest.raises(UserError) as refused:
            install(data, older)
        assert refused.value.code == "pack-older"


# --- whose it is ---


def test_a_key_that_nobody_confirmed_is_refused_with_its_fingerprint(tmp_path: Path, pack: Path) -> None:
    with pytest.raises(packs.UnknownKey) as refused:
        install(tmp_path / "new", pack)
    assert fingerprint(PUBLIC) in refused.value.message
    assert installed(tmp_path / "new") == () and trusted(tmp_path / "new") == {}


def test_a_fingerprint_that_was_compared_is_trusted_from_then_on(tmp_path: Path, pack: Path) -> None:
    data = tmp_path / "new"
    with pytest.raises(packs.UnknownKey):
        install(data, pack, confirmed="0000 " + fingerprint(PUBLIC)[5:])
    install(data, pack, confirmed=fingerprint(PUBLIC).lower().replace(" ", ""))
    assert [key.name for key in trusted(data).values()] == ["某省财政厅"]
    packs.remove(data, "henan", set())
    install(data, pack)


def test_a_key_that_ships_with_the_program_needs_no_question(tmp_path: Path, pack: Path) -> None:
    shipped = tmp_path / "keys"
    shipped.mkdir()
    (shipped / "发布者.pem").write_bytes(public_pem(PUBLIC))
    packs.install(tmp_path / "new", packs.offered(pack), set(), DAY, keys=shipped)
    assert [p.name for p in installed(tmp_path / "new")] == ["henan"]
    assert not own_keys(tmp_path / "new").exists()


def test_the_program_ships_no_key_whose_private_half_could_be_known() -> None:
    from perfdesk import paths

    assert [p.name for p in (paths.resources() / "keys").iterdir() if b"PRIVATE" in p.read_bytes()] == []


def test_another_key_does_not_update_what_the_first_one_signed(
    data: Path, pack: Path, tmp_path: Path
) -> None:
    install(data, pack)
    other = made_pack(write_source(tmp_path / "s", "2027.2"), STRANGER, tmp_path / "b.pdpack")
    with pytest.raises(UserError) as refused:
        install(data, other, confirmed=packs.offered(other).fingerprint)
    assert refused.value.code == "pack-other-key"
    assert [p.release for p in installed(data)] == ["2027.1"]


# --- what is refused ---


def refused(path: Path) -> InputRefused:
    with pytest.raises(InputRefused) as told:
        packs.offered(path)
    return told.value


def test_a_form_changed_after_signing_is_refused(pack: Path) -> None:
    told = refused(repacked(pack, {FORM_FILE: form_text().replace("整体", "整顿").encode()}))
    assert (told.code, FORM_FILE in told.message) == ("package-changed", True)


def test_a_form_changed_with_its_manifest_has_a_wrong_signature(pack: Path) -> None:
    old = parts_in(pack.read_bytes())["signature.json"]
    forged = signed_again(pack, STRANGER, {FORM_FILE: form_text().replace("整体", "整顿").encode()})
    assert refused(repacked(forged, {"signature.json": old})).code == "pack-signature"


def test_a_pack_without_a_signature_is_refused(pack: Path) -> None:
    assert refused(repacked(pack, {"signature.json": None})).code == "pack-unsigned"


@pytest.mark.parametrize(
    "text", [b"{}", b"[]", b'{"key": "!", "signature": "!"}', b'{"key": "QQ==", "signature": "QQ=="}']
)
def test_a_signature_that_is_none_is_refused(pack: Path, text: bytes) -> None:
    assert refused(repacked(pack, {"signature.json": text})).code == "pack-signature"


def test_a_signature_over_something_else_is_none_over_a_pack(pack: Path) -> None:
    parts = parts_in(pack.read_bytes())
    public, signature = sign(PRIVATE, parts["manifest.json"])
    assert is_signed(public, signature, parts["manifest.json"])
    import base64

    told = {"key": base64.b64encode(public).decode(), "signature": base64.b64encode(signature).decode()}
    assert refused(repacked(pack, {"signature.json": json.dumps(told).encode()})).code == "pack-signature"


@pytest.mark.parametrize(
    "name",
    ["run.py", "forms/a.toml", "forms/x/y/z.toml", "scoring/a.py", "standards/codes/own.toml", "pack.json"],
)
def test_what_is_no_form_file_has_no_place_in_a_pack(pack: Path, name: str) -> None:
    assert refused(signed_again(pack, PRIVATE, {name: b""})).code == "pack-content"


def test_a_name_that_leads_out_of_the_folder_is_refused(pack: Path) -> None:
    assert refused(signed_again(pack, PRIVATE, {"forms/../../x.toml": b""})).code == "package-name"


@pytest.mark.parametrize("changed", [{"name": "../x"}, {"release": "1/2"}, {"release": ""}, {"name": 5}])
def test_a_name_or_release_that_could_be_a_path_is_refused(pack: Path, changed: dict[str, object]) -> None:
    assert refused(signed_again(pack, PRIVATE, {}, **changed)).code == "pack-manifest"


def test_a_bomb_is_refused(pack: Path) -> None:
    import zipfile

    from tests.packages.made import zipped

    parts = parts_in(signed_again(pack, PRIVATE, {FORM_FILE: b" " * (65 << 20)}).read_bytes())
    pack.write_bytes(zipped(parts, zipfile.ZIP_DEFLATED))
    assert refused(pack).code == "too-large"


@pytest.mark.parametrize("content", [b"", b"PK", b"hello", b"%PDF-1.7"])
def test_another_file_is_no_pack(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.pdpack"
    path.write_bytes(content)
    assert refused(path).code in ("not-a-pack", "broken")


def test_a_submission_is_no_pack_and_a_pack_is_no_file_of_filings(pack: Path, tmp_path: Path) -> None:
    from perfdesk.sample import sample_filings
    from tests.making import catalog, counter
    from tests.packages.made import package_of

    submission = tmp_path / "a.zip"
    submission.write_bytes(package_of(sample_filings(catalog(), counter())[:1]))
    assert refused(submission).code == "is-submission"
    with pytest.raises(InputRefused) as told:
        read_file(pack)
    assert told.value.code == "is-pack"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (form_text().replace("[[sections]]", "[[sektions]]", 1), "sektions"),
        (form_text()[: len(form_text()) // 2] + '\n"', "不是有效的 TOML"),
    ],
)
def test_a_form_file_with_mistakes_is_refused_and_nothing_is_left(
    data: Path, pack: Path, text: str, said: str
) -> None:
    faulty = signed_again(pack, PRIVATE, {FORM_FILE: text.encode()})
    before = sorted(p for p in data.rglob("*"))
    with pytest.raises(UserError) as told:
        install(data, faulty)
    assert told.value.code == "pack-faulty" and said in told.value.message + told.value.detail
    assert [p for p in data.rglob("*") if p.is_file()] == [p for p in before if p.is_file()]


def test_an_edition_may_not_lose_a_column_that_filings_could_have(data: Path, tmp_path: Path) -> None:
    from perfdesk import paths

    text = (paths.templates() / "forms" / "zhengzhou-2023" / "overall-target.toml").read_text(
        encoding="utf-8"
    )
    same = {"forms/zhengzhou-2023/overall-target.toml": text}
    install(data, made_pack(write_source(tmp_path / "a", files=same), PRIVATE, tmp_path / "a.pdpack"))
    old = catalogs.load().form("zhengzhou-2023/overall-target")
    new = catalogs.load().form("zhengzhou-2021/overall-target")
    assert packs.lost_places(old, old) == []
    assert packs.lost_places(old, new) != []


def test_what_the_reading_process_hands_over_is_proved_once_more(pack: Path) -> None:
    parts = {name: content.decode() for name, content in parts_in(pack.read_bytes()).items()}
    manifest, signature = parts.pop("manifest.json"), parts.pop("signature.json")
    assert packs.proved("a", manifest, parts, signature) == replace(packs.offered(pack), origin="a")
    with pytest.raises(InputRefused) as told:
        packs.proved("a", manifest, {**parts, FORM_FILE: parts[FORM_FILE] + " "}, signature)
    assert told.value.code == "package-changed"


def test_no_flipped_byte_of_a_pack_gets_through(data: Path, pack: Path) -> None:
    whole, content = packs.offered(pack), pack.read_bytes()
    draw, told = random.Random(3), 0
    for _ in range(40):
        at = draw.randrange(len(content))
        pack.write_bytes(content[:at] + bytes([content[at] ^ (1 << draw.randrange(8))]) + content[at + 1 :])
        try:
            assert packs.offered(pack) == whole
        except InputRefused:
            told += 1
    assert told > 25


# --- what is in use ---


def test_a_pack_that_filings_use_is_not_removed(data: Path, pack: Path) -> None:
    install(data, pack)
    with pytest.raises(UserError) as told:
        packs.remove(data, "henan", {FORM, "zhengzhou-2021/overall-target"})
    assert told.value.code == "pack-in-use" and FORM in told.value.message
    assert FORM in forms_in(data)


def test_a_newer_release_without_a_form_that_filings_use_is_refused(
    data: Path, pack: Path, tmp_path: Path
) -> None:
    install(data, pack)
    other = {"forms/henan-2028/overall-target.toml": form_text().replace("henan-2027", "henan-2028")}
    newer = made_pack(write_source(tmp_path / "s", "2028", files=other), PRIVATE, tmp_path / "b.pdpack")
    with pytest.raises(UserError) as told:
        install(data, newer, {FORM})
    assert told.value.code == "pack-in-use"
    assert [p.release for p in installed(data)] == ["2027.1"]
    install(data, newer)
    assert [p.release for p in installed(data)] == ["2028"]


def test_a_pack_on_which_another_stands_is_not_removed(data: Path, pack: Path, tmp_path: Path) -> None:
    from perfdesk import paths

    install(data, pack)
    mapping = paths.templates() / "mappings" / "zhengzhou-2023" / "overall-target.zhengzhou-2021.toml"
    text = mapping.read_text(encoding="utf-8").replace("zhengzhou-2023", "henan-2027")
    files = {"mappings/henan-2027/overall-target.zhengzhou-2021.toml": text}
    second = write_source(tmp_path / "s", name="henan-maps", files=files)
    install(data, made_pack(second, PRIVATE, tmp_path / "b.pdpack"))
    with pytest.raises(UserError) as told:
        packs.remove(data, "henan", set())
    assert told.value.code == "pack-in-use"
    packs.remove(data, "henan-maps", set())
    packs.remove(data, "henan", set())


def test_a_pack_that_is_not_there_cannot_be_removed(data: Path) -> None:
    with pytest.raises(UserError) as told:
        packs.remove(data, "henan", set())
    assert told.value.code == "no-pack"


# --- making one ---


def test_the_same_folder_and_key_give_the_same_pack(tmp_path: Path) -> None:
    source = write_source(tmp_path / "s")
    assert pack_bytes(source, PRIVATE, DAY).data == pack_bytes(source, PRIVATE, DAY).data


def test_a_faulty_form_is_told_to_the_publisher_before_anything_is_written(tmp_path: Path) -> None:
    source = write_source(tmp_path / "s", files={FORM_FILE: form_text() + "\nnonsense = 1\n"})
    with pytest.raises(UserError) as told:
        make_pack(source, PRIVATE, tmp_path / "a.pdpack", DAY)
    assert told.value.code == "pack-faulty" and not (tmp_path / "a.pdpack").exists()


@pytest.mark.parametrize("pem", [b"", b"no key", public_pem(PUBLIC)])
def test_a_key_file_that_is_no_private_key_is_refused(tmp_path: Path, pem: bytes) -> None:
    with pytest.raises(UserError) as told:
        make_pack(write_source(tmp_path / "s"), pem, tmp_path / "a.pdpack", DAY)
    assert told.value.code == "key-refused"


def test_a_file_that_belongs_in_no_pack_is_told_to_the_publisher(tmp_path: Path) -> None:
    source = write_source(tmp_path / "s")
    (source / "notes.txt").write_text("x", encoding="utf-8")
    with pytest.raises(UserError) as told:
        make_pack(source, PRIVATE, tmp_path / "a.pdpack", DAY)
    assert told.value.code == "pack-content" and "notes.txt" in told.value.message


def test_a_public_key_is_known_by_its_file() -> None:
    assert public_of(public_pem(PUBLIC)) == PUBLIC
    assert public_of(b"x") is None


def test_a_scheme_of_a_pack_can_be_copied(data: Path, tmp_path: Path) -> None:
    from perfdesk import own_schemes, paths

    scheme = (paths.templates() / "scoring" / "hubei.toml").read_text(encoding="utf-8")
    files = {"scoring/henan.toml": scheme.replace('id = "hubei"', 'id = "henan"')}
    install(data, made_pack(write_source(tmp_path / "s", files=files), PRIVATE, tmp_path / "a.pdpack"))
    own_schemes.copy_scheme(data, "henan", "mine")
    assert "mine" in catalogs.load(own=data).schemes


def test_a_list_of_codes_below_which_a_code_of_the_users_has_no_place_is_not_installed(
    data: Path, tmp_path: Path
) -> None:
    from perfdesk import codes, paths

    own = codes.own_folder(data)
    own.mkdir(parents=True)
    (own / codes.ADDED).write_text('format = 1\nfunction = "2010177 调研"\n', encoding="utf-8")
    old = (paths.templates() / "standards" / "codes" / "function-2022.toml").read_text(encoding="utf-8")
    head, _, rest = old.replace("function-2022", "function-2027").partition('"""\n')
    kept = [line for line in rest.splitlines() if not line.startswith("20101")]
    files = {"standards/codes/function-2027.toml": f'{head}"""\n' + "\n".join(kept) + "\n"}
    path = made_pack(write_source(tmp_path / "s", files=files), PRIVATE, tmp_path / "a.pdpack")
    with pytest.raises(UserError) as told:
        install(data, path)
    assert told.value.code == "pack-clashes" and codes.ADDED in told.value.message
    (own / codes.ADDED).unlink()
    install(data, path)
    assert "function-2027" in catalogs.load(own=data).code_lists


def test_a_folder_that_no_disk_can_have_holds_no_packs(tmp_path: Path) -> None:
    assert installed(tmp_path / ("绩" * 200)) == ()
