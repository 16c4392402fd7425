"""The rules of the house that no single module can keep: who imports what, how big things grow, where words stand."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
QT = {"PySide6", "shiboken6"}
FORMAT_LIBRARIES = {
    "lxml",
    "xlsxwriter",
    "reportlab",
    "openpyxl",
    "docx",
    "pypdfium2",
    "pdfplumber",
    "python_calamine",
}
VAGUE_NAMES = {"util", "utils", "helper", "helpers", "manager", "managers", "misc", "common"}


def sources(*packages: str) -> list[Path]:
    return sorted(file for package in packages for file in (ROOT / package).rglob("*.py"))


def name(file: Path) -> str:
    return str(file.relative_to(ROOT))


@cache
def nodes(file: Path) -> tuple[ast.AST, ...]:
    """Everything in a file that its grammar knows."""
    return tuple(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))


@pytest.fixture(scope="module", autouse=True)
def forgotten_afterwards() -> Iterator[None]:
    """A million nodes that are still there make every other test slower."""
    yield
    nodes.cache_clear()
    tracked_texts.cache_clear()


def module_name(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def imports(file: Path) -> tuple[str, ...]:
    """Full names of everything a file imports, wherever in it the import stands."""
    found: list[str] = []
    for node in nodes(file):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found += [f"{absolute(file, node)}.{alias.name}" for alias in node.names]
    return tuple(found)


def absolute(file: Path, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    package = ".".join(
        file.relative_to(ROOT).parent.parts[: len(file.relative_to(ROOT).parent.parts) + 1 - node.level]
    )
    return f"{package}.{node.module}" if node.module else package


def importers(libraries: set[str], *packages: str) -> list[tuple[str, str]]:
    """(file, what it imports) wherever one of the libraries is imported directly."""
    found = ((name(f), full) for f in sources(*packages) for full in imports(f))
    return [(file, full) for file, full in found if full.split(".")[0] in libraries]


def outside(found: list[tuple[str, str]], home: str) -> list[tuple[str, str]]:
    return [(file, full) for file, full in found if not file.startswith((f"{home}/", f"{home}.py"))]


# --- who imports what ---


def test_the_core_loads_no_qt_module() -> None:
    modules = [module_name(file) for file in sources("perfdesk")]
    script = (
        f"import importlib, sys\nfor m in {modules!r}: importlib.import_module(m)\n"
        f"print([m for m in sys.modules if m.split('.')[0] in {QT!r}])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr


def test_no_module_of_the_core_names_qt() -> None:
    assert importers(QT, "perfdesk") == []


def test_only_the_store_imports_sqlalchemy() -> None:
    assert (
        outside(importers({"sqlalchemy", "sqlite3", "pg8000", "ssl"}, "perfdesk", "ui"), "perfdesk/store")
        == []
    )


def test_only_the_formats_import_file_libraries() -> None:
    assert outside(importers(FORMAT_LIBRARIES, "perfdesk", "ui"), "perfdesk/formats") == []


def test_panels_and_dialogs_do_not_know_each_other() -> None:
    def piece(module: str) -> str | None:
        match = re.match(r"ui\.(?:panels|dialogs)\.\w+", module)
        return match[0] if match else None

    strangers = [
        (name(file), full)
        for file in sources("ui")
        if (own := piece(module_name(file)))
        for full in imports(file)
        if (other := piece(full)) and other != own
    ]
    assert strangers == []


def test_the_local_socket_is_the_only_use_of_the_network() -> None:
    found = [(name(f), full) for f in sources("perfdesk", "ui") for full in imports(f) if "QtNetwork" in full]
    assert {full.rpartition(".")[2] for _, full in found} == {"QLocalServer", "QLocalSocket"}
    assert {file for file, _ in found} == {"ui/door.py"}


def test_nothing_but_the_way_to_a_server_imports_a_network_module() -> None:
    network = {
        "socket",
        "socketserver",
        "ssl",
        "http",
        "ftplib",
        "smtplib",
        "requests",
        "xmlrpc",
        "urllib.request",
    }
    # The bureau's own server is reached from one place, and only where the user named it.
    reached = ("perfdesk/store/link.py",)
    parts = [
        (name(f), full) for f in sources("perfdesk", "ui") for full in imports(f) if name(f) not in reached
    ]
    assert [
        (f, full) for f, full in parts if {full.split(".")[0], ".".join(full.split(".")[:2])} & network
    ] == []


# --- how big things grow ---


def lines_of(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def is_literal_table(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """A function whose one statement after the docstring is a long literal."""
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    return len(body) == 1 and isinstance(body[0], ast.Return | ast.Assign | ast.Expr)


def test_modules_have_at_most_400_lines() -> None:
    sizes = {name(f): len(f.read_text(encoding="utf-8").splitlines()) for f in sources("perfdesk", "ui")}
    assert {file: lines for file, lines in sizes.items() if lines > 400} == {}


def test_functions_have_at_most_50_lines() -> None:
    long = [
        (name(file), node.name, lines_of(node))
        for file in sources("perfdesk", "ui")
        for node in nodes(file)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and lines_of(node) > 50
        and not is_literal_table(node)
    ]
    assert long == []


def test_classes_have_at_most_200_lines() -> None:
    long = [
        (name(file), node.name, lines_of(node))
        for file in sources("perfdesk", "ui")
        for node in nodes(file)
        if isinstance(node, ast.ClassDef) and lines_of(node) > 200
    ]
    assert long == []


def test_every_module_is_named_by_its_subject() -> None:
    assert [name(f) for f in sources("perfdesk", "ui") if VAGUE_NAMES & set(f.with_suffix("").parts)] == []


# --- where words stand ---

HAN = re.compile(r"[\u3400-\u9fff]")


def spoken_texts(file: Path) -> Iterator[tuple[int, str]]:
    """(line, text) of each string with Chinese in it that is not a docstring."""
    bare = {id(n.value) for n in nodes(file) if isinstance(n, ast.Expr)}
    for node in nodes(file):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in bare
            and HAN.search(node.value)
        ):
            yield node.lineno, node.value


def test_words_of_the_window_stand_in_messages() -> None:
    files = [f for f in sources("ui") if not name(f).startswith("ui/messages/")]
    assert [(name(f), line, text) for f in files for line, text in spoken_texts(f)] == []


# --- what may not be in the repository ---

# In pieces, so that this file does not find itself.
MACHINE = re.compile(
    r"(?<![\w.~])/(?:" + "|".join(["wo" + "rk", "ro" + "ot", "ho" + "me", "Us" + "ers", "op" + "t"]) + r")/\w"
)
HOSTS = re.compile(
    "|".join(
        [
            "pypi" + r"\.org",
            "python" + r"hosted\.",
            "npm" + r"js\.",
            r"\bmirrors?\.\w+\.",
            "index-" + "url",
            "find-" + "links",
        ]
    )
)


@cache
def tracked_texts() -> dict[str, str]:
    listing = [
        "git",
        "-c",
        "safe.directory=*",
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]
    names = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    contents = {n: (ROOT / n).read_bytes() for n in names if n and (ROOT / n).is_file()}
    return {n: data.decode("utf-8") for n, data in contents.items() if b"\0" not in data and is_utf8(data)}


def is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


@pytest.mark.parametrize("banned", [MACHINE, HOSTS], ids=["machine paths", "package hosts"])
def test_no_file_names_a_machine_or_a_package_host(banned: re.Pattern[str]) -> None:
    found = [(file, match[0]) for file, text in tracked_texts().items() for match in banned.finditer(text)]
    assert found == []
