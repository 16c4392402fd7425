"""The .deb: what it asks for, what the desktop is told, and the recipe for older systems."""

from __future__ import annotations

import configparser
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import arm_lock
import deb
import icons
import pytest

from perfdesk import paths

ROOT = Path(__file__).resolve().parents[2]
LINUX = ROOT / "packaging" / "linux"
PACK = "application/x-perfdesk-pack"


@pytest.fixture
def entry() -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None, strict=True)
    parser.optionxform = str  # type: ignore[assignment]
    parser.read(LINUX / "perfdesk.desktop", encoding="utf-8")
    return parser["Desktop Entry"]


def test_the_menu_has_a_chinese_and_an_english_name(entry: configparser.SectionProxy) -> None:
    assert (entry["Name"], entry["Name[zh_CN]"]) == ("PerfDesk", "绩效填报台")
    assert entry["Type"] == "Application" and entry["Terminal"] == "false"
    assert "Office" in entry["Categories"].split(";")


def test_the_menu_starts_the_built_window_with_the_files_it_is_given(
    entry: configparser.SectionProxy,
) -> None:
    program, files = entry["Exec"].split()
    assert program == entry["TryExec"] == f"/{deb.PLACE}/perfdesk-window"
    assert files == "%F"
    assert (ROOT / "packaging" / "start_window.py").is_file()


def test_the_pack_is_a_file_type_that_the_program_opens(entry: configparser.SectionProxy) -> None:
    (kind,) = ElementTree.parse(LINUX / "perfdesk-mime.xml").getroot()
    assert kind.get("type") == PACK and PACK in entry["MimeType"].split(";")
    (glob,) = [child for child in kind if child.tag.endswith("glob")]
    assert glob.get("pattern") == "*.pdpack"


def test_the_icons_have_their_sizes_and_a_clear_corner(qapp: object) -> None:
    from PySide6.QtGui import QImage

    for size in icons.SIZES:
        image = QImage.fromData(icons.png(size))
        assert (image.width(), image.height()) == (size, size)
        assert image.pixelColor(0, 0).alpha() == 0 and image.pixelColor(size // 2, size // 2).alpha() == 255


def test_the_man_page_names_the_folder_of_data_that_the_program_uses(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.delenv("PERFDESK_DATA", raising=False)
    place = paths.data_dir().relative_to(Path.home())
    assert f"~/{place}" in (LINUX / "perfdesk.1").read_text(encoding="utf-8")


# --- what it asks of the system ---


def test_every_library_asked_for_has_a_package_and_glibc_its_version(elf: Path) -> None:
    asked = deb.depends(elf.parent)
    assert re.fullmatch(r"libc6 \(>= 2\.\d+\)", asked[0])
    assert {"libglib2.0-0", "libfontconfig1", "libegl1", "xkb-data"} <= set(asked)
    assert "libgcc-s1 | libgcc1" in asked
    assert not any("libreoffice" in package or "xvfb" in package for package in asked)


def test_a_library_that_no_list_names_ends_the_build(elf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = [line for line in deb.packages() if line[1] != "libfontconfig1"]
    monkeypatch.setattr(deb, "packages", lambda: listed)
    with pytest.raises(ValueError, match="libfontconfig"):
        deb.depends(elf.parent)


@pytest.fixture
def elf(tmp_path: Path) -> Path:
    """Qt's own library for windows, with the other parts of Qt that it asks for, as in a built folder."""
    import PySide6

    home = Path(PySide6.__file__).parent / "Qt" / "lib"
    for name in ("Gui", "Core", "DBus"):
        (tmp_path / f"libQt6{name}.so.6").symlink_to(home / f"libQt6{name}.so.6")
    for file in home.glob("libicu*.so.73"):
        (tmp_path / file.name).symlink_to(file)
    copy = tmp_path / "libQt6Gui-copy.so.6"
    copy.write_bytes((home / "libQt6Gui.so.6").read_bytes())
    (tmp_path / "libxkbcommon.so.0").touch()
    return copy


# --- older systems ---


def test_the_recipe_is_valid_shell() -> None:
    for script in (ROOT / "packaging").glob("*.sh"):
        subprocess.run(["sh", "-n", script], check=True)


def test_arm64_gets_the_last_qt_that_runs_there_and_all_else_as_locked() -> None:
    lock = (ROOT / "packaging" / "requirements-build.lock").read_text(encoding="utf-8")
    pins = (ROOT / "packaging" / "requirements-arm64.lock").read_text(encoding="utf-8")
    ours, theirs = arm_lock.blocks(lock), arm_lock.blocks(arm_lock.replaced(lock, pins))
    changed = {name for name in ours if ours[name] != theirs[name]}
    assert changed == {"pyside6-essentials", "shiboken6"} and ours.keys() == theirs.keys()
    assert all(
        theirs[name].startswith(f"{name}==6.8.0.2 ") and "--hash=sha256:" in theirs[name] for name in changed
    )


# --- the frozen program's own environment ---


def test_what_the_frozen_program_starts_is_itself_for_commands_and_others_get_the_systems_libraries() -> None:
    code = (
        "import os, runpy, sys; sys.executable = '/usr/lib/perfdesk/perfdesk-window'; "
        f"runpy.run_path({str(ROOT / 'packaging' / 'own_environment.py')!r}); "
        "print(sys.executable, os.environ.get('LD_LIBRARY_PATH'), os.environ['PYINSTALLER_RESET_ENVIRONMENT'])"
    )
    for before, after in (({}, "None"), ({"LD_LIBRARY_PATH_ORIG": "/usr/local/lib"}, "/usr/local/lib")):
        environment = {"PATH": "", "LD_LIBRARY_PATH": "/usr/lib/perfdesk/_internal", **before}
        done = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
        )
        assert done.stdout.split() == ["/usr/lib/perfdesk/perfdesk", after, "1"]
