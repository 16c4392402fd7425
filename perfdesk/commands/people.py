"""Commands about people: who may do what on a server, and who did what."""

from __future__ import annotations

from argparse import Namespace
from datetime import datetime

from perfdesk.commands.saying import DONE, WRONG_USAGE, say_json, warn
from perfdesk.commands.storing import open_store
from perfdesk.errors import UserError

ROLES = {"unit": "单位填报人", "reviewer": "审核人", "administrator": "管理员"}


def person(args: Namespace) -> int:
    """``person [--set LOGIN --role ROLE [--node KEY] [--name NAME] | --remove LOGIN]``; without either: who is put down."""
    if args.set and not args.role:
        warn("请用 --role 写明角色：unit、reviewer 或 administrator。")
        return WRONG_USAGE
    changes = bool(args.set or args.remove)
    with open_store(args, read_only=not changes) as store:
        from perfdesk.store.rights import Person  # with the store

        if args.set:
            store.people.put(Person(args.set, args.role, args.node, args.name))
        elif args.remove:
            store.people.remove(args.remove)
        people = store.people.all()
    if args.json:
        fields = ("login", "name", "role", "node")
        say_json({"people": [{field: getattr(one, field) for field in fields} for one in people]})
        return DONE
    for one in people:
        print("  ".join(part for part in (one.login, ROLES[one.role], one.node, one.name) if part))
    if not people:
        print("数据在本机的文件里，只有用这台电脑的人，不分角色。")
    return DONE


def audit(args: Namespace) -> int:
    """``audit [--since DAY] [--most N]``"""
    since = _moment(args.since)
    with open_store(args, read_only=True) as store:
        from perfdesk.store.infos import DONE as VERBS

        done = store.people.done(since, args.most)
    if args.json:
        fields = ("who", "verb", "what", "detail")
        say_json(
            {"done": [{"at": d.at.isoformat()} | {name: getattr(d, name) for name in fields} for d in done]}
        )
        return DONE
    for one in done:
        words = (f"{one.at.astimezone():%Y-%m-%d %H:%M:%S}", one.who, VERBS.get(one.verb, one.verb), one.what)
        print("  ".join(part for part in (*words, one.detail) if part))
    return DONE


def _moment(day: str) -> str:
    """As the store keeps times; empty stays empty."""
    if not day:
        return ""
    try:
        from perfdesk.store.codec import time_text

        return time_text(datetime.fromisoformat(day).astimezone())
    except ValueError as error:
        raise UserError("bad-day", f"“{day}”不是日期，请写成 2026-03-01 这样。", str(error)) from error
