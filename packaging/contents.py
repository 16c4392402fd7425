"""What goes into the built folder and what stays out: modules, parts of Qt, libraries that every desktop has."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePath

EXCLUDED_MODULES = (
    # The built-in digests do.
    "_hashlib",
    # The driver of a bureau's own server asks for names of time zones that no answer of it ever has.
    "tzdata",
    "tkinter",
    "readline",
    "unittest",
    "pydoc",
    "doctest",
    "setuptools",
    "pkg_resources",
    "pip",
    "numpy",
    *(f"lxml.{name}" for name in ("objectify", "html", "isoschematron")),
    *(f"PySide6.{name}" for name in ("QtQml", "QtQuick", "QtOpenGL", "QtOpenGLWidgets", "QtDBus")),
    # Pictures in reports are PNG and JPEG.
    *(f"PIL.{name}" for name in ("_avif", "_webp", "_imagingcms", "_imagingft", "_imagingtk", "ImageTk")),
    *(f"PIL.{name}" for name in ("AvifImagePlugin", "WebPImagePlugin", "ImageQt", "ImageShow")),
)

KEPT_PLUGINS = (
    *("platforms/qxcb", "platforms/qoffscreen", "platforms/qwindows"),
    "platforminputcontexts/ibusplatforminputcontextplugin",
    "platforminputcontexts/composeplatforminputcontextplugin",
    *("imageformats/qsvg", "imageformats/qjpeg", "imageformats/qico", "iconengines/qsvgicon"),
    "printsupport/cupsprintersupport",
    "styles/qmodernwindowsstyle",
)
"""Qt's plugins, without ``lib`` and ending. All others stay out: TLS and network information (the program opens no
connection), gtk themes, OpenGL on X, eglfs, touch drivers, Wayland (a window runs on it through X, where the input methods of
office Linux work best)."""

KEPT_TRANSLATIONS = ("qtbase_zh_CN.qm",)

_PLUGIN_NAME = re.compile(r"^lib|\.(so|dll)$")
_QT_LIBRARY = re.compile(r"(?:lib)?Qt6(\w+?)(?:\.so.*|\.dll)$")
KEPT_QT = ("Core", "Gui", "Widgets", "DBus", "Network", "PrintSupport", "Svg", "XcbQpa")
"""Network for the local socket that finds the running program (ui/door.py)."""

_SYSTEM = (
    r"lib(c|m|dl|rt|pthread|util|resolv|gcc_s|stdc\+\+)",
    r"ld-linux.*",
    r"lib(GL|EGL|GLX|GLdispatch|OpenGL|gbm|drm)",
    r"lib(glib|gobject|gio|gmodule|gthread)-2\.0",
    r"lib(fontconfig|freetype|dbus-1|cups|gssapi_krb5)",
    r"lib(X11|X11-xcb|Xau|Xdmcp|Xext|Xrender|xcb|z|zstd)",
)
_SYSTEM_LIBRARY = re.compile(rf"({'|'.join(_SYSTEM)})\.so(\.\d+)*")
"""Of the machine itself: the graphics driver, fonts, glib and printing must be its own, and every desktop has them. What a
desktop may lack (xcb-cursor and its like) is carried along, for an office PC has no network to fetch it from."""

_LEFT_OUT_FILES = re.compile(
    r"(^|/)(__pycache__|tests?)/|\.pyi$|/libQt6\w*\.prl$|(^|/)opengl32sw\.dll$|d3dcompiler"
)


def is_system_library(name: str) -> bool:
    """True of a library (by its loader's name) that is never carried along."""
    return _SYSTEM_LIBRARY.fullmatch(name) is not None


def wanted(target: str) -> bool:
    """Whether the file that would stand at ``target`` in the built folder belongs there."""
    path = PurePath(target.replace("\\", "/"))
    name = path.name
    if _LEFT_OUT_FILES.search(path.as_posix()) or is_system_library(name):
        return False
    if "translations" in path.parts:
        return name in KEPT_TRANSLATIONS
    if "plugins" in path.parts:
        return f"{path.parent.name}/{_PLUGIN_NAME.sub('', path.name)}" in KEPT_PLUGINS
    if match := _QT_LIBRARY.fullmatch(name):
        return match[1] in KEPT_QT
    return True


def needed_only(
    entries: Iterable[tuple[str, str, str]], needs: dict[str, list[str]]
) -> list[tuple[str, str, str]]:
    """Without shared libraries at the folder's root that nothing asks for any more; ``needs``: what each file asks for.

    A library is asked for by its loader's name; links of ours to a library in a folder below go with it.
    """
    kept = list(entries)
    while True:
        asked = {name for target, _, _ in kept for name in needs.get(target, [])}
        left = [e for e in kept if not _stray(e, asked)]
        if len(left) == len(kept):
            return kept
        kept = left


def _stray(entry: tuple[str, str, str], asked: set[str]) -> bool:
    path = PurePath(entry[0])
    if entry[2] == "EXTENSION":  # a module of Python's, which asks for it by import
        return False
    loose = len(path.parts) == 1 or any(part.endswith(".libs") for part in path.parts)
    return loose and ".so" in path.name and not path.name.startswith("libpython") and path.name not in asked
