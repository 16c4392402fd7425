"""Makes a fresh machine ready: system libraries, .venv with the pinned dependencies, .venv/bin/perfdesk.

Run as ``python3 packaging/prepare.py run window test`` (sections of system-packages.txt; ``build`` adds the packager's
pins, ``bench`` those of the peers). Standard library only, in words that an old Python can parse, so that it can say
that it is too old.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "prepared"
LOCKS = {
    "run": ROOT / "requirements.lock",
    "build": ROOT / "packaging" / "requirements-build.lock",
    "bench": ROOT / "bench" / "requirements.lock",
}

LAUNCHER = """#!/bin/sh
'''exec' {python} "$0" "$@"
' '''
import sys

from perfdesk.__main__ import main

sys.exit(main())
"""


def main(sections: list[str]) -> int:
    if sys.version_info < (3, 11):  # noqa: UP036 – the caller's python3 may be any
        return refuse(f"需要 Python 3.11 或更高版本，现在的 python3 是 {sys.version.split()[0]}。")
    if problem := install_system(sections):
        return refuse(problem)
    with Path(__file__).open() as one_at_a_time:
        # A pip that outlives its killed parent still holds the lock.
        os.set_inheritable(one_at_a_time.fileno(), True)
        fcntl.flock(one_at_a_time, fcntl.LOCK_EX)
        return prepare_venv([LOCKS["run"], *(LOCKS[name] for name in ("build", "bench") if name in sections)])


def refuse(problem: str) -> int:
    print(problem, file=sys.stderr)
    return 1


# --- the system's libraries ---


def install_system(sections: list[str]) -> str | None:
    """Installs what is missing; None, or why it cannot be done and what to do about it."""
    missing = missing_packages(sections)
    if not missing:
        return None
    names = " ".join(missing)
    if not shutil.which("apt-get"):
        return f"缺少系统组件，请先安装（以下为 Debian 的包名）：{names}"
    if os.geteuid() != 0:
        return f"缺少系统组件，请先运行：sudo apt-get install --no-install-recommends {names}"
    print(f"正在安装系统组件：{names}", flush=True)
    if apt_get("update") and apt_get("install", "-y", "--no-install-recommends", *missing):
        return None
    return (
        f"系统组件没有装上（原因见上方），请检查软件源后重试：apt-get install --no-install-recommends {names}"
    )


def missing_packages(sections: list[str]) -> list[str]:
    libraries = known_libraries()
    wanted = [(name, probe) for section, name, probe in listed_packages() if section in sections]
    missing = [name for name, probe in wanted if not any(present(p, libraries) for p in probe.split("|"))]
    if not STAMP.exists() and importlib.util.find_spec("ensurepip") is None:
        missing.append(f"python3.{sys.version_info.minor}-venv")
    return missing


def listed_packages() -> list[tuple[str, str, str]]:
    """(section, package, probe) for each line of the list."""
    section, found = "", []
    for line in (ROOT / "packaging" / "system-packages.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            name, probe = line.split()
            found.append((section, name, probe))
    return found


def known_libraries() -> set[str]:
    """Names of all shared libraries that the loader would find."""
    ldconfig = shutil.which("ldconfig", path="/sbin:/usr/sbin:" + os.environ.get("PATH", ""))
    if ldconfig is None:
        return set()
    listing = subprocess.run([ldconfig, "-p"], capture_output=True, text=True, check=False).stdout
    return {line.split()[0] for line in listing.splitlines() if "=>" in line}


def present(probe: str, libraries: set[str]) -> bool:
    if probe.startswith("/"):
        return Path(probe).exists()
    return probe in libraries if ".so" in probe else shutil.which(probe) is not None


def apt_get(*words: str) -> bool:
    command = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=120", "-o", "Dpkg::Use-Pty=0", *words]
    done = subprocess.run(
        command,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    if done.returncode:
        print(done.stdout[-2000:], file=sys.stderr)
    return done.returncode == 0


# --- the project's own Python ---


def prepare_venv(locks: list[Path]) -> int:
    """Makes or updates .venv unless its stamp says that it stands here, whole, with these pins."""
    place, pins = str(ROOT), [digest(lock) for lock in locks]
    stamped = STAMP.read_text(encoding="utf-8").splitlines() if STAMP.exists() else []
    whole = (VENV / "bin" / "python").exists() and stamped[:1] == [place]
    if whole and set(pins) <= set(stamped[1:]):
        return 0
    print("正在准备 .venv（首次约一分钟）……", flush=True)
    if not whole:  # nothing there, moved with its folder, or an earlier run was interrupted
        shutil.rmtree(VENV, ignore_errors=True)
        if not succeeds([sys.executable, "-m", "venv", str(VENV)]):
            return refuse("建不起 .venv，请检查磁盘空间和 python3-venv。")
    STAMP.unlink(missing_ok=True)
    if not all(pip_install(lock) for lock in locks):
        return refuse("依赖没有装全（原因见上方），请检查网络后重试，已下载的部分会重新核对。")
    link_project()
    STAMP.write_text("\n".join([place, *pins]) + "\n", encoding="utf-8")
    return 0


def digest(lock: Path) -> str:
    """One name for a lock file together with the project file it belongs to."""
    return hashlib.sha256(lock.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()


def pip_install(lock: Path) -> bool:
    quiet = ["-qq", "--no-input", "--disable-pip-version-check", "--no-warn-script-location"]
    return succeeds(
        [str(VENV / "bin" / "python"), "-m", "pip", "install", *quiet, "--require-hashes", "-r", str(lock)]
    )


def link_project() -> None:
    """The source tree itself is what runs: a path file instead of an editable install needs no tools."""
    site_packages = next(VENV.glob("lib/python3.*/site-packages"))
    (site_packages / "perfdesk-source.pth").write_text(f"{ROOT}\n", encoding="utf-8")
    launcher = VENV / "bin" / "perfdesk"
    launcher.write_text(LAUNCHER.format(python=shlex.quote(str(VENV / "bin" / "python"))), encoding="utf-8")
    launcher.chmod(0o755)


def succeeds(command: list[str]) -> bool:
    return subprocess.run(command, cwd=ROOT, check=False, close_fds=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
