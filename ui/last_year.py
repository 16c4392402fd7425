"""Last year's targets, to stand beside this year's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from perfdesk.catalog import label_key
from perfdesk.model.filing import Filing, leaves

if TYPE_CHECKING:
    from perfdesk.catalog import Catalog
    from perfdesk.store import FilingInfo, Store


def targets_of(filing: Filing, catalog: Catalog) -> Mapping[tuple[str, ...], str]:
    """Raw targets by the folded names of the levels, and by the leaf's folded name alone (the first of that name)."""
    found: dict[tuple[str, ...], str] = {}
    for leaf in leaves(filing, catalog.form(filing.form).tree.id):
        key = tuple(label_key(name) for name in leaf.path)
        found.setdefault(key, leaf.row.get("target"))
        found.setdefault(key[2:], leaf.row.get("target"))
    return found


def targets_before(
    store: Store, catalog: Catalog, infos: Sequence[FilingInfo], year: int | None
) -> Mapping[tuple[str, ...], str]:
    """Those of the year before ``year`` among the unit's filings; empty where there is none."""
    info = next((i for i in infos if year is not None and i.year == year - 1), None)
    return targets_of(store.filing(info.id), catalog) if info else {}


def target_before(targets: Mapping[tuple[str, ...], str], *names: str) -> str:
    """Last year's raw target of the indicator with these names, empty where there was none."""
    key = tuple(label_key(name) for name in names)
    return targets.get(key) or targets.get(key[-1:], "")
