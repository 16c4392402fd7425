"""Good and bad files in one folder: the good are taken, each bad one is told with its own reason, and nothing of it is kept."""

from __future__ import annotations

import json
import os
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from perfdesk import collect_crew
from perfdesk.formats import folders
from perfdesk.formats.manifest_zip import MANIFEST
from perfdesk.handing_back import returned
from perfdesk.model.sent_back import SentBack
from perfdesk.submission.receipt import receipt_text
from tests.bureau.handed import CODES, FIRST, SECOND, THIRD, YEAR, Bureau, filing, package, put
from tests.packages.made import parts_in, relisted, zipped
from tests.packages.packs import key_pair

PARTS = parts_in(package([filing(SECOND)], SECOND))
PAGE = "filings/001.json"


def one_byte_changed() -> bytes:
    data = bytearray(package([filing(SECOND)], SECOND))
    data[data.index("第二小学".encode(), data.index(PAGE.encode())) + 2] ^= 1
    return bytes(data)


def wrong_signature() -> bytes:
    other = parts_in(package([filing(THIRD)], THIRD))[MANIFEST].decode()
    receipt = receipt_text(other, key_pair()[0], "甲县财政局", date(2026, 3, 2))
    return zipped({**PARTS, "signature.json": receipt.encode()})


def unknown_edition() -> bytes:
    text = PARTS[MANIFEST].decode().replace("zhengzhou-2021/", "zhengzhou-2031/")
    return zipped({**PARTS, MANIFEST: text.encode()})


def bomb() -> bytes:
    return zipped(parts_in(relisted({**PARTS, "papers/x.docx": b"\0" * (65 << 20)})), zipfile.ZIP_DEFLATED)


def encrypted() -> bytes:
    """Every entry says that it is."""
    data = bytearray(zipped(PARTS))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def years_mixed() -> bytes:
    data = json.loads(PARTS[PAGE]) | {"year": YEAR - 1}
    return relisted({**PARTS, PAGE: json.dumps(data).encode()})


def sent_back() -> bytes:
    told = SentBack(SECOND, "", YEAR, "returned", "甲县财政局", "2026-03-02", "0.1.0", "", "", (), ())
    return returned(told).data


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "一字之差.zip": (one_byte_changed, "package-changed"),
    "签名不对.zip": (wrong_signature, "package-signature"),
    "没有的表样.zip": (unknown_edition, "package-form"),
    "爬出去.zip": (lambda: relisted({**PARTS, "../x": b"x"}), "package-name"),
    "炸弹.zip": (bomb, "too-large"),
    "截断.zip": (lambda: zipped(PARTS)[:-200], "broken"),
    "不是压缩包.zip": (lambda: b"\x00\x01\x02 nothing" * 99, "unknown"),
    "空的.zip": (lambda: b"", "empty-file"),
    "表样.pdpack": (lambda: relisted(PARTS, format="perfdesk-pack"), "is-pack"),
    "退回意见.zip": (sent_back, "is-return"),
    "加密.zip": (encrypted, "encrypted"),
    "去年.zip": (lambda: package([filing(SECOND, YEAR - 1)], SECOND, year=YEAR - 1), "other-year"),
    "两个年度.zip": (years_mixed, "package-year"),
    "通知.txt": (lambda: "请于月底前报送。".encode(), "nothing-recognised"),
}  # fmt: skip


