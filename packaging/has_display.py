"""Exit 0 where a window can be shown: a Wayland or X display that is named and answers. A dead one would end Qt with an abort."""

from __future__ import annotations

import os
import re
import socket
import sys
from collections.abc import Mapping


def wayland(env: Mapping[str, str]) -> bool:
    name = env.get("WAYLAND_DISPLAY", "")
    return bool(name) and os.path.exists(os.path.join(env.get("XDG_RUNTIME_DIR", "/run/user"), name))


def x11(env: Mapping[str, str]) -> bool:
    match = re.fullmatch(r"(?:unix|(?P<host>[\w.-]*))?:(?P<number>\d+)(?:\.\d+)?", env.get("DISPLAY", ""))
    if not match:
        return False
    if host := match["host"]:
        return answers(socket.AF_INET, (host, 6000 + int(match["number"])))
    path = f"/tmp/.X11-unix/X{match['number']}"
    return answers(socket.AF_UNIX, path) or answers(socket.AF_UNIX, "\0" + path)


def answers(family: int, address: str | tuple[str, int]) -> bool:
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.settimeout(1.0)
        try:
            probe.connect(address)
        except OSError:
            return False
        return True


if __name__ == "__main__":
    sys.exit(0 if wayland(os.environ) or x11(os.environ) else 1)
