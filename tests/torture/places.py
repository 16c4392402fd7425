"""Odd folders and odd locales: the commands do their work there, or say in one line why not; every file is its owner's alone."""

from __future__ import annotations

import os
import random
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.torture.experiment import Experiment, Outcome

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 120

WORK = """
import io, json, os, sys
os.umask(0o022)
from perfdesk import __main__ as program
if "mute" in sys.argv[1]:
    program._speak_utf8 = lambda stream: None
data, out = sys.argv[2:4]
named = ["--data", data] if data else []
def do(*words, stdin=""):
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin.encode()), "ascii")
    code = program.main([*named, *words])
    if code:
        sys.exit(code)
do("import", os.path.join(out, "sample.json"))
do("apply", "1", stdin=json.dumps({"set": "basic/goal", "to": "改过的目标 𠮷"}) + "\\n")
do("list")
do("backup")
do("export", "1", "--to", os.path.join(out, "稿.docx"), "--draft")
do("score", "--copy", "national-2020", "own-1")
do("verify")
do("show", "1")
"""
"""What an accountant's year needs, in one process; ends with the first code that is not 0."""

TRIAL = "import sys; from perfdesk.__main__ import main; sys.exit(main(['--window-trial', sys.argv[2]]))"


@dataclass(frozen=True)
class Place:
    """``make``: the folder of data in an empty folder. ``possible``: the work can be done there."""

    name: str
    make: Callable[[Path], bytes]
    possible: bool = True


def _named(text: str | bytes) -> Callable[[Path], bytes]:
    def make(home: Path) -> bytes:
        return os.path.join(os.fsencode(home), text.encode() if isinstance(text, str) else text)

    return make


def _linked(home: Path) -> bytes:
    (home / "真的").mkdir()
    (home / "链接").symlink_to(home / "真的")
    return os.fsencode(home / "链接")


def _file_in_the_way(home: Path) -> bytes:
    (home / "file").write_text("x")
    return os.fsencode(home / "file")


def _below_a_file(home: Path) -> bytes:
    return _file_in_the_way(home) + b"/data"


def _open_to_all(home: Path) -> bytes:
    (home / "open").mkdir(mode=0o755)
    return os.fsencode(home / "open")


PLACES = (
    Place("Chinese and blanks", _named("绩效 数据 2026 年（终稿）")),
    Place("a rare character and a sign", _named("𠮷😀目标")),
    Place("signs of addresses", _named("a?b#c%41&d=e'f\"g;h")),
    Place("a dot at the end", _named("data.")),
    Place("a blank at the end", _named("data ")),
    Place("begins with a dash", _named("-data")),
    Place("a line break", _named("a\nb")),
    Place("no Unicode", _named(b"\xbc\xa8\xd0\xa7")),
    Place("as long as a name may be", _named("绩" * 85)),
    Place("deep", _named("/".join(["很深的文件夹"] * 18))),
    Place("a link", _linked),
    Place("open to all", _open_to_all),
    Place("longer than a name may be", _named("绩" * 86), possible=False),
    Place("too deep", _named("/".join(["很深的文件夹"] * 30)), possible=False),
    Place("a file of that name", _file_in_the_way, possible=False),
    Place("below a file", _below_a_file, possible=False),
)
LOCALES: Mapping[str, Mapping[str, str]] = {
    "UTF-8": {"LANG": "C.UTF-8"},
    "none": {},
    "C": {"LC_ALL": "C"},
    "POSIX": {"LC_ALL": "POSIX", "LANG": "zh_CN.UTF-8"},
    "GBK": {"LANG": "zh_CN.GBK", "PYTHONIOENCODING": "gbk"},
    "ASCII": {"PYTHONIOENCODING": "ascii:strict"},
    "Latin-1": {"LC_ALL": "en_US.ISO-8859-1", "PYTHONIOENCODING": "latin-1"},
}


def _environment(locale: str, home: Path | None) -> dict[str, str]:
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHON", "PERFDESK", "XDG_"))
    }
    kept.pop("HOME", None)
    named = {"HOME": str(home)} if home else {}
    return kept | LOCALES[locale] | named | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}


def _tried(place: Place, locale: str, home: Path, how: str, window: bool) -> str | None:
    """What went otherwise than promised; None: nothing."""
    spot, out = home / "spot", home / "out"
    spot.mkdir(parents=True)
    out.mkdir()
    shutil.copyfile(ROOT / "resources" / "samples" / "2022.json", out / "sample.json")
    data = place.make(spot)
    script = home / "work.py"
    script.write_text(TRIAL if window else WORK, encoding="utf-8")
    words = [sys.executable, str(script), how, data, os.fsencode(out)]
    done = subprocess.run(
        words, cwd=ROOT, env=_environment(locale, home), capture_output=True, timeout=PATIENCE, check=False
    )
    said = done.stderr.decode("utf-8", "replace").strip()
    if b"Traceback" in done.stderr + done.stdout:
        return f"a traceback: {said[-900:]}"
    if not place.possible:
        one_line = len(said.splitlines()) == 1 or window
        return (
            None
            if done.returncode == 3 and one_line
            else f"not refused in one line: {done.returncode} {said}"
        )
    if done.returncode:
        return f"ended with {done.returncode}: {said or done.stdout.decode('utf-8', 'replace')}"
    if not window and "改过的目标 𠮷" not in done.stdout.decode("utf-8", "replace"):
        return "what was saved does not come back"
    return _modes(os.path.join(os.fsdecode(data), "window") if window else os.fsdecode(data), place)


def _modes(data: str, place: Place) -> str | None:
    for folder, _, files in os.walk(data):
        wrong = [f for f in files if stat.S_IMODE(os.lstat(os.path.join(folder, f)).st_mode) & 0o077]
        if wrong:
            return f"others may read {wrong}"
        if (
            place.make is not _open_to_all
            and place.make is not _linked
            and stat.S_IMODE(os.stat(data).st_mode) != 0o700
        ):
            return "others may look into the folder"
    return None


def _run(tries: int, seed: int, folder: Path, how: str = "", window_every: int = 5) -> Outcome:
    """The first tries are those that are hardest on the program, the others are drawn."""
    rng = random.Random(seed)
    drawn = [(PLACES[0], "ASCII"), (PLACES[7], "POSIX"), (PLACES[12], "C")]
    drawn += [(place, rng.choice(list(LOCALES))) for place in PLACES]
    drawn += [(rng.choice(PLACES), rng.choice(list(LOCALES))) for _ in range(tries)]
    failures: list[str] = []
    for number, (place, locale) in enumerate(drawn[:tries]):
        window = number % window_every == window_every - 1 and not how
        found = _tried(place, locale, folder / str(number), how, window)
        if found:
            failures.append(f"{place.name}, locale {locale}{', window' if window else ''}: {found}")
    return Outcome(tries, tuple(failures))


EXPERIMENTS = (
    Experiment(
        name="odd-places",
        promise="in any folder and locale the work is done or refused in one line, and every file is its owner's alone",
        run=_run,
        control=lambda seed, folder: _run(1, seed, folder, how="mute"),
        short=2,
        full=45,
    ),
)