def test_the_good_are_taken_and_each_bad_one_is_told_with_its_own_reason(
    tmp_path: Path, bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "盘"
    for name, (make, _) in BAD.items():
        put(stick / SECOND / name, make())
    put(stick / "甲" / "好的.zip", package([filing(FIRST)]))
    put(stick / "乙" / "也好.zip", package([filing(THIRD)], THIRD))
    put(stick / "乙" / "照片.zip", zipped({"照片/1.jpg": b"x"}))
    put(stick / "锁着" / "a.zip", package([filing(SECOND)], SECOND))
    put(stick / "$RECYCLE.BIN" / "$R1.zip", package([filing(SECOND)], SECOND))
    os.mkfifo(stick / "管道.zip")
    scan = os.scandir

    def without_rights(path: str) -> object:
        """Root may look into every folder, so the system's answer is given here."""
        if Path(path).name == "锁着":
            raise PermissionError(13, "no", path)
        return scan(path)

    monkeypatch.setattr(folders.os, "scandir", without_rights)
    before = bureau.run("dump", "--json").json["bureau"]
    said = bureau.collect(stick, "--year", YEAR)
    wanted = {name: code for name, (_, code) in BAD.items()} | {
        "锁着": "no-permission",
        "管道.zip": "unknown",
    }
    assert said.refused == wanted
    told = {Path(one["path"]).name: one["message"] for one in said.json["refused"]}
    assert len(set(told.values())) == len(wanted) and all("\n" not in m for m in told.values())
    assert all(name in told[name] for name in wanted), "each says which file it is about"
    assert [Path(p).name for p in said.json["unopened"]] == ["照片.zip"]
    assert said.code == 3 and set(told.values()) <= set(said.err.splitlines())
    after = bureau.run("dump", "--json").json["bureau"]
    assert [(h["unit"], h["source"]) for h in after["handings"]] == [
        (CODES[FIRST], "好的.zip"),
        (CODES[THIRD], "也好.zip"),
    ]
    assert len(after["papers"]) == 2 and after["nodes"] == before["nodes"]
    assert not (tmp_path / "x").exists() and not (stick / "x").exists()


def test_a_file_that_hangs_the_reader_or_is_its_end_costs_itself_alone(
    tmp_path: Path, bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reading process is ours but for two files, at which it hangs and dies as a reader would that has a mistake."""
    script = (
        f"import sys; sys.path.insert(0, {str(Path.cwd())!r})\n"
        "import os, time\nfrom perfdesk import collect_crew as crew\nread = crew.read_or_convert\n"
        "def mine(path, beat):\n"
        "    if '停住' in path: time.sleep(60)\n"
        "    if '崩溃' in path: os.abort()\n"
        "    return read(path, beat)\n"
        "crew.read_or_convert = mine\nsys.exit(crew.collect_child_main())"
    )
    monkeypatch.setattr(collect_crew, "command", lambda: [sys.executable, "-X", "utf8", "-c", script])
    monkeypatch.setattr(collect_crew, "STILL_SECONDS", 4.0)
    for number, name in enumerate(("a停住.zip", "b好的.zip", "c崩溃.zip", "d好的.zip")):
        unit = (SECOND, FIRST, SECOND, THIRD)[number]
        put(tmp_path / "盘" / name, package([filing(unit)], unit))
    said = bureau.collect(tmp_path / "盘")
    assert said.refused == {"a停住.zip": "no-progress", "c崩溃.zip": "reader-stopped"}
    assert sorted(said.standings) == [CODES[FIRST], CODES[THIRD]]


def test_a_reader_that_answers_nonsense_gets_nothing_into_the_store(
    tmp_path: Path, bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a file could make of the process that reads it: answers that are no papers."""
    script = (
        f"import sys; sys.path.insert(0, {str(Path.cwd())!r})\n"
        "from perfdesk import collect_crew as crew\n"
        "crew.paper_json = lambda paper: {'filing': {'form': '../../x'}}\nsys.exit(crew.collect_child_main())"
    )
    monkeypatch.setattr(collect_crew, "command", lambda: [sys.executable, "-X", "utf8", "-c", script])
    put(tmp_path / "盘" / "a.zip", package([filing(FIRST)]))
    said = bureau.collect(tmp_path / "盘")
    assert (said.code, said.refused) == (3, {"a.zip": "reader-stopped"})
    assert bureau.run("dump", "--json").json["bureau"]["handings"] == []


def test_an_empty_folder_holds_nothing(tmp_path: Path, bureau: Bureau) -> None:
    (tmp_path / "盘").mkdir()
    said = bureau.collect(tmp_path / "盘")
    assert (said.code, said.json["files"], said.json["units"], said.refused) == (1, 0, [], {})


def test_a_path_that_is_not_there_is_told(tmp_path: Path, bureau: Bureau) -> None:
    said = bureau.collect(tmp_path / "没有的")
    assert (said.code, said.refused) == (3, {"没有的": "missing"})


def test_a_package_with_the_code_of_another_unit_is_nobodys(tmp_path: Path, bureau: Bureau) -> None:
    put(tmp_path / "盘" / "a.zip", package([filing(SECOND)], SECOND, CODES[FIRST]))
    said = bureau.collect(tmp_path / "盘")
    assert said.code == 1 and said.json["units"] == []
    (one,) = said.json["unplaced"]
    assert {n["key"] for n in one["near"]} == {CODES[FIRST], CODES[SECOND]}
