"""``collect`` and ``received``: what units hand in, taken from folders and sticks; who has handed in and who has not."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from perfdesk import paths
from perfdesk.bureau.choosing import Wish, arranged_again
from perfdesk.bureau.differing import Differing
from perfdesk.bureau.placing import Tree, apart
from perfdesk.bureau.received import status_of
from perfdesk.bureau.tree_edits import added
from perfdesk.collecting import Desk, differences, look, take
from perfdesk.commands.files import known_forms
from perfdesk.commands.saying import DONE, FOUND_NOTHING_OR_ERRORS, REFUSED, say_json, warn
from perfdesk.commands.storing import off_in, open_store
from perfdesk.commands.unit_tree import key_of
from perfdesk.errors import ChangeRefused
from perfdesk.model.bureau import Node
from perfdesk.model.collected import Choice, Collection, Progress, Status, Took, UnitStatus, Version

if TYPE_CHECKING:
    from perfdesk.store import Store

SHOWN = 5
"""So many differing cells of a unit are printed."""
_NO_FORMS = ("nothing-recognised", "not-a-filing")
_STANDINGS = {
    "same": "和已收的相同",
    "older": "比已收的旧，没有收",
    "undecided": "有几份不同的，没有收",
    "draft": "只有草稿，没有收",
}
_STATES = {"missing": "没有报", "taken": "已报", "accepted": "已受理", "returned": "已退回"}


def collect(args: Namespace) -> int:
    """``collect PATH… [--year Y] [--add-unknown [KEY]] [--take newest|none] [--drafts]``: exit 3 where a file was refused, 1 where
    something else is left to be decided."""
    wish = Wish(args.year, args.take, args.drafts)
    with open_store(args) as store:
        say = _show if sys.stderr.isatty() and not args.json else _show_nothing
        desk = Desk(paths.data_dir(args.data), known_forms(args), store.bureau.nodes(), off_in(store), say)

        def stored(year: int) -> Any:
            return store.bureau.handings(year, replaced=True)

        found = look([Path(p) for p in args.paths], desk, wish, stored)
        if args.add_unknown is not None and found.unplaced:
            desk = replace(desk, nodes=_with_unknown(store, found, args.add_unknown))
            found = arranged_again(found, Tree(desk.nodes), wish, stored)
        several = {(c.node.key, c.year): some for c, some in differences(store, found.choices, desk)}
        took = tuple(take(store, found.choices, desk))
    refused = (*found.refused, *(one.refused for one in took if one.refused))
    if args.json:
        say_json(_collected_json(found, took, several))
    else:
        _print(found, took, several)
    for one in refused:
        warn(one.message)
    if not desk.nodes:
        warn("还没有单位树。请先用 perfdesk tree 名单.xlsx 读入，或加 --add-unknown。")
    if any(one.code not in _NO_FORMS for one in refused):
        return REFUSED
    waiting = any(c.standing in ("undecided", "draft") for c in found.choices)
    return FOUND_NOTHING_OR_ERRORS if refused or waiting or found.unplaced or not found.choices else DONE


def _show(progress: Progress) -> None:
    what = "读取" if progress.doing == "look" else "收下"
    end = "\n" if progress.number == progress.of else ""
    print(
        f"\r\033[K{what} {progress.number}/{progress.of}  {progress.name}",
        end=end,
        file=sys.stderr,
        flush=True,
    )


def _show_nothing(_progress: Progress) -> None:
    pass


def _with_unknown(store: Store, found: Collection, below: str) -> tuple[Node, ...]:
    """Units that name themselves and are like no other in the tree are put below that node."""
    tree = store.bureau.nodes()
    parent = key_of(tree, below) if below else None
    for one in found.unplaced:
        if one.alike or not one.seen.unit_name:
            continue
        try:
            name, code = one.seen.unit_name, one.seen.unit_code
            name, code = (name, code) if code else apart(name)
            tree = added(tree, Node("", code, name, "unit", parent, True))
        except ChangeRefused as told:
            if told.code != "node-exists":  # one unit's second file
                raise
    store.bureau.put_nodes(tree)
    return tree


Several = Mapping[tuple[str, int], tuple[Differing, ...]]
"""Unit and year → what it says differently from before (see ``perfdesk.collecting.differences``)."""


# --- said -------------------------------------------------------------------------------------------------------------


def _print(found: Collection, took: Sequence[Took], several: Several) -> None:
    for one in took:
        if one.refused is None:
            stored = one.choice.stored
            what = "已受理" if stored and stored.state == "accepted" else "已收"
            replaced = f"，替换{what}的" if stored else ""
            waits = f"，错误 {one.errors}，提醒 {one.warnings}" if one.errors or one.warnings else ""
            print(f"{_called(one.choice)}：收下 {one.papers} 份表{replaced}{waits}")
            _print_differing(one.choice, several)
    for choice in found.choices:
        if choice.version is None:
            print(f"{_called(choice)}：{_STANDINGS[choice.standing]}（{_files(choice.versions)}）")
            _print_differing(choice, several)
    for one in found.unplaced:
        near = f"，相近的：{'、'.join(f'{n.name}（{n.key}）' for n in one.near)}" if one.near else ""
        why = "不能确定是哪一个单位" if one.alike else "单位树里没有"
        print(f"{one.seen.unit_name or '没有写单位'}：{why}（{Path(one.seen.path).name}）{near}")
    if found.unopened:
        names = "、".join(Path(path).name for path in found.unopened[:SHOWN])
        print(f"没有打开的其他文件 {len(found.unopened)} 个：{names}{'等' * (len(found.unopened) > SHOWN)}")
    done = [one for one in took if one.refused is None]
    print(f"看了 {found.files} 个文件，收下 {len(done)} 个单位的 {sum(one.papers for one in done)} 份表")


def _called(choice: Choice) -> str:
    other = f"（自称“{choice.other_name}”）" if choice.other_name else ""
    return f"{choice.node.name}{other} {choice.year} 年度"


def _files(versions: Sequence[Version]) -> str:
    return "、".join(Path(one.path).name for version in versions for one in version.files)


def _print_differing(choice: Choice, several: Several) -> None:
    if len(choice.versions) > 1:
        print(f"  有 {len(choice.versions)} 份：{_files(choice.versions)}")
    for version in choice.versions:
        if version.again:
            print(f"  内容相同：{'、'.join(Path(path).name for path in version.again)}")
        for one in version.twice:
            print(f"  “{one.title}”在“{Path(one.left).name}”里不同，采用“{Path(one.taken).name}”的")
        for file in version.files:
            if file.repairs or file.leftovers:
                read = f"读取时修复 {file.repairs} 处，没有采用的文字 {file.leftovers} 处"
                print(f"  “{Path(file.path).name}”{read}（用 perfdesk read 看）")
        if version.first.signer and not version.first.known:
            print(f"  “{version.first.signer}”的受理签名，密钥不在信任之列：{version.first.fingerprint}")
    found = several.get((choice.node.key, choice.year), ())
    lines = [(one, line) for one in found for line in one.lines]
    for one in found:
        if one.kind != "changed":
            print(f"  只有{'原来' if one.kind == 'left' else '现在'}的有：{one.name or one.title}")
    for one, line in lines[:SHOWN]:
        cell = f"{one.name or one.title} · {line.part} · {line.where}"
        print(f"  {cell}：{line.left or '（空）'} → {line.right or '（空）'}")
    if len(lines) > SHOWN:
        print(f"  还有 {len(lines) - SHOWN} 处不同")


def _collected_json(found: Collection, took: Sequence[Took], several: Several) -> dict[str, Any]:
    numbers = {(one.choice.node.key, one.choice.year): one for one in took}
    return {
        "files": found.files,
        "units": [_choice_json(choice, numbers, several) for choice in found.choices],
        "unplaced": [
            {
                "unit_name": one.seen.unit_name,
                "unit_code": one.seen.unit_code,
                "path": one.seen.path,
                "near": [{"key": n.key, "name": n.name} for n in one.near],
                "alike": one.alike,
            }
            for one in found.unplaced
        ],
        "refused": [asdict(one) for one in (*found.refused, *(t.refused for t in took if t.refused))],
        "unopened": list(found.unopened),
    }


def _choice_json(choice: Choice, took: dict[tuple[str, int], Took], several: Several) -> dict[str, Any]:
    key = choice.node.key, choice.year
    one = took.get(key)
    taken = (
        {"number": one.number, "papers": one.papers, "errors": one.errors, "warnings": one.warnings}
        if one and one.number
        else None
    )
    return {
        "unit": choice.node.key,
        "unit_name": choice.node.name,
        "other_name": choice.other_name,
        "year": choice.year,
        "standing": choice.standing,
        "taken": taken,
        "versions": [_version_json(version) for version in choice.versions],
        "differences": sum(len(d.lines) or 1 for d in several.get(key, ())),
    }


def _version_json(version: Version) -> dict[str, Any]:
    first = version.first
    told = {
        "made": first.made,
        "check_code": first.check_code,
        "draft": first.draft,
        "papers": version.papers,
    }
    signed = {"signer": first.signer, "fingerprint": first.fingerprint, "signer_known": first.known}
    files = {"files": [one.path for one in version.files], "again": list(version.again)}
    files |= {name: sum(getattr(one, name) for one in version.files) for name in ("repairs", "leftovers")}
    return {**files, **told, **signed, "twice": [asdict(one) for one in version.twice]}


# --- received ---------------------------------------------------------------------------------------------------------


def received(args: Namespace) -> int:
    """``received --year Y [--node KEY]``: exit 1 where a unit is missing, was returned, or has errors."""
    with open_store(args, read_only=True) as store:
        tree = store.bureau.nodes()
        node = key_of(tree, args.node) if args.node else None
        status = status_of(args.year, tree, store.bureau.handings(args.year), node)
    if args.json:
        say_json(_status_json(status))
    else:
        for one in status.units:
            print(f"{_STATES[one.state]}  {one.node.name}{_handed(one)}")
        missing = len(status.missing)
        print(
            f"{args.year} 年度：应报 {len(status.units)} 个单位，已报 {len(status.units) - missing}，没有报 {missing}"
        )
    wrong = any(u.state in ("missing", "returned") or (u.handing and u.handing.errors) for u in status.units)
    return FOUND_NOTHING_OR_ERRORS if wrong or not status.units else DONE


def _handed(one: UnitStatus) -> str:
    if one.handing is None:
        return ""
    waits = [("错误", one.handing.errors), ("提醒", one.handing.warnings), ("意见", one.handing.notes)]
    said = "".join(f"  {word} {count}" for word, count in waits if count)
    return f"  {one.handing.papers} 份表{'  草稿' if one.handing.draft else ''}{said}"


def _status_json(status: Status) -> dict[str, Any]:
    return {
        "year": status.year,
        "units": [
            {
                "unit": one.node.key,
                "unit_name": one.node.name,
                "expected": one.node.expected,
                "state": one.state,
                "handing": asdict(one.handing) | {"at": one.handing.at.isoformat()} if one.handing else None,
            }
            for one in status.units
        ],
        "nodes": {
            key: asdict(counts) | {"received": counts.received} for key, counts in status.counts.items()
        },
        "missing": [node.key for node in status.missing],
    }
