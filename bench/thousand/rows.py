"""Rows of a made filing: ids by counting, trees from (level 1, level 2, cells)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType

from bench.thousand.made import OVERALL, Key, MadeFiling, written
from perfdesk.catalog import Catalog, load
from perfdesk.model.filing import Filing, Row, empty_filing
from perfdesk.model.form import Form

Leaf = tuple[str, str, Mapping[str, str]]


@cache
def catalog() -> Catalog:
    return load()


def form_of(form_id: str) -> Form:
    return catalog().form(form_id)


def fields(section: str, cells: Mapping[str, str]) -> Row:
    return Row(section, section, MappingProxyType({k: v for k, v in cells.items() if v}))


def listed(section: str, records: Iterable[Mapping[str, str]]) -> Iterator[Row]:
    for number, cells in enumerate(records, 1):
        yield Row(f"{section}-{number}", section, MappingProxyType(dict(cells)))


def tree(leaves: Iterable[Leaf]) -> Iterator[Row]:
    """Ids: ``a1`` of a level 1, ``b1`` of a level 2, ``c1`` of the first indicator."""
    section, above = "indicators", dict[tuple[str, ...], str]()
    for number, (one, two, cells) in enumerate(leaves, 1):
        if (one,) not in above:
            above[one,] = f"a{len(above) + 1}"
            yield Row(above[one,], section, MappingProxyType({"level1": one}))
        if (one, two) not in above:
            above[one, two] = f"b{len(above) + 1}"
            yield Row(above[one, two], section, MappingProxyType({"level2": two}), above[one,])
        yield Row(f"c{number}", section, MappingProxyType(dict(cells)), above[one, two])


def money_fields(section: str, fen: Mapping[str, int], yuan: bool) -> tuple[Row, dict[Key, int]]:
    """Nothing is written for 0 but where it is the total."""
    kept = {column: value for column, value in fen.items() if value or column == "total"}
    row = fields(section, {column: written(value, yuan) for column, value in kept.items()})
    return row, {(section, "", column): value for column, value in kept.items()}


def made(form_id: str, year: int, rows: Iterable[Row], amounts: Mapping[Key, int]) -> MadeFiling:
    filing: Filing = empty_filing(form_of(form_id), year, tuple(rows))
    return MadeFiling(filing, MappingProxyType(dict(amounts)))


def is_yuan(form_id: str) -> bool:
    return form_id == OVERALL
