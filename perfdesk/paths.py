"""Where things are: the forms, the resources and the user's data.

In a source tree and in a wheel the folders ``templates`` and ``resources`` stand beside the package; in a frozen
program they stand in the folder that PyInstaller unpacks. Nothing else in the program builds such a path.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

DATA_VARIABLE = "PERFDESK_DATA"
STORE_VARIABLE = "PERFDESK_STORE"
STORE_SETTINGS = "store.toml"
"""In the folder of data, where these are on a server."""
_SOURCE = Path(__file__).resolve().parent.parent


def templates() -> Path:
    """The folder of forms, standards and scoring schemes; read only."""
    return _shipped() / "templates"


def resources() -> Path:
    """The folder of fonts, icons, styles and samples; read only."""
    return _shipped() / "resources"


def data_dir(override: str | None = None) -> Path:
    """The user's folder of data, absolute, whether it exists or not; nothing is created.

    ``override`` is what ``--data`` said (None or empty: not said); then PERFDESK_DATA; then the platform's place.
    """
    named = override or os.environ.get(DATA_VARIABLE)
    return Path(named).expanduser().absolute() if named else local_data_dir()


def store_address() -> str:
    """The address of a server for the data, where the environment names one; it goes before what the folder of data says."""
    return os.environ.get(STORE_VARIABLE, "")


def _shipped() -> Path:
    unpacked: str | None = getattr(sys, "_MEIPASS", None)
    return Path(unpacked) if unpacked else _SOURCE


def local_data_dir() -> Path:
    """The platform's place for the user's data, on this computer, whatever anybody said."""
    from platformdirs import user_data_path

    return user_data_path("PerfDesk", appauthor=False)
