"""``tree``: the units below a bureau, read from its lists, shown, written as a list, added to one by one."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from perfdesk.bureau.tree_edits import added
from perfdesk.bureau.tree_files import kind_of, tree_in
from perfdesk.bureau.tree_sheet import KIND_WORDS, tree_document
from perfdesk.commands.saying import DONE, REFUSED, say_json, warn
from perfdesk.commands.storing import open_store
from perfdesk.errors import InputRefused, UserError
from perfdesk.model.bureau import Node, NodeKind


def unit_tree(args: Namespace) -> int:
    """``tree [FILE…] [--to OUT] [--add NAME [--code C] [--below KEY] [--kind K]]``: exit 3 where a list has mistakes;
    nothing has changed then."""
    if (bool(args.files) + bool(args.add) + bool(args.to)) > 1:
        raise UserError("tree-what", "读入名单、加单位、写出名单，一次只做一件。")
    if args.files:
        return _put(args)
    if args.add:
        return _add(args)
    with open_store(args, read_only=True) as store:
        tree = store.bureau.nodes()
    if args.to:
        return _write(args, tree)
    _show(args, tree)
    return DONE


def _put(args: Namespace) -> int:
    from perfdesk.formats.read import read_many

    sources = read_many(args.files)
    if refused := next((one for one in sources if isinstance(one, InputRefused)), None):
        raise refused
    found = tree_in([one for one in sources if not isinstance(one, InputRefused)])
    if found.mistakes:
        if args.json:
            say_json({"nodes": [], "mistakes": [asdict(one) for one in found.mistakes]})
        for one in found.mistakes:
            warn(f"{one.where}  {one.message}".strip())
        warn(f"名单有 {len(found.mistakes)} 处要改，单位树没有改动。")
        return REFUSED
    with open_store(args) as store:
        store.bureau.put_nodes(found.nodes)
    if args.json:
        say_json({"nodes": [asdict(one) for one in found.nodes], "mistakes": []})
    else:
        print(f"单位树已改为 {len(found.nodes)} 个：{_counted(found.nodes)}")
    return DONE


def _add(args: Namespace) -> int:
    with open_store(args) as store:
        tree = store.bureau.nodes()
        said: dict[str, NodeKind] = {word: kind for kind, word in KIND_WORDS.items()}
        kind = said.get(args.kind) or kind_of(args.add)
        parent = key_of(tree, args.below) if args.below else None
        after = added(tree, Node("", args.code, args.add, kind, parent, kind in ("unit", "department")))
        store.bureau.put_nodes(after)
    (node,) = set(after) - set(tree)
    if args.json:
        say_json(asdict(node))
    else:
        print(f"已加“{node.name}”（{node.key}）")
    return DONE


def key_of(tree: Sequence[Node], said: str) -> str:
    """By key, or by a name that one node has; UserError ``unknown-node``."""
    keys = [node.key for node in tree if node.key == said] or [n.key for n in tree if n.name == said]
    if len(keys) != 1:
        several = "有几个" if keys else "没有"
        raise UserError("unknown-node", f"单位树里{several}“{said}”，请写编码（见 perfdesk tree）。")
    return keys[0]


def _write(args: Namespace, tree: Sequence[Node]) -> int:
    from perfdesk.formats.write import write

    write(tree_document(tree), Path(args.to))
    if args.json:
        say_json({"path": args.to, "nodes": len(tree)})
    else:
        print(f"已写出 {args.to}（{len(tree)} 个）")
    return DONE


def _show(args: Namespace, tree: Sequence[Node]) -> None:
    if args.json:
        say_json({"nodes": [asdict(one) for one in tree]})
        return
    depths: dict[str | None, int] = {None: 0}
    for node in tree:
        depths[node.key] = depths[node.parent] + 1
        code = f"{node.code}  " if node.code else ""
        print(f"{'  ' * depths[node.parent]}{code}{node.name}（{KIND_WORDS[node.kind]}）")
    if not tree:
        warn("还没有单位树。请用 perfdesk tree 名单.xlsx 读入单位名单。")


def _counted(tree: Sequence[Node]) -> str:
    counts = [(word, sum(node.kind == kind for node in tree)) for kind, word in KIND_WORDS.items()]
    return "，".join(f"{word} {count}" for word, count in counts if count)
