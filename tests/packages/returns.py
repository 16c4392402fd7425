"""A bureau for tests: what a unit handed in, taken as it is, with what the bureau's own check says of it.

with bureau(folder) as store:                   a tree with one county and one unit (``UNIT``)
    collect(store, handed_in([filing, …]), folder)  the package's filings as its handing
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path

from perfdesk.check import check
from perfdesk.handing_in import packed
from perfdesk.model.bureau import Handing, Node, Paper, Told
from perfdesk.model.filing import Filing
from perfdesk.recognise import Recognised
from perfdesk.store import Store
from perfdesk.submission.taken import said_of
from tests.making import catalog
from tests.packages.made import DAY, gathered_of, read_back

UNIT = "101001"


def tree(name: str) -> tuple[Node, ...]:
    return (
        Node("41", "41", "某县", "county", None, False),
        Node(UNIT, UNIT, name, "unit", "41", True),
    )


@contextmanager
def bureau(folder: Path, name: str) -> Generator[Store]:
    with Store.open(folder) as store:
        store.bureau.put_nodes(tree(name))
        yield store


def handed_in(filings: Sequence[Filing]) -> bytes:
    """A package of these, of the unit that the first of them names and its year."""
    first = filings[0]
    assert first.year is not None
    return packed(gathered_of(filings, first.unit_name, first.year), catalog(), DAY, True, ()).data


def collect(store: Store, data: bytes, folder: Path) -> int:
    """The handing's number."""
    found = read_back(data, folder)
    told = found.handed_in
    assert told is not None
    papers = tuple(_paper(one.filing, found) for one in found.filings)
    handing = Handing(
        UNIT, told.year, "报送包.zip", papers, told.check_code, told.made, told.check_code, told.program
    )
    return store.bureau.take(handing)


def _paper(filing: Filing, found: Recognised) -> Paper:
    form = catalog().form(filing.form)
    said = said_of(found, filing)
    told = tuple(
        Told(f.code, f.severity, f.where, f.title, f.message, next(iter(said.values()), ""))
        for f in check(form, filing)
    )
    return Paper(filing, form.kind, filing.cell("basic/name"), (), (), told)
