"""Mappings between editions, read strictly from ``templates/mappings/<方案>/<表>.<旧方案>.toml``: all mistakes of a file at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from perfdesk import paths
from perfdesk.catalog import Catalog
from perfdesk.errors import FormError
from perfdesk.model.form import Form
from perfdesk.model.mapping import BecomesLast, CellWay, Fold, Group, GroupChoice, GroupWay, Mapping
from perfdesk.naming import label_key
from perfdesk.pack_folders import roots
from perfdesk.toml_table import Table, read_toml

Mappings = dict[tuple[str, str], Mapping]
"""By the ids of both editions."""


def own_mappings(data: Path) -> Path:
    """Where a user's own mappings are, below the folder of the user's data."""
    return data / "templates" / "mappings"


def load(catalog: Catalog, own: Path | None = None, packs: Sequence[Path] | None = None) -> Mappings:
    """The shipped mappings, those of packs (``packs``: these instead of those installed in ``own``) and those in the user's folder of data
    ``own``; a later one wins. FormError names the first faulty file with all its
    mistakes."""
    found: Mappings = {}
    brought = [one / "mappings" for one in roots(own, packs)]
    for folder in (paths.templates() / "mappings", *brought, *([own_mappings(own)] if own else [])):
        for path in sorted(folder.glob("*/*.toml")):
            one = read_mapping(path, catalog)
            found[one.source, one.target] = one
    return found


def read_mapping(path: Path, catalog: Catalog) -> Mapping:
    """FormError lists every mistake with its path in the file."""
    table = read_toml(path)
    source, target = _form(table, "from", catalog), _form(table, "to", catalog)
    if source and target:
        _check_place(table, path, source, target)
    mapping = Mapping(
        source=source.id if source else "",
        target=target.id if target else "",
        cells=tuple(_cell(t, source, target) for t in table.tables("cells")),
        folds=tuple(_fold(t, source, target) for t in table.tables("folds")),
        groups=tuple(_group(t, source, target) for t in table.tables("groups")),
        last=tuple(_last(t, target) for t in table.tables("last")),
    )
    table.done()
    if table.problems:
        raise FormError(f"{path.parent.name}/{path.name}", tuple(table.problems))
    return mapping


def _form(table: Table, key: str, catalog: Catalog) -> Form | None:
    name = table.text(key)
    if name and name not in catalog.forms:
        table.problem(key, f"没有表样“{name}”")
    return catalog.forms.get(name)


def _check_place(table: Table, path: Path, source: Form, target: Form) -> None:
    wanted = f"{target.scheme}/{target.kind}.{source.scheme}.toml"
    if f"{path.parent.name}/{path.name}" != wanted:
        table.problem("to", f"文件应放在 {wanted}")


def _has(form: Form, address: str) -> bool:
    section, _, column = address.partition("/")
    return form.has(section) and form.section(section).field(column) is not None


def _address(table: Table, key: str, address: str, form: Form | None) -> str:
    if address and form is not None and not _has(form, address):
        table.problem(key, f"“{form.scheme_name}”没有“{address}”")
    return address


def _cell(table: Table, source: Form | None, target: Form | None) -> CellWay:
    own = _address(table, "from", table.text("from"), source)
    to = tuple(_address(table, "to", one, target) for one in table.texts("to"))
    if not to:
        table.problem("to", "缺少")
    section = own.partition("/")[0]
    single = source is not None and source.has(section) and source.section(section).kind == "fields"
    if not single and (len(to) > 1 or any(one.partition("/")[0] != section for one in to)):
        table.problem("to", "表格里的栏只能对应同一部分的一栏")
    table.done()
    return CellWay(own, to)


def _fold(table: Table, source: Form | None, target: Form | None) -> Fold:
    own = _address(table, "from", table.text("from"), source)
    into = _address(table, "into", table.text("into"), target)
    fold = Fold(own, into, table.texts("drop"))
    table.done()
    return fold


def _group(table: Table, source: Form | None, target: Form | None) -> GroupWay:
    own = _heading(table, "from", source)
    to: list[GroupChoice] = []
    for one in table.tables("to"):
        choice = GroupChoice(_heading(one, "group", target), one.texts("near"), one.texts("words"))
        for near in choice.near:
            known = target is not None and (target.has(near) or _has(target, near))
            if not known:
                one.problem("near", f"没有“{near}”")
        to.append(choice)
        one.done()
    if not to:
        table.problem("to", "缺少")
    table.done()
    return GroupWay(own, tuple(to))


def _heading(table: Table, key: str, form: Form | None) -> Group:
    level1, _, level2 = table.text(key).partition("/")
    groups = form.tree.groups if form else ()
    names = {(label_key(g.level1), label_key(n)) for g in groups for n in (g.level2, *g.aliases)}
    if form is not None and (label_key(level1), label_key(level2)) not in names:
        table.problem(key, f"“{form.scheme_name}”没有指标组“{level1}/{level2}”")
    return level1, level2


def _last(table: Table, target: Form | None) -> BecomesLast:
    name = table.text("from")
    first = name.partition("/")[0]
    known = target is not None and (
        (target.budget is not None and any(t.id == first for t in target.budget.tables)) or _has(target, name)
    )
    if name and not known:
        table.problem("from", f"没有“{name}”")
    last = BecomesLast(name, _address(table, "to", table.text("to"), target))
    table.done()
    return last
