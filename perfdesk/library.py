"""The indicator library: the bureau's standard indicators, common ones written for this program, and the user's own from filings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from perfdesk import paths
from perfdesk.catalog import Catalog, label_key, standard_of
from perfdesk.errors import FormError
from perfdesk.model.filing import Filing, Row, leaves
from perfdesk.model.form import Form
from perfdesk.search import ALIKE, Index, Pinyin
from perfdesk.toml_table import Table, read_toml
from perfdesk.values import one_line, parse_target

Origin = Literal["own", "standard", "common"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A usual kind of indicators (数量指标 …). ``groups``: words in the level-2 headings where such indicators stand, best first."""

    name: str
    level1: str
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One indicator to choose. ``level2`` is its kind or, of own and standard ones, the heading it stood under; ``usual`` the target
    as it is usually written (empty: it differs from unit to unit). Only own ones have ``uses`` (filings), ``year`` and
    ``unit_name``: those of the newest filing it stood in, whose target ``usual`` is then."""

    name: str
    origin: Origin
    level1: str
    level2: str
    unit: str
    direction: str
    usual: str = ""
    explain: str = ""
    theme: str = ""
    uses: int = 0
    year: int | None = None
    unit_name: str = ""


@dataclass(frozen=True, slots=True)
class Library:
    """The built-in entries, and the kinds that the common ones are of."""

    entries: tuple[Entry, ...]
    kinds: Mapping[str, Kind]


# --- built in ---------------------------------------------------------------------------------------------------------


def load(catalog: Catalog, folder: Path | None = None, packs: Sequence[Path] = ()) -> Library:
    """The standards of the schemes and every file of ``library/``, of the program and of ``packs`` (see ``pack_folders``).

    FormError names the first faulty file with all its mistakes."""
    root = (folder or paths.templates()) / "library"
    kinds: dict[str, Kind] = {}
    entries = list(standards(catalog))
    for path in (
        p for one in (root, *(pack / "library" for pack in packs)) for p in sorted(one.glob("*.toml"))
    ):
        entries += _read(path, kinds)
    return Library(tuple(entries), kinds)


def standards(catalog: Catalog) -> Iterable[Entry]:
    """Each standard indicator once, under the heading of the newest form that fixes it."""
    seen: set[str] = set()
    for form in sorted(catalog.forms.values(), key=lambda f: (f.years[0] or 0, f.id), reverse=True):
        for fixed in form.tree.fixed:
            one = fixed.standard
            if one.name not in seen:
                seen.add(one.name)
                explain = f"{one.formula}。{one.explain}" if one.formula else one.explain
                yield Entry(
                    one.name,
                    "standard",
                    fixed.level1,
                    fixed.level2,
                    one.unit,
                    one.direction,
                    one.usual,
                    explain,
                )


def _read(path: Path, kinds: dict[str, Kind]) -> list[Entry]:
    table = read_toml(path)
    if table.text("id") not in ("", path.stem):
        table.problem("id", f"应与文件名一致：{path.stem}")
    for one in table.tables("kinds"):
        kind = Kind(one.text("name"), one.text("level1"), one.texts("groups"))
        one.done()
        kinds[kind.name] = kind
    entries = [entry for theme in table.tables("themes") for entry in _theme(theme, kinds)]
    names: set[str] = set()
    for entry in entries:
        if entry.name in names:
            table.problem("themes", f"“{entry.name}”写了两次")
        names.add(entry.name)
    table.done()
    if table.problems:
        raise FormError(f"{path.parent.name}/{path.name}", tuple(table.problems))
    return entries


def _theme(table: Table, kinds: Mapping[str, Kind]) -> list[Entry]:
    name = table.text("name")
    entries = [_entry(t, name, kinds) for t in table.tables("indicators")]
    table.done()
    return entries


def _entry(table: Table, theme: str, kinds: Mapping[str, Kind]) -> Entry:
    kind = kinds.get(table.choice("kind", tuple(kinds)))
    entry = Entry(
        name=table.text("name"),
        origin="common",
        level1=kind.level1 if kind else "",
        level2=kind.name if kind else "",
        unit=table.text("unit"),
        direction=table.choice("direction", ("≥", "≤", "=", ""), ""),
        usual=table.text("usual", ""),
        explain=table.text("explain"),
        theme=theme,
    )
    table.done()
    return entry


# --- from filings -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Past:
    """One filing to learn from."""

    form: Form
    filing: Filing
    unit_name: str


def own_of(past: Past) -> tuple[Entry, ...]:
    """The named indicators of one filing that the form does not fix."""
    tree, found = past.form.tree, dict[str, Entry]()
    for leaf in leaves(past.filing, tree.id):
        level1, level2, name = leaf.path
        if not one_line(name) or standard_of(tree, name) or label_key(name) in found:
            continue
        found[label_key(name)] = Entry(
            name=" ".join(name.split()),
            origin="own",
            level1=level1,
            level2=level2,
            unit=_unit(leaf.row),
            direction=_sign(leaf.row),
            usual=leaf.row.get("target").strip(),
            explain=leaf.row.get("note").strip(),
            uses=1,
            year=past.filing.year,
            unit_name=past.unit_name,
        )
    return tuple(found.values())


def _sign(row: Row) -> str:
    """Of a target written with a sign; a bare number says nothing of the direction."""
    target = parse_target(row.get("target"), row.get("unit"))
    return "" if target.kind not in ("number", "bare") or one_line(target.text)[:1].isdigit() else target.op


def _unit(row: Row) -> str:
    return row.get("unit").strip() or parse_target(row.get("target")).unit


def merged(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Own entries of several filings by name: the newest stands for all, with the number of filings; most used first."""
    found: dict[str, Entry] = {}
    for entry in entries:
        key = label_key(entry.name)
        known = found.get(key)
        if known is None:
            found[key] = entry
        else:
            newest = entry if (entry.year or 0) > (known.year or 0) else known
            found[key] = replace(newest, uses=known.uses + entry.uses)
    return tuple(sorted(found.values(), key=lambda e: (-e.uses, -(e.year or 0))))


