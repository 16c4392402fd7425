"""On what was measured."""

from __future__ import annotations

import os
import platform
from pathlib import Path


def machine() -> str:
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        named = [x for x in info.read_text(encoding="utf-8").splitlines() if x.startswith("model name")]
        cpu = named[0].split(":")[1].strip() if named else cpu
    return f"{cpu}，{os.cpu_count()} 核，{platform.system()}，Python {platform.python_version()}"
