"""``check --list``: every check with its reason, an example and the document that asks for it."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from datetime import date

from perfdesk.commands.saying import DONE, WRONG_USAGE, say_json, warn
from perfdesk.commands.storing import off_in, open_store
from perfdesk.rule_book import Entry, entry, rule_book
from perfdesk.switched_off import SETTING, switch_off, switch_on, write_off

SEVERITIES = {"error": "错误", "warning": "提醒", "hint": "提示"}


def list_checks(args: Namespace) -> int:
    entries = rule_book()
    if args.json:
        say_json({"checks": [asdict(e) for e in entries]})
        return DONE
    topic = ""
    for one in entries:
        if one.topic != topic:
            topic = one.topic
            print(f"【{topic}】")
        print("\n".join(_lines(one)))
    print(f"共 {len(entries)} 条。错误不改不能导出正式稿；提醒改正或写明说明；提示供参考。")
    return DONE


def switch(args: Namespace) -> int:
    """``check --off CODE --reason TEXT`` and ``check --on CODE``: kept with the day."""
    code = args.off or args.on
    known = entry(code)
    if known is None:
        warn(f"没有代码为“{code}”的审核规则。用 check --list 看全部规则。")
        return WRONG_USAGE
    if args.off and not (args.reason or "").strip():
        warn("停用一条规则要用 --reason 写明理由。")
        return WRONG_USAGE
    with open_store(args) as store:
        off = off_in(store)
        off = switch_off(off, code, args.reason, date.today()) if args.off else switch_on(off, code)
        store.set_setting(SETTING, write_off(off))
    warn(f"已{'停用' if args.off else '启用'}：{known.title}")
    return DONE


def _lines(entry: Entry) -> list[str]:
    source = f"（{entry.source}）" if entry.source else ""
    return [
        f"  {SEVERITIES[entry.severity]}  {entry.title}  {entry.code}{source}",
        f"        {entry.why}",
        f"        例：{entry.example}",
    ]
