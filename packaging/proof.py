"""What was built, put to the test: its size, what it asks of the system, its ``self-test`` where there is neither Python nor
network nor a home of anybody, and its start beside that of the source tree.

``python packaging/proof.py`` says it again for what ``make package`` left.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import libraries
import project

MOST_BYTES = 220e6
MOST_START = 1.3
STARTS = 5
_PATIENCE = 120


def main() -> int:
    """Prints a line for each; 1 where one does not hold."""
    checks = [small_enough, self_test, manual]
    if sys.platform == "linux":
        checks += [system_asked, quick_start]
    results = [check() for check in checks]
    for good, line in results:
        print(f"{'✓' if good else '✗'} {line}")
    return 0 if all(good for good, _ in results) else 1


def small_enough() -> tuple[bool, str]:
    size = sum(file.lstat().st_size for file in project.FOLDER.rglob("*") if not file.is_dir())
    return size <= MOST_BYTES, f"解开后 {size / 1e6:.0f} MB（至多 {MOST_BYTES / 1e6:.0f}）"


def system_asked() -> tuple[bool, str]:
    """Told, not judged: pip takes the newest wheels that the building machine can run, and its Python wants what it wants."""
    files = libraries.elf_files(project.FOLDER)
    (major, minor), which = libraries.newest_glibc(files)
    (wheel_major, wheel_minor), _ = libraries.newest_glibc([file for file in files if from_wheel(file)])
    name = which.name if which else ""
    return (
        True,
        f"需要 glibc {major}.{minor}（{name}）；其中各轮子要 {wheel_major}.{wheel_minor}，其余来自本机的 Python 和系统",
    )


def from_wheel(file: Path) -> bool:
    """Whether a library in the built folder came with a wheel, and not from the machine that built."""
    inner = file.relative_to(project.FOLDER).parts[1:-1]
    return bool(inner) and not inner[0].startswith("python3")


def self_test() -> tuple[bool, str]:
    with tempfile.TemporaryDirectory() as home:
        alone = without_network()
        done = run_alone(alone, home, "self-test")
        left = sorted(path.name for path in Path(home).iterdir())
    said = done.stdout.decode("utf-8", "replace") + done.stderr.decode("utf-8", "replace")
    where = "没有 Python、没有网络" if alone else "没有 Python（本机不让断开网络）"
    if done.returncode:
        return False, f"{where}的环境里自检没有通过：\n{said}"
    return True, f"{where}的环境里自检通过；主目录里留下：{'、'.join(left) or '无'}"


def manual() -> tuple[bool, str]:
    """The manual with its pictures, made by the built program: pages, pictures and the library that reads them are inside."""
    with tempfile.TemporaryDirectory() as home:
        file = Path(home) / "manual.pdf"
        done = run_alone(without_network(), home, "manual", "--to", str(file))
        size = file.stat().st_size if file.is_file() else 0
    if done.returncode or not size:
        return False, f"手册没有写成：\n{done.stderr.decode('utf-8', 'replace')}"
    return True, f"手册写成 PDF，{size / 1e6:.1f} MB"


def run_alone(before: Sequence[str], home: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """The built program with ``before`` in front (see ``without_network``), in an environment that has nothing else."""
    return subprocess.run(
        [*before, str(project.FOLDER / project.NAME), *arguments],
        env=bare(home),
        cwd=home,
        capture_output=True,
        timeout=_PATIENCE,
        check=False,
    )


def bare(home: str) -> dict[str, str]:
    """No Python and nothing else on the path, and nobody's settings."""
    if sys.platform == "win32":
        return {"SYSTEMROOT": os.environ["SYSTEMROOT"], "TEMP": home, "PATH": "", "USERPROFILE": home}
    return {"HOME": home, "TMPDIR": home, "PATH": "/nowhere", "LANG": "C"}


def without_network() -> list[str]:
    """What to put before a command to run it without any network; empty where the system does not let us."""
    for command in (["unshare", "-n"], ["unshare", "-rn"]):
        if (
            shutil.which("unshare")
            and subprocess.run([*command, "true"], capture_output=True, check=False).returncode == 0
        ):
            return [shutil.which("unshare") or "", *command[1:]]
    return []


def quick_start() -> tuple[bool, str]:
    """Of several starts of each, turn by turn: the quickest counts, for the others tell how busy the machine was."""
    built = [str(project.FOLDER / project.WINDOW)]
    source = [str(project.ROOT / ".venv" / "bin" / "python"), "-m", "ui"]
    with tempfile.TemporaryDirectory() as home:
        started(source, home), started(built, home)  # the first start of each also fills caches
        times = [(started(source, home), started(built, home)) for _ in range(STARTS)]
    ours, theirs = [t[1] for t in times], [t[0] for t in times]
    ratio = min(ours) / min(theirs)
    middle = f"中位 {statistics.median(ours):.2f} 对 {statistics.median(theirs):.2f} 秒"
    line = f"启动到可用 {min(ours):.2f} 秒，从源码 {min(theirs):.2f} 秒，{ratio:.2f} 倍（至多 {MOST_START}；{middle}）"
    return ratio <= MOST_START, line


def started(command: Sequence[str], home: str) -> float:
    """Seconds until the window is painted and its store open: then the door for a second start stands open."""
    door = Path(home) / "perfdesk.socket"
    door.unlink(missing_ok=True)
    environment = bare(home) | {"QT_QPA_PLATFORM": "offscreen"}
    start = time.monotonic()
    running = subprocess.Popen(
        [*command, "--data", home],
        cwd=project.ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not door.exists():
            if running.poll() is not None or time.monotonic() - start > _PATIENCE:
                raise RuntimeError(f"{command[0]}: no window")
            time.sleep(0.002)
        return time.monotonic() - start
    finally:
        running.kill()
        running.wait()


if __name__ == "__main__":
    sys.exit(main())
