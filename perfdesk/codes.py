"""Lists of classification codes (科目): the shipped ones, a user's own in their place, and single codes that a user added."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import cast, get_args

from perfdesk import paths
from perfdesk.errors import FormError
from perfdesk.model.ledger import CODE_LENGTHS, CodeKind, code_levels
from perfdesk.pack_folders import roots
from perfdesk.toml_table import Table, read_toml, toml_of

ADDED = "own.toml"
"""Single codes of the user's, added to every list of their kind."""

_LINE = re.compile(r"(\d+)\s+(\S.*)")


@dataclass(frozen=True, slots=True)
class CodeList:
    """``names``: code → name. ``usual``: beginning of a code → the kind of expenditure (of a ledger) that a new amount there counts as.
    ``added``: codes that are the user's own. Finding a code by what a person types is ``budget.find_codes``."""

    id: str
    kind: CodeKind
    year: int
    source: str
    names: Mapping[str, str]
    usual: Mapping[str, str] = field(default_factory=dict[str, str])
    added: frozenset[str] = frozenset()

    def above(self, code: str) -> tuple[str, ...]:
        """The codes above it, outermost first, whether or not the list has the code itself."""
        return tuple(c for c in code_levels(self.kind, code)[:-1] if c in self.names)


def own_folder(data: Path) -> Path:
    """Where a user's own lists are, below the folder of the user's data."""
    return data / "standards" / "codes"


def load(
    shipped: Path,
    own: Path | None = None,
    faults: list[FormError] | None = None,
    packs: Sequence[Path] = (),
) -> Mapping[str, CodeList]:
    """The lists by id, those of ``packs`` (see ``pack_folders``) beside or in place of the shipped ones.

    A file in ``own`` replaces the shipped list of the same name or is one more; ``own.toml`` there adds codes.
    FormError names the first faulty file with all its mistakes; where ``faults`` is given, faulty files of the user's are left out and
    told there."""
    lists = _whole_lists(shipped, own, faults, packs)
    if own and (path := own / ADDED).exists():
        try:
            lists = _with_added(read_toml(path), lists, f"{own.name}/{ADDED}")
        except FormError as error:
            _tell(error, faults)
    return MappingProxyType({one.id: one for one in lists})


def check_added(text: str, own: Path) -> None:
    """Whether ``own.toml`` in ``own`` may say this: FormError with what is wrong."""
    lists = _whole_lists(paths.templates() / "standards" / "codes", own, packs=roots(own.parents[1]))
    _with_added(toml_of(text, ADDED), lists, f"{own.name}/{ADDED}")


def _whole_lists(
    shipped: Path,
    own: Path | None,
    faults: list[FormError] | None = None,
    packs: Sequence[Path] = (),
) -> list[CodeList]:
    lists = {path.stem: read_list(path) for path in sorted(shipped.glob("*.toml"))}
    folders = [*(one / "standards" / "codes" for one in packs), *([own] if own else [])]
    for path in (p for folder in folders for p in sorted(folder.glob("*.toml"))):
        if path.name != ADDED:
            try:
                lists[path.stem] = read_list(path)
            except FormError as error:
                _tell(error, faults)
    return list(lists.values())


def _tell(error: FormError, faults: list[FormError] | None) -> None:
    if faults is None:
        raise error
    faults.append(error)


def read_line(line: str) -> tuple[str, str] | None:
    """Code and name; None for a line that is no code (blank, a comment, wrong)."""
    match = _LINE.fullmatch(line.strip())
    return (match[1], match[2].strip()) if match else None


def read_list(path: Path) -> CodeList:
    """One file."""
    table = read_toml(path)
    if table.text("id") not in ("", path.stem):
        table.problem("id", f"应与文件名一致：{path.stem}")
    kind = cast(CodeKind, table.choice("kind", get_args(CodeKind)))
    usual: dict[str, str] = {}
    for one in table.tables("usual"):
        usual |= dict.fromkeys(one.texts("codes"), one.text("kind"))
        one.done()
    made = CodeList(
        id=path.stem,
        kind=kind,
        year=table.integer("year"),
        source=table.text("source"),
        names=MappingProxyType(_codes(table, "codes", kind, {})),
        usual=MappingProxyType(usual),
    )
    _finish(table, f"{path.parent.name}/{path.name}")
    return made


def _with_added(table: Table, lists: list[CodeList], name: str) -> list[CodeList]:
    """Each list with the user's codes of its kind; the name of a code that the list has is the user's."""
    texts = {kind: table.text(kind, "") for kind in get_args(CodeKind)}
    made: list[CodeList] = []
    told: list[str] = []
    for one in lists:
        own = Table({one.kind: texts[one.kind]}, "", told)
        added = _codes(own, one.kind, one.kind, one.names) if texts[one.kind] else {}
        names = MappingProxyType({**one.names, **added})
        made.append(replace(one, names=names, added=frozenset(added)))
    table.problems += dict.fromkeys(told)
    _finish(table, name)
    return made


def _codes(table: Table, key: str, kind: CodeKind, known: Mapping[str, str]) -> dict[str, str]:
    """The lines ``code name``; blank lines and lines that begin with ``#`` do not count. ``known``: codes that are there already."""
    found: dict[str, str] = {}
    lengths = CODE_LENGTHS.get(kind, ())
    for number, line in _lines(table.text(key)):
        parts = read_line(line)
        code = parts[0] if parts else ""
        if parts is None:
            table.problem(key, f"第 {number} 行“{line}”应为“编码 名称”")
        elif lengths and len(code) not in lengths and len(code) < lengths[-1]:
            table.problem(key, f"第 {number} 行：编码 {code} 应为 {'、'.join(map(str, lengths))} 位")
        elif code in found:
            table.problem(key, f"第 {number} 行：编码 {code} 出现两次")
        if parts:
            found[code] = parts[1]
    for code in found if lengths else ():
        for above in code_levels(kind, code)[:-1]:
            if above not in found and above not in known:
                table.problem(key, f"{code} 的上级 {above} 不在目录里")
    return found


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        if (stripped := line.strip()) and not stripped.startswith("#"):
            yield number, stripped


def _finish(table: Table, name: str) -> None:
    table.done()
    if table.problems:
        raise FormError(name, tuple(table.problems))
