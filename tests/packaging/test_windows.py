"""What only Windows runs, as far as it can be read here: version, icon, installer, build script."""

from __future__ import annotations

import re
import struct
import tomllib
from pathlib import Path

import icons
import project
import pytest
import windows_version

import perfdesk

ROOT = Path(__file__).resolve().parents[2]
WINDOWS = ROOT / "packaging" / "windows"
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]

Section = list[dict[str, str]]


@pytest.fixture(scope="module")
def installer() -> dict[str, Section]:
    """Section → its lines; a line of ``Key: value; Key: value`` or of ``Key=value`` as a dictionary."""
    found: dict[str, Section] = {}
    for line in (WINDOWS / "perfdesk.iss").read_text(encoding="utf-8-sig").splitlines():
        if match := re.fullmatch(r"\[(\w+)\]", line):
            section = found.setdefault(match[1], [])
        elif line and not line.lstrip().startswith((";", "#")):
            pairs = re.findall(r'(\w+): ((?:"[^"]*")+|[^;]+)', line) if ": " in line else [line.split("=", 1)]
            section.append({key: value.strip('"') for key, value in pairs})
    return found


def setup(installer: dict[str, Section]) -> dict[str, str]:
    return {key: value for line in installer["Setup"] for key, value in line.items()}


# --- the version, once ---


def test_the_program_knows_the_version_of_the_project() -> None:
    assert perfdesk.VERSION == project.version() == VERSION


def test_windows_is_told_the_version_in_words_and_in_four_numbers() -> None:
    kinds = ("VSVersionInfo", "FixedFileInfo", "StringFileInfo", "StringTable", "VarFileInfo", "VarStruct")
    names = {name: lambda *args, **words: (args, words) for name in kinds}
    strings: dict[str, str] = {}
    names["StringStruct"] = lambda key, value: strings.update({key: value})  # type: ignore[assignment]
    _, told = eval(windows_version.text("perfdesk-window"), {"__builtins__": {}}, names)
    numbers = (*map(int, VERSION.split(".")), 0, 0, 0)[:4]
    assert told["ffi"][1]["filevers"] == told["ffi"][1]["prodvers"] == numbers
    assert strings["FileVersion"] == strings["ProductVersion"] == VERSION
    assert strings["OriginalFilename"] == "perfdesk-window.exe" and "绩效填报台" in strings["ProductName"]


def test_the_installer_is_given_the_version_and_has_none_of_its_own(installer: dict[str, Section]) -> None:
    assert setup(installer)["AppVersion"] == "{#Version}"
    assert VERSION not in (WINDOWS / "perfdesk.iss").read_text(encoding="utf-8-sig")
    assert "/DVersion=$Version" in build_script()


# --- the icon ---


def test_the_icon_file_holds_every_size_as_a_picture(qapp: object, tmp_path: Path) -> None:
    from PySide6.QtGui import QImage

    data = icons.windows_icon(tmp_path / "build" / "a.ico").read_bytes()
    reserved, kind, count = struct.unpack_from("<HHH", data)
    assert (reserved, kind, count) == (0, 1, len(icons.SIZES))
    sizes = []
    for number in range(count):
        width, _, _, _, _, depth, length, offset = struct.unpack_from("<BBBBHHII", data, 6 + 16 * number)
        image = QImage.fromData(data[offset : offset + length])
        assert (image.width() % 256, depth) == (width, 32)
        sizes.append(image.width())
    assert sizes == list(icons.SIZES)


# --- the installer ---


def test_installing_needs_no_administrator(installer: dict[str, Section]) -> None:
    told = setup(installer)
    assert told["PrivilegesRequired"] == "lowest"
    assert "PrivilegesRequiredOverridesAllowed" not in told
    assert told["DefaultDirName"].startswith("{localappdata}\\")
    assert {line["Root"] for line in installer["Registry"]} == {"HKA"}


def test_it_installs_what_the_build_makes_and_starts_the_window(installer: dict[str, Section]) -> None:
    (files,) = installer["Files"]
    assert files["Source"] == "..\\..\\dist\\perfdesk\\*" and files["DestDir"] == "{app}"
    assert (project.FOLDER.relative_to(ROOT).as_posix(), project.WINDOW) == (
        "dist/perfdesk",
        "perfdesk-window",
    )
    text = (WINDOWS / "perfdesk.iss").read_text(encoding="utf-8-sig")
    assert f'#define Window "{project.WINDOW}.exe"' in text and f'#define Title "{project.TITLE}"' in text
    started = {line["Filename"] for section in ("Icons", "Run") for line in installer[section]}
    assert started == {"{app}\\{#Window}"}


def test_removing_or_replacing_the_program_keeps_the_data(installer: dict[str, Section]) -> None:
    assert "UninstallDelete" not in installer
    deleted = {line["Name"] for line in installer["InstallDelete"]}
    assert deleted == {"{app}\\_internal", "{app}\\licenses"}
    assert (
        setup(installer)["DefaultDirName"] != "{localappdata}\\PerfDesk"
    )  # where platformdirs puts the data


def test_the_pack_is_opened_by_the_window(installer: dict[str, Section]) -> None:
    by_key = {line["Subkey"]: line for line in installer["Registry"]}
    assert by_key["Software\\Classes\\.pdpack"]["ValueData"] == "{#Pack}"
    command = by_key["Software\\Classes\\{#Pack}\\shell\\open\\command"]["ValueData"]
    assert command.strip('"').startswith("{app}\\{#Window}") and "%1" in command
    assert setup(installer)["ChangesAssociations"] == "yes"


def test_windows_before_10_1809_is_refused(installer: dict[str, Section]) -> None:
    assert setup(installer)["MinVersion"] == "10.0.17763"


def test_the_installer_speaks_chinese(installer: dict[str, Section]) -> None:
    (language,) = installer["Languages"]
    assert language["MessagesFile"] == "compiler:Default.isl,chinese.isl"
    lines = (WINDOWS / "chinese.isl").read_text(encoding="utf-8-sig").partition("[Messages]")[2].splitlines()
    messages = dict(line.split("=", 1) for line in lines if line)
    assert len(messages) == len([line for line in lines if line])
    assert {
        "ButtonNext",
        "ButtonInstall",
        "WelcomeLabel2",
        "FinishedLabel",
        "ConfirmUninstall",
    } <= messages.keys()
    assert all(re.search("[一-鿿]", text) for name, text in messages.items() if text)


# --- files that Windows reads ---


@pytest.mark.parametrize("name", ["windows/perfdesk.iss", "windows/chinese.isl", "build-windows.ps1"])
def test_windows_tools_see_that_the_file_is_utf_8(name: str) -> None:
    data = (ROOT / "packaging" / name).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n")


def build_script() -> str:
    return (ROOT / "packaging" / "build-windows.ps1").read_text(encoding="utf-8-sig")


def test_the_build_script_names_files_that_are_there() -> None:
    named = set(re.findall(r'"(packaging\\[\w.\\-]+)"', build_script()))
    assert named >= {
        "packaging\\package.py",
        "packaging\\requirements-build.lock",
        "packaging\\windows\\perfdesk.iss",
    }
    assert [name for name in named if not (ROOT / name.replace("\\", "/")).is_file()] == []


def test_the_build_script_installs_only_what_the_lock_proves() -> None:
    assert "--require-hashes" in build_script()
