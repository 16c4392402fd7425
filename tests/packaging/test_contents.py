"""What goes into the built folder: enough for the window, and nothing for a network."""

from __future__ import annotations

import ast
from pathlib import Path

import contents
import pytest

ROOT = Path(__file__).resolve().parents[2]
QT = "PySide6/Qt"


@pytest.mark.parametrize(
    "target",
    [
        f"{QT}/lib/libQt6Core.so.6",
        f"{QT}/lib/libQt6Network.so.6",
        f"{QT}/plugins/platforms/libqxcb.so",
        f"{QT}/plugins/platforms/libqoffscreen.so",
        f"{QT}/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
        f"{QT}/plugins/printsupport/libcupsprintersupport.so",
        f"{QT}/translations/qtbase_zh_CN.qm",
        "PySide6\\plugins\\platforms\\qwindows.dll",
        "PySide6\\Qt6Widgets.dll",
        "PySide6\\translations\\qtbase_zh_CN.qm",
        "libpython3.11.so.1.0",
        "libxcb-cursor.so.0",
        "resources/fonts/hei.ttf",
        "resources/pictures/window.png",
        "templates/forms/a.toml",
    ],
)
def test_what_the_window_needs_goes_in(target: str) -> None:
    assert contents.wanted(target)


@pytest.mark.parametrize(
    "target",
    [
        f"{QT}/plugins/tls/libqopensslbackend.so",
        f"{QT}/plugins/networkinformation/libqnetworkmanager.so",
        f"{QT}/plugins/platforms/libqminimalegl.so",
        f"{QT}/plugins/platforms/libqwayland-generic.so",
        f"{QT}/plugins/platformthemes/libqgtk3.so",
        f"{QT}/plugins/imageformats/libqtiff.so",
        f"{QT}/plugins/xcbglintegrations/libqxcb-glx-integration.so",
        f"{QT}/translations/qtbase_de.qm",
        f"{QT}/translations/qt_help_zh_CN.qm",
        f"{QT}/lib/libQt6OpenGL.so.6",
        f"{QT}/lib/libQt6WaylandClient.so.6",
        "PySide6\\plugins\\tls\\qschannelbackend.dll",
        "PySide6\\opengl32sw.dll",
        "PySide6\\Qt6Qml.dll",
        "libgtk-3.so.0/../libgio-2.0.so.0",
        "libstdc++.so.6",
        "libX11.so.6",
        "perfdesk/__pycache__/paths.cpython-311.pyc",
    ],
)
def test_what_nobody_needs_stays_out(target: str) -> None:
    assert not contents.wanted(target)


def test_libraries_that_only_left_out_parts_asked_for_go_with_them() -> None:
    kept = ("window", "liba.so.1", "libb.so.2", "folder/plugin.so")
    entries = [(name, name, "BINARY") for name in (*kept, "libc1.so.3", "libd.so.4", "libpython3.11.so.1.0")]
    needs = {"window": ["liba.so.1"], "liba.so.1": ["libb.so.2"], "libc1.so.3": ["libd.so.4"]}
    entries.append(("_compiled.cpython-311-x86_64-linux-gnu.so", "", "EXTENSION"))
    found = [e[0] for e in contents.needed_only(entries, needs)]
    assert found == [*kept, "libpython3.11.so.1.0", "_compiled.cpython-311-x86_64-linux-gnu.so"]


def test_every_part_of_qt_that_the_program_imports_is_carried() -> None:
    imported = {
        alias
        for file in (ROOT / "ui").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("PySide6.")
        for alias in [(node.module or "").removeprefix("PySide6.Qt")]
    }
    assert imported <= set(contents.KEPT_QT)
    assert not {f"PySide6.Qt{name}" for name in imported} & set(contents.EXCLUDED_MODULES)


def test_no_module_of_the_program_imports_what_is_left_out() -> None:
    found = {
        (file.name, name)
        for package in ("perfdesk", "ui")
        for file in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [a.name for a in node.names]
            if isinstance(node, ast.Import)
            else [node.module or "", *(f"{node.module}.{a.name}" for a in node.names)]
        )
        if name in contents.EXCLUDED_MODULES
    }
    assert found == set()
