"""``consolidate``, ``differences``, ``ranking``: what units handed in, added up, against the department's own, and by score."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from perfdesk.bureau.consolidated import AMOUNT, At, Consolidated
from perfdesk.bureau.differences_paper import differences_document
from perfdesk.bureau.standings import standings
from perfdesk.bureau.standings_paper import standings_document
from perfdesk.bureau.summary_paper import summary_document
from perfdesk.bureau.together import KINDS
from perfdesk.bureau_gathering import (
    ALL,
    differences_in,
    filing_in,
    gathered_in,
    sums_in,
    trace_in,
    units_in,
)
from perfdesk.bureau_summary import summarised
from perfdesk.catalog import Catalog
from perfdesk.commands import consolidated_said as said
from perfdesk.commands.files import known_forms
from perfdesk.commands.saying import DONE, FOUND_NOTHING_OR_ERRORS, counter, say_json, warn
from perfdesk.commands.scored import score_json, score_lines
from perfdesk.commands.storing import open_store
from perfdesk.commands.unit_tree import key_of
from perfdesk.compose import compose
from perfdesk.document.blocks import Document
from perfdesk.errors import UserError
from perfdesk.model.bureau import Node, PaperInfo, Scope
from perfdesk.model.form import Form
from perfdesk.values import one_line

if TYPE_CHECKING:
    from perfdesk.store import Store


def consolidate(args: Namespace) -> int:
    """``consolidate --year Y [--node KEY] [--unit KEY…] [--form ID [--scheme ID] [--trace SECTION/LINE/FIELD]] [--to OUT]``: exit 1 where
    nobody handed in anything."""
    if (args.trace and args.to) or ((args.trace or args.scheme) and not args.form):
        raise UserError("consolidate-what", "--trace 和 --scheme 要和 --form 一起写；--trace 不写文件。")
    forms = known_forms(args)
    with open_store(args, read_only=True) as store:
        tree = store.bureau.nodes()
        scope = scope_of(args, tree)
        papers = store.bureau.papers(args.year, scope)
        used = _used(args.form, forms, papers)
        if not used:
            warn(f"{args.year} 年度{of_whom(scope, tree)}没有报送可以汇总的表。")
            return FOUND_NOTHING_OR_ERRORS
        if args.trace:
            return _trace(args, store, used[0], scope)
        if args.indicator:
            return _indicator(args, store, forms, used[0], scope)
        if args.form:
            return _one_form(args, store, forms, used[0], scope, of_whom(scope, tree))
        return _every_form(args, store, forms, used, scope, of_whom(scope, tree))


def differences(args: Namespace) -> int:
    """``differences --year Y --node KEY [--form ID] [--shares] [--to OUT]``: exit 1 where something differs, or there is nothing to be
    compared."""
    forms = known_forms(args)
    with open_store(args, read_only=True) as store:
        tree = store.bureau.nodes()
        node = key_of(tree, args.node)
        used = _used(args.form, forms, store.bureau.papers(args.year, Scope(units=(node,))))
        found = [d for form in used if (d := differences_in(store, form, args.year, node))]
        shares = {
            (one.form.id, cell.at): store.bureau.shares(args.year, [one.form.id], cell.at, Scope(node=node))
            for one in found
            for cell in (one.cells if args.shares or args.json or args.to else ())
        }
    if args.to and found:
        name = next(n.name for n in tree if n.key == node)
        of_form = [(d, {at: s for (form, at), s in shares.items() if form == d.form.id}) for d in found]
        _written(args.to, differences_document(name, args.year, of_form))
    if args.json:
        say_json(
            {"year": args.year, "node": node, "forms": [said.differences_json(d, shares) for d in found]}
        )
    else:
        for one in found:
            print("\n".join(said.difference_lines(one, shares if args.shares else {})))
    if not found:
        warn("没有可以对照的表：要有本部门自己的一份，也要有下级单位的。")
    return FOUND_NOTHING_OR_ERRORS if not found or any(d.cells for d in found) else DONE


def ranking(args: Namespace) -> int:
    """``ranking --year Y [--node KEY] [--unit KEY…] [--to OUT]``: exit 1 where nobody handed in a self-evaluation."""
    forms = known_forms(args)
    with open_store(args, read_only=True) as store:
        tree = store.bureau.nodes()
        scope = scope_of(args, tree)
        papers = store.bureau.papers(args.year, scope)
        meant = [n for n in _below(tree, scope.node) if not scope.units or n.key in scope.units]
    both = [standings(papers, forms.forms, meant, kind) for kind in ("department", "project")]
    found = [one for one in both if one.rows]
    if args.to and found:
        _written(args.to, standings_document(of_whom(scope, tree), args.year, found))
    if args.json:
        say_json(
            {
                "year": args.year,
                "of": of_whom(scope, tree),
                "rankings": [said.standings_json(s) for s in found],
            }
        )
    else:
        print("\n\n".join("\n".join(said.standing_lines(one)) for one in found))
    if not found:
        warn(f"{args.year} 年度{of_whom(scope, tree)}没有报送自评表。")
    return DONE if found else FOUND_NOTHING_OR_ERRORS


def _written(to: str, document: Document) -> None:
    from perfdesk.formats.write import write

    write(document, Path(to))


# --- of whom ----------------------------------------------------------------------------------------------------------


def scope_of(args: Namespace, tree: Sequence[Node]) -> Scope:
    """``--node`` and ``--unit`` by key or name; UserError ``unknown-node``."""
    node = key_of(tree, args.node) if args.node else None
    return Scope(node, tuple(key_of(tree, unit) for unit in args.unit or ()))


def of_whom(scope: Scope, tree: Sequence[Node]) -> str:
    names = {node.key: node.name for node in tree}
    if scope.units:
        first = "、".join(names[u] for u in scope.units[:3])
        return first if len(scope.units) <= 3 else f"{first}等 {len(scope.units)} 个单位"
    return names[scope.node] if scope.node is not None else ALL


def _below(tree: Sequence[Node], node: str | None) -> list[Node]:
    inside = {node}
    found: list[Node] = []
    for one in tree:
        if one.key == node or one.parent in inside:
            inside.add(one.key)
            found.append(one)
    return found


def _used(wanted: str | None, forms: Catalog, papers: Sequence[PaperInfo]) -> list[Form]:
    """The forms that were handed in, or the one that is asked for; UserError where nobody handed in that."""
    ids = dict.fromkeys(p.form for p in papers if p.form in forms.forms)
    if wanted and wanted not in ids:
        raise UserError("no-such-form", f"没有人报送“{wanted}”。报送了的：{'、'.join(ids) or '没有'}。")
    return sorted((forms.form(i) for i in ids if wanted in (None, i)), key=lambda f: (f.kind, f.id))


# --- consolidate ------------------------------------------------------------------------------------------------------


def _every_form(
    args: Namespace, store: Store, forms: Catalog, used: Sequence[Form], scope: Scope, of: str
) -> int:
    if args.to:
        _written(args.to, summary_document(summarised(store, forms, args.year, scope)))
    found = [sums_in(store, form, args.year, scope) for form in used]
    counts = [len(store.bureau.counted(args.year, [form.id], scope)) for form in used]
    if args.json:
        told = [said.consolidated_json(one, n) for one, n in zip(found, counts, strict=True)]
        say_json({"year": args.year, "of": of, "forms": told, **({"path": args.to} if args.to else {})})
        return DONE
    print(f"{of} {args.year} 年度")
    for one, count in zip(found, counts, strict=True):
        print("\n".join(said.headline_lines(one, count)))
    if args.to:
        print(f"已写出 {args.to}")
    return DONE


def _one_form(args: Namespace, store: Store, forms: Catalog, form: Form, scope: Scope, of: str) -> int:
    found = sums_in(store, form, args.year, scope)
    count = len(store.bureau.counted(args.year, [form.id], scope))
    indicators = gathered_in(store, forms, form, args.year, scope)
    wanted = bool(args.to) or (form.evaluation is not None and form.kind in KINDS)
    filing = (
        filing_in(store, forms, found, args.year, scope, of, counter(), args.scheme or "") if wanted else None
    )
    if args.to and filing is not None:
        _written(args.to, compose(form, filing).document)
    scored = filing if filing is not None and form.evaluation is not None else None
    if args.json:
        told = said.consolidated_json(found, count) | {"indicators": said.indicators_json(indicators)}
        told |= {"score": score_json(form, scored)} if scored else {}
        say_json({"year": args.year, "of": of, "forms": [told], **({"path": args.to} if args.to else {})})
        return DONE
    lines = [f"{of} {args.year} 年度", *said.table_lines(found, count), *said.indicator_lines(indicators)]
    print("\n".join([*lines, *(score_lines(form, scored) if scored else ())]))
    if args.to:
        print(f"已写出 {args.to}")
    return DONE


def _trace(args: Namespace, store: Store, form: Form, scope: Scope) -> int:
    found = sums_in(store, form, args.year, scope)
    one = trace_in(store, found, _at(args.trace, found), args.year, scope)
    if args.json:
        say_json({"year": args.year, "form": form.id, **said.traced_json(one)})
        return DONE
    print(one.words)
    for line in said.share_lines(one.shares, one.cell.unit):
        print(f"  {line}")
    return DONE


def _indicator(args: Namespace, store: Store, forms: Catalog, form: Form, scope: Scope) -> int:
    """Each indicator of that name (it may stand below several headings, or in several measures) with its units."""
    found = [
        (one, units_in(store, forms, form, one, args.year, scope))
        for one in gathered_in(store, forms, form, args.year, scope)
        if one_line(args.indicator) in {one_line(name) for name in one.names}
    ]
    if not found:
        raise UserError("no-indicator", f"没有人的“{form.title}”有指标“{args.indicator}”。")
    if args.json:
        told = [said.units_json(one, units) for one, units in found]
        say_json({"year": args.year, "form": form.id, "indicators": told})
        return DONE
    for one, units in found:
        print("\n".join([*said.indicator_lines([one]), *said.unit_lines(units)]))
    return DONE


def _at(said_: str, found: Consolidated) -> At:
    """``支出总表/212/total``; of a field or a list ``budget/total``."""
    parts = said_.split("/")
    section, field = parts[0], parts[-1]
    single = any(t.id == section and t.columns[0][0] == AMOUNT for t in found.tables)
    return section, "" if single else "/".join(parts[1:-1]), field
