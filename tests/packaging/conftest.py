"""The build's own modules stand in packaging/, which is no package (it would hide the library of that name)."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "packaging"))
