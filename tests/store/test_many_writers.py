"""Fifty people write at once on one server, some are killed in the middle: what was promised is there, once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from threading import Thread

from perfdesk.store import Store
from tests.postgres import Postgres
from tests.store._writing_child import EDITS, PEOPLE
from tests.store.sample import sample_filing

ROOT = Path(__file__).resolve().parents[2]
PROCESSES, KILLED = "甲乙丙丁戊", "甲丙"
KILLED_AT = 25
"""Lines that a process has said when it is killed; when it is done it has said more than twice as many."""


class Crew:
    """One process of writers, and what it has said."""

    def __init__(self, name: str, url: str, folder: Path, shared: list[int]) -> None:
        self.name = name
        self.said: list[str] = []
        words = [
            sys.executable,
            "-m",
            "tests.store._writing_child",
            url,
            str(folder),
            name,
            *map(str, shared),
        ]
        self.process = subprocess.Popen(
            words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ
        )
        self.listening = Thread(target=self._listen)
        self.listening.start()

    def _listen(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.said.append(line.strip())
            if self.name in KILLED and len(self.said) == KILLED_AT:
                self.process.kill()

    def end(self) -> str:
        """What it complained of."""
        self.listening.join()
        assert self.process.stderr
        complaint = self.process.stderr.read()
        self.process.wait(30)
        return complaint


def test_fifty_writers_lose_nothing(
    server: Postgres, with_tables: str, on_server: Path, tmp_path: Path
) -> None:
    url = server.url(with_tables)
    with Store.open(on_server) as store:
        shared = [store.add(sample_filing(f"共用{n}"), "导入") for n in range(6)]
        crews = [Crew(name, url, tmp_path, shared) for name in PROCESSES]
        assert [crew.end() for crew in crews] == [""] * len(crews)
        said = [line.split() for crew in crews for line in crew.said]
        assert {words[1] for words in said if words[0] == "done"} == set(PROCESSES) - set(KILLED)
        promised = Counter((int(words[1]), " ".join(words[2:])) for words in said if words[0] == "promised")
        alive = len(PROCESSES) - len(KILLED)
        assert len(promised) >= alive * PEOPLE * (EDITS + 1) + len(KILLED) * 5
        assert any(words[0] == "again" for words in said), "nobody met anybody"

        there = Counter((info.id, step.label) for info in store.filings() for step in store.history(info.id))
        assert set(promised.values()) == set(there.values()) - set() == {1}
        assert promised.keys() <= there.keys()
        unheard = [one for one in there if one not in promised and one[1] != "导入"]
        # Whoever was killed may have had one step more in the database than it could say.
        assert len(unheard) <= len(KILLED) * PEOPLE
        assert all(label.removeprefix("修改 ").removeprefix("新增 ")[0] in KILLED for _, label in unheard)

        # Every step was one revision; a filing comes with revision 0.
        revisions = dict(server.ask("SELECT id, revision FROM filing", with_tables))
        assert revisions == {info.id: info.steps - 1 for info in store.filings()}
        assert store.verify() == ()
