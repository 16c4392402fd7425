"""``make package``: the built folder, its licences, on Linux the .deb, and the proof that both are what they must be."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import deb
import libraries
import licences
import project
import proof

BUILD = project.ROOT / "build"
SPEC = Path(__file__).resolve().parent / "perfdesk.spec"


def main() -> int:
    os.environ.setdefault("SOURCE_DATE_EPOCH", last_change())
    os.environ["PYTHONHASHSEED"] = "1"  # what PyInstaller writes must not depend on chance
    freeze()
    finish()
    if sys.platform == "linux":
        package = deb.build(project.FOLDER, project.DIST, BUILD / "deb")
        print(f"{package.relative_to(project.ROOT)}  {package.stat().st_size / 1e6:.1f} MB")
    return proof.main()


def last_change() -> str:
    """Seconds of the newest commit; a source tree without git has the day of its change list."""
    told = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=project.ROOT, capture_output=True, text=True, check=False
    )
    return told.stdout.strip() or str(int((project.ROOT / "CHANGELOG.md").stat().st_mtime))


def freeze() -> None:
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
    command += ["--distpath", str(project.DIST), "--workpath", str(BUILD), str(SPEC)]
    subprocess.run(command, cwd=project.ROOT, check=True)


def finish() -> None:
    """Licences beside the program, and no debug information, which nobody here can use."""
    entries = [licences.Entry(*entry) for entry in json.loads((BUILD / "inside.json").read_text())]
    shipped = licences.shipped_resources(project.ROOT)
    licences.write(project.FOLDER, licences.parts(entries), shipped)
    shutil.copyfile(project.ROOT / "LICENSE", project.FOLDER / "LICENSE")
    if sys.platform == "linux":
        for file in libraries.elf_files(project.FOLDER):
            # Libraries that were repaired for a wheel (*.libs) do not survive it for certain.
            if libraries.has_debug_information(file) and not file.parent.name.endswith(".libs"):
                subprocess.run(["strip", "--strip-unneeded", file], check=True)


if __name__ == "__main__":
    sys.exit(main())
