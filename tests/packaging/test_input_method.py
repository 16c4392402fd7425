"""Chinese is typed through ibus, which is all that Qt's wheel carries: also where the desktop says fcitx, which answers it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOLD = "import os; from ui.app import application; application(); print(os.environ.get('QT_IM_MODULE', ''))"


@pytest.mark.parametrize(
    ("desktop", "used"),
    [
        ({"QT_IM_MODULE": "fcitx"}, "ibus"),
        ({"QT_IM_MODULE": "fcitx5", "XMODIFIERS": "@im=fcitx"}, "ibus"),
        ({"XMODIFIERS": "@im=fcitx"}, "ibus"),
        ({"QT_IM_MODULE": "ibus", "XMODIFIERS": "@im=fcitx"}, "ibus"),
        ({"QT_IM_MODULE": "xim", "XMODIFIERS": "@im=fcitx"}, "xim"),
        ({}, ""),
    ],
)
def test_a_desktop_with_fcitx_is_met_through_ibus(desktop: dict[str, str], used: str) -> None:
    environment = {k: v for k, v in os.environ.items() if k not in ("QT_IM_MODULE", "XMODIFIERS")}
    environment |= {"QT_QPA_PLATFORM": "offscreen", **desktop}
    done = subprocess.run(
        [sys.executable, "-c", TOLD], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == used


def test_the_wheel_still_carries_ibus_and_no_fcitx() -> None:
    import PySide6

    plugins = Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforminputcontexts"
    names = " ".join(file.name for file in plugins.iterdir())
    assert "ibus" in names and "fcitx" not in names
