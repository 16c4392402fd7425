"""What the program is called, in the one place that everything in this folder asks; the version comes from pyproject.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
FOLDER = DIST / "perfdesk"

NAME = "perfdesk"
WINDOW = "perfdesk-window"
"""The program without a console, which opens the files it is given; ``perfdesk`` is the one for commands."""
TITLE = "绩效填报台"
ENGLISH = "PerfDesk"
MAKER = "PerfDesk"


def described() -> dict[str, str]:
    """``version``, ``description`` and ``license`` as pyproject.toml has them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {key: str(project[key]) for key in ("version", "description", "license")}


def version() -> str:
    return described()["version"]