# --- search -----------------------------------------------------------------------------------------------------------


class LibraryIndex:
    """All entries by name, one name once: what the user has used stands for the common entry of the same name."""

    def __init__(self, own: Iterable[Entry], built_in: Iterable[Entry], pinyin: Pinyin | None = None) -> None:
        by_key: dict[str, Entry] = {}
        for entry in (*own, *built_in):
            key = label_key(entry.name)
            known = by_key.get(key)
            by_key[key] = _completed(known, entry) if known else entry
        self.entries = tuple(by_key.values())
        self._by_key = by_key
        self._index = Index(((e.name, e) for e in self.entries), pinyin)

    def named(self, name: str) -> Entry | None:
        """The entry with this name, whatever its width, blanks and punctuation."""
        return self._by_key.get(label_key(name))

    def warm(self) -> None:
        """Look up all pinyin beforehand; safe on another thread."""
        self._index.warm()

    def search(self, words: str, limit: int | None = None) -> tuple[Entry, ...]:
        """Own ones first, guesses last; among equals the better fit, the more used, the shorter."""
        if not words.strip():
            return self.entries[:limit]
        hits = self._index.search(words)
        hits.sort(
            key=lambda h: (
                h.fit == ALIKE,
                h.item.origin != "own",
                h.fit,
                -h.closeness,
                -h.item.uses,
                len(h.item.name),
            )
        )
        return tuple(h.item for h in hits[:limit])


def _completed(own: Entry, built_in: Entry) -> Entry:
    """What the user's own filings do not say of the indicator, its built-in entry does."""
    if own.origin != "own":
        return own
    return replace(
        own,
        theme=own.theme or built_in.theme,
        explain=own.explain or built_in.explain,
        unit=own.unit or built_in.unit,
        direction=own.direction or built_in.direction,
    )
