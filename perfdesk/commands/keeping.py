"""Commands that keep the store: backup, restore, verify, migrate, dump."""

from __future__ import annotations

from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path

from perfdesk import paths
from perfdesk.commands.filings import open_store
from perfdesk.commands.saying import DONE, FOUND_NOTHING_OR_ERRORS, say_json, warn


def backup(args: Namespace) -> int:
    """``backup [--to FILE]``"""
    with open_store(args) as store:
        path = store.backup(Path(args.to) if args.to else None)
    if args.json:
        say_json({"path": str(path)})
    else:
        print(path)
    return DONE


def restore(args: Namespace) -> int:
    """``restore FILE``: the present store is backed up first, so restoring can be taken back the same way; on a server, what the file
    holds comes to one where nobody has worked yet. ``restore DIR``: the data of a folder where they must not lie become the data of this
    one, which has none yet."""
    from perfdesk.store import copy_folder, restore_folder

    if paths.store_address() or (paths.data_dir(args.data) / paths.STORE_SETTINGS).exists():
        with open_store(args) as store:
            store.restore(Path(args.file))
        return _restored(args)
    if Path(args.file).is_dir():
        copy_folder(Path(args.file), paths.data_dir(args.data))
        return _restored(args)
    kept = restore_folder(paths.data_dir(args.data), Path(args.file), clock=lambda: datetime.now(UTC))
    if kept is not None:
        warn(f"损坏的数据文件另存为 {kept}")
    return _restored(args)


def _restored(args: Namespace) -> int:
    if args.json:
        say_json({"restored": args.file})
    else:
        print(f"已恢复：{args.file}")
    return DONE


def verify(args: Namespace) -> int:
    """``verify``: integrity, foreign keys, journal; exit 1 where something is wrong."""
    with open_store(args, read_only=True) as store:
        problems = store.verify()
    if args.json:
        say_json({"clean": not problems, "problems": list(problems)})
    elif not problems:
        print("数据完好。")
    for problem in problems:
        warn(problem)
    return FOUND_NOTHING_OR_ERRORS if problems else DONE


def migrate(args: Namespace) -> int:
    """``migrate``: opening for writing brings the store up; this says from which version to which."""
    with open_store(args) as store:
        before, after = store.migrate()
    if args.json:
        say_json({"from": before, "to": after})
    else:
        print(f"数据版本 {before} → {after}" if before != after else f"数据已是版本 {after}。")
    return DONE


def dump(args: Namespace) -> int:
    """``dump --json``: everything in order, for comparing."""
    with open_store(args, read_only=True) as store:
        say_json(store.dump())
    return DONE
