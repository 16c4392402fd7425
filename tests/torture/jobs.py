"""What the tortured program is asked to do, and how to tell afterwards whether everything it promised is there."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from perfdesk import catalog
from perfdesk.commands.saying import counter
from perfdesk.errors import StoreRefused, UserError
from perfdesk.sample import sample_filings
from perfdesk.store import Store
from perfdesk.store.migrations import MIGRATIONS, newest
from perfdesk.store.opening import examine
from tests.store.sample import set_goal
from tests.torture.forking import driver
from tests.torture.traced import Call, Traced, calls

FROZEN = Path(__file__).resolve().parents[1] / "databases"
NOW = newest(MIGRATIONS)
STEPS = 3
_TIME = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00")
_ID = re.compile(r"\b[0-9a-f]{12}\b")


def content(store: Store) -> str:
    """Everything but the moments and the ids that were drawn: the same for two runs of the same steps."""
    return _ID.sub("id", _TIME.sub("then", json.dumps(store.dump(), ensure_ascii=False, sort_keys=True)))


@dataclass(frozen=True, slots=True)
class Told:
    """What a job said before its end. ``code`` None: it was gone before it could say one, or says none."""

    answered: int
    refusals: tuple[str, ...] = ()
    code: int | None = None
    stderr: str = ""
    trouble: str = ""


def told(lines: list[str]) -> Told:
    ended = [json.loads(line[5:]) for line in lines if line.startswith("EXIT {") and line.endswith("}")]
    trouble = [line for line in lines if line.startswith("TROUBLE")]
    said: dict[str, Any] = ended[0] if ended else {"code": None, "stderr": "", "trouble": "".join(trouble)}
    answered = sum(line.startswith("OK") for line in lines)
    refusals = tuple(line for line in lines if line.startswith(("REFUSED", "ERR")))
    done = answered or int(said["code"] == 0 and not refusals)
    return Told(done, refusals, **said)


@dataclass(frozen=True, slots=True)
class Job:
    """``words`` for the driver, in which ``HERE`` stands for the try's folder. ``base``: the folder that each try begins with.

    ``states``: what the store may hold after 0, 1, … answers. ``files``: what stands in ``out`` when it is done. ``calls``: those on
    the try's folder, as it made them undisturbed.
    """

    name: str
    words: tuple[str, ...]
    base: Path
    states: tuple[str, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    calls: tuple[Call, ...] = ()
    damaged: bool = False


class Workshop:
    """The tries of one experiment, one after the other in ``here``."""

    def __init__(self, folder: Path) -> None:
        self.here = folder / "here"
        self.data = self.here / "data"
        self.log = folder / "log"
        self.bases = folder / "bases"

    def begin(self, base: Path) -> None:
        for old in self.here.glob("*"):  # the folder itself stays: it may be a disk of its own
            shutil.rmtree(old) if old.is_dir() else old.unlink()
        shutil.copytree(base, self.here, dirs_exist_ok=True)

    def start(self, job: Job) -> int:
        """The job's process, at its first gate."""
        return driver().start([word.replace("HERE", str(self.here)) for word in job.words])

    def undisturbed(self, job: Job) -> Told:
        """What it says and which calls it makes (in ``log``) where nothing happens to it."""
        self.begin(job.base)
        traced = Traced(self.start(job), self.log)
        driver().go()
        lines = list(driver().rest())
        traced.wait()
        return told(lines)

    def record(self, job: Job) -> None:
        """Every byte that it writes, in ``log``."""
        self.begin(job.base)
        traced = Traced(self.start(job), self.log, whole=True)
        driver().go()
        for _ in driver().rest():
            pass
        traced.wait()

    def learnt(self, job: Job, states: tuple[str, ...] = ()) -> Job:
        """The job with its calls, and with what it leaves behind; ``states``: where more than before and after is known."""
        self.begin(job.base)
        before = "" if job.damaged else self.content()
        said = self.undisturbed(job)
        assert (said.answered > 0, said.trouble, said.refusals) == (True, "", ()), (job.name, said)
        ours = tuple(c for c in calls(self.log) if str(self.here) in c.text)
        files = {path.name: path.read_bytes() for path in (self.here / "out").glob("[!.]*")}
        return Job(
            job.name, job.words, job.base, states or (before, self.content()), files, ours, job.damaged
        )

    def content(self) -> str:
        with Store.open(self.data) as store:
            return content(store)

    # --- what the tries begin with ---

    @cached_property
    def used(self) -> Path:
        """A store with a filing that was edited, a backup of today, an older one to restore, and an old export."""
        base = self.bases / "used"
        (base / "out").mkdir(parents=True)
        with Store.open(base / "data") as store:
            store.add(sample_filings(catalog.load(), counter())[0], "导入")
            store.backup(base / "older.db")
            store.apply(1, set_goal("第一稿"))
            store.backup()
        for kind in ("docx", "xlsx", "pdf"):
            (base / "out" / f"表.{kind}").write_bytes(b"what was exported last time" * 1000)
        line = {"label": "修改 一步", "changes": [{"set": "basic/goal", "to": "一步"}]}
        (base / "one.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
        return base

    @cached_property
    def damaged(self) -> Path:
        base = self.bases / "damaged"
        shutil.copytree(self.used, base)
        (base / "data" / "perfdesk.db").write_bytes(b"this is no database at all " * 1000)
        return base

    def frozen(self, version: int) -> Path:
        base = self.bases / f"v{version}"
        if not base.exists():
            (base / "data").mkdir(parents=True)
            shutil.copyfile(FROZEN / f"v{version}.db", base / "data" / "perfdesk.db")
        return base

    # --- what is asked ---

    def job(self, name: str) -> Job:
        """By its name in ``JOBS``."""
        return JOBS[name](self)

    def of_session(self, deed: str, *words: str) -> Job:
        return self.learnt(Job(deed, ("session", "HERE/data", deed, *words), self.used))

    def of_command(self, name: str, *words: str, stdin: str = "", damaged: bool = False) -> Job:
        base = self.damaged if damaged else self.used
        return self.learnt(
            Job(name, ("command", stdin, "--data", "HERE/data", *words), base, damaged=damaged)
        )

    def of_steps(self, steps: int = STEPS) -> Job:
        """``apply``; the texts are of very different lengths."""
        self.begin(self.used)
        states = [self.content()]
        texts = [
            f"第 {number} 步" + "字" * (number * 997 % 3000 if steps > STEPS else 0)
            for number in range(1, steps + 1)
        ]
        with Store.open(self.data) as store:
            for text in texts:
                store.apply(1, set_goal(text))
                states.append(content(store))
        lines = [{"label": f"修改 {text}", "changes": [{"set": "basic/goal", "to": text}]} for text in texts]
        (self.used / "steps.jsonl").write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
        words = ("command", "HERE/steps.jsonl", "--data", "HERE/data", "apply", "1")
        return self.learnt(Job("apply", words, self.used), tuple(states))

    def of_import(self) -> Job:
        self.begin(self.used)
        from perfdesk.commands.files import together
        from perfdesk.formats.write import write

        forms = catalog.load()
        write(together([*sample_filings(forms, counter())[1:3]], forms), self.used / "in.docx")
        return self.of_command("import", "import", "--again", "HERE/in.docx")

    def of_migration(self, version: int) -> Job:
        job = Job(
            f"migrate v{version}", ("command", "", "--data", "HERE/data", "migrate"), self.frozen(version)
        )
        return self.learnt(job)

    # --- the judgement ---

    def broken(self, job: Job, said: Told, maybe: bool = True) -> str:
        """Why the promise is broken; empty: it holds. ``maybe``: what was under way may be there without having been answered."""
        try:
            with Store.open(self.data) as store:
                if problems := store.verify():
                    return f"verify: {problems[0]}"
                found = content(store)
        except UserError as error:
            return self._refused(job, said, error)
        allowed = job.states[said.answered : said.answered + (2 if maybe else 1)]
        if found not in allowed:
            at = job.states.index(found) if found in job.states else "no whole state"
            return f"{said.answered} answered, found {at}"
        return self._bad_backup(job, found) or self._bad_file(job, said)

    def _refused(self, job: Job, said: Told, error: UserError) -> str:
        """A damaged store may still be one: as long as its file is kept and the backup named."""
        if not job.damaged or said.answered or error.code not in ("damaged", "lost"):
            return f"does not open: {error.code} {error.message}"
        kept = (job.base / "data" / "perfdesk.db").read_bytes()
        if not any(path.read_bytes() == kept for path in self.data.glob("*.db")):
            return "the damaged file is gone"
        return "" if 'restore "' in error.message else f"no backup is offered: {error.message}"

    def _bad_backup(self, job: Job, found: str) -> str:
        """Backups that exist are good; what a migration or a restore replaced is in one of them."""
        versions: list[int] = []
        home = self.data / "backups"
        for path in home.glob("*.db"):
            try:
                versions.append(examine(path, NOW, whole=True))
            except StoreRefused as error:
                return f"bad backup {path.name}: {error.message}"
        for entry in json.loads((home / "index.json").read_text()) if (home / "index.json").exists() else ():
            if not (home / entry["file"]).exists():
                return f"the index lists {entry['file']}, which is not there"
        if job.base.name.startswith("v") and int(job.base.name[1:]) not in versions:
            return "no backup of the older version"
        if (
            "restore" in job.name
            and not job.damaged
            and found == job.states[1]
            and not self._kept(job.states[0])
        ):
            return "what was restored over is in no backup"
        return ""

    def _kept(self, state: str) -> bool:
        for path in (self.data / "backups").glob("*.db"):
            look = self.here / "look"
            shutil.rmtree(look, ignore_errors=True)
            look.mkdir()
            shutil.copyfile(path, look / "perfdesk.db")
            with Store.open(look, read_only=True) as store:
                if content(store) == state:
                    return True
        return False

    def _bad_file(self, job: Job, said: Told) -> str:
        for name, done in job.files.items():
            path, before = self.here / "out" / name, job.base / "out" / name
            have = path.read_bytes() if path.exists() else None
            old = before.read_bytes() if before.exists() else None
            if have not in ((done,) if said.answered else (old, done)):
                return f"{name} is half a file or lost"
        return ""


JOBS: dict[str, Callable[[Workshop], Job]] = {
    **{
        deed: lambda shop, deed=deed: shop.of_session(deed)
        for deed in ("edit", "long", "undo", "come", "delete", "backup")
    },
    "restore": lambda shop: shop.of_session("restore", "HERE/older.db"),
    "apply": Workshop.of_steps,
    "apply many": lambda shop: shop.of_steps(12),
    "apply one": lambda shop: shop.of_command("apply one", "apply", "1", stdin="HERE/one.jsonl"),
    "import": Workshop.of_import,
    **{
        f"export {kind}": lambda shop, kind=kind: shop.of_command(
            f"export {kind}", "export", "1", "--draft", "--to", f"HERE/out/表.{kind}"
        )
        for kind in ("docx", "xlsx", "pdf")
    },
    "backup command": lambda shop: shop.of_command("backup command", "backup"),
    "backup to": lambda shop: shop.of_command("backup to", "backup", "--to", "HERE/copy.db"),
    "restore command": lambda shop: shop.of_command("restore command", "restore", "HERE/older.db"),
    "restore damaged": lambda shop: shop.of_command(
        "restore damaged", "restore", "HERE/older.db", damaged=True
    ),
    **{
        f"migrate v{version}": lambda shop, version=version: shop.of_migration(version)
        for version in range(1, NOW)
    },
}
