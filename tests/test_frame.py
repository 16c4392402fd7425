"""The frame: where things are, the pins, the set-up, the resources that ship."""

from __future__ import annotations

import importlib.util
import os
import re
import socket
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement

from perfdesk import paths

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ["requirements.lock", "packaging/requirements-build.lock", "bench/requirements.lock"]
ICONS = sorted((ROOT / "resources" / "icons").glob("*.svg"))

# --- where things are ---


def test_the_shipped_folders_are_those_of_the_source_tree() -> None:
    assert paths.resources() == ROOT / "resources"
    assert paths.templates() == ROOT / "templates"


def test_a_frozen_program_looks_where_it_was_unpacked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert (paths.resources(), paths.templates()) == (tmp_path / "resources", tmp_path / "templates")


def test_the_named_data_folder_wins_over_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PERFDESK_DATA", str(tmp_path / "environment"))
    assert paths.data_dir(str(tmp_path / "named")) == tmp_path / "named"
    assert paths.data_dir() == paths.data_dir("") == tmp_path / "environment"


def test_the_platform_says_where_data_is_when_nobody_else_does(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("PERFDESK_DATA")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert paths.data_dir() == tmp_path / "PerfDesk"
    assert not paths.data_dir().exists()


def test_a_relative_data_folder_becomes_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert paths.data_dir("mine") == tmp_path / "mine"


# --- the pins ---


def pins(lock: str) -> dict[str, tuple[str, int]]:
    """Package → (version, number of hashes)."""
    found: dict[str, tuple[str, int]] = {}
    package = ""
    for line in (ROOT / lock).read_text(encoding="utf-8").splitlines():
        if match := re.match(r"([\w.-]+)==([^ ;\\]+)", line):
            package = match[1]
            found[package] = (match[2], 0)
        elif "--hash=sha256:" in line:
            found[package] = (found[package][0], found[package][1] + 1)
    return found


def wanted(*extras: str) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = [line for extra in extras for line in project["optional-dependencies"][extra]]
    return [Requirement(line) for line in project["dependencies"] + optional]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_a_hash_and_no_line_is_anything_else(lock: str) -> None:
    assert all(hashes for _, hashes in pins(lock).values())
    odd = re.compile(r"[\w.-]+==\S+( ; [^/\\]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not odd.fullmatch(line)] == []


@pytest.mark.parametrize(("lock", "extra"), [(LOCKS[0], "test"), (LOCKS[1], "build"), (LOCKS[2], "bench")])
def test_the_lock_names_a_version_in_range_of_everything_the_project_asks_for(lock: str, extra: str) -> None:
    locked = {name.lower().replace("_", "-"): version for name, (version, _) in pins(lock).items()}
    for requirement in wanted(extra):
        assert requirement.specifier.contains(locked[requirement.name.lower().replace("_", "-")]), requirement


@pytest.mark.parametrize("lock", LOCKS[1:])
def test_the_locks_agree(lock: str) -> None:
    first, second = pins(LOCKS[0]), pins(lock)
    both = first.keys() & second.keys()
    assert {name: first[name] for name in both} == {name: second[name] for name in both}


def test_the_locked_qt_runs_on_office_linux() -> None:
    """glibc 2.28 on x86-64: the last wheel for it is 6.9.3."""
    assert pins(LOCKS[0])["pyside6-essentials"][0].startswith(("6.8.", "6.9."))


# --- the set-up ---


@pytest.fixture
def prepare() -> ModuleType:
    spec = importlib.util.spec_from_file_location("prepare", ROOT / "packaging" / "prepare.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def bare_project(tmp_path: Path) -> Path:
    """A project without any dependency, in a folder whose name has a blank, as an office's folders have."""
    folder = tmp_path / "my project"
    (folder / "packaging").mkdir(parents=True)
    (folder / "packaging" / "prepare.py").write_bytes((ROOT / "packaging" / "prepare.py").read_bytes())
    (folder / "packaging" / "system-packages.txt").write_text("[run]\n", encoding="utf-8")
    (folder / "requirements.lock").write_text("", encoding="utf-8")
    (folder / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    (folder / "perfdesk").mkdir()
    (folder / "perfdesk" / "__main__.py").write_text(
        "def main():\n    print('started')\n    return 3\n", encoding="utf-8"
    )
    return folder


def set_up(project: Path) -> str:
    done = subprocess.run(
        [sys.executable, project / "packaging" / "prepare.py", "run"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_setting_up_makes_the_command_and_the_second_time_does_nothing(
    bare_project: Path, tmp_path: Path
) -> None:
    assert "准备" in set_up(bare_project)
    started = subprocess.run(
        [bare_project / ".venv/bin/perfdesk"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (started.stdout, started.returncode) == ("started\n", 3)
    assert set_up(bare_project) == ""


def test_a_half_made_or_moved_venv_is_made_anew(bare_project: Path) -> None:
    (bare_project / ".venv" / "bin").mkdir(parents=True)
    (bare_project / ".venv" / "bin" / "python").write_text("half a file", encoding="utf-8")
    set_up(bare_project)
    moved = bare_project.rename(bare_project.parent / "elsewhere")
    assert "准备" in set_up(moved)
    assert subprocess.run([moved / ".venv/bin/perfdesk"], capture_output=True, check=False).returncode == 3


def test_an_old_python_is_refused_in_one_line(
    prepare: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    assert prepare.main(["run"]) == 1
    assert re.fullmatch(r".*3\.11.*\n", capsys.readouterr().err)


def test_missing_libraries_are_named_and_present_ones_are_not(
    prepare: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepare, "known_libraries", lambda: {"libEGL.so.1", "libGL.so.1"})
    missing = prepare.missing_packages(["run"])
    assert "libfontconfig1" in missing
    assert {"libegl1", "libgl1", "libxcb-cursor0", "xvfb"}.isdisjoint(missing)


@pytest.mark.parametrize("apt", [True, False])
def test_without_root_one_line_says_what_to_install(
    prepare: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, apt: bool
) -> None:
    if apt:
        (tmp_path / "apt-get").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
        (tmp_path / "apt-get").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(prepare, "known_libraries", set)
    line = prepare.install_system(["run"])
    assert "libfontconfig1" in line
    assert "\n" not in line
    assert ("sudo apt-get" in line) == apt


def has_display(env: dict[str, str]) -> bool:
    script = ROOT / "packaging" / "has_display.py"
    return subprocess.run([sys.executable, script], env=env, check=False).returncode == 0


def test_a_display_counts_only_where_it_answers(tmp_path: Path) -> None:
    assert not has_display({})
    assert not has_display({"DISPLAY": ":4711"})
    assert not has_display({"DISPLAY": "nonsense"})
    assert not has_display({"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path)})
    (tmp_path / "wayland-0").touch()
    assert has_display({"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path)})


def test_an_x_server_that_listens_is_a_display() -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("\0/tmp/.X11-unix/X4712")
        server.listen()
        assert has_display({"DISPLAY": ":4712"}) and has_display({"DISPLAY": "unix:4712.0"})


def test_make_run_opens_the_window_or_works_without_one() -> None:
    plan = subprocess.run(["make", "-n", "run"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    shown, hidden = plan.split("else", 1)
    assert "has_display.py" in shown and "-m ui --sample" in shown
    assert "-m perfdesk demo out" in hidden and "-m ui.pictures out" in hidden


# --- what ships ---


def test_the_shipped_faces_draw_gb2312_and_the_signs_of_forms(
    qapp: object, font_files: dict[str, Path]
) -> None:
    from PySide6.QtGui import QRawFont

    gb2312 = bytes(range(0xB0, 0xF8))
    hanzi = [bytes([high, low]).decode("gb2312", "ignore") for high in gb2312 for low in range(0xA1, 0xFF)]
    for face, file in font_files.items():
        font = QRawFont(str(file), 12.0)
        lacking = [
            c
            for c in "".join(hanzi) + "0123456789.,%％≥≤＞＜±×÷—…“”‘’（）《》、。·①㎡℃"
            if not font.supportsCharacter(ord(c))
        ]
        assert lacking == [], face


def test_every_shipped_face_loads_with_a_family_of_its_own(shipped_fonts: dict[str, str]) -> None:
    assert len(set(shipped_fonts.values())) == len(shipped_fonts) == 5


@pytest.mark.parametrize("icon", ICONS, ids=lambda icon: icon.stem)
def test_every_icon_draws_something(qapp: object, icon: Path) -> None:
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(24, 24, QImage.Format.Format_ARGB32)
    image.fill(0)
    renderer = QSvgRenderer(str(icon))
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    assert renderer.isValid()
    assert any(image.pixelColor(x, y).alpha() for x in range(24) for y in range(24))


def test_every_font_and_icon_has_its_origin_written_down() -> None:
    sources = (ROOT / "resources" / "SOURCES.md").read_text(encoding="utf-8")
    fonts = [file.name for file in (ROOT / "resources" / "fonts").glob("*.ttf")]
    named = [name for name in fonts if f"| {name} |" in sources]
    icons = [icon.stem for icon in ICONS if f"| {icon.stem} |" in sources or f"`{icon.name}`" in sources]
    assert (sorted(named), icons) == (sorted(fonts), [icon.stem for icon in ICONS])
