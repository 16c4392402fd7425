"""``check --list``: every check with its reason, an example and the document that asks for it."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict

from perfdesk.commands.saying import DONE, say_json
from perfdesk.rule_book import Entry, rule_book

SEVERITIES = {"error": "错误", "warning": "提醒", "hint": "提示"}


def list_checks(args: Namespace) -> int:
    entries = rule_book()
    if args.json:
        say_json({"checks": [asdict(e) for e in entries]})
        return DONE
    topic = ""
    for entry in entries:
        if entry.topic != topic:
            topic = entry.topic
            print(f"【{topic}】")
        print("\n".join(_lines(entry)))
    print(f"共 {len(entries)} 条。错误不改不能导出正式稿；提醒改正或写明说明；提示供参考。")
    return DONE


def _lines(entry: Entry) -> list[str]:
    source = f"（{entry.source}）" if entry.source else ""
    return [
        f"  {SEVERITIES[entry.severity]}  {entry.title}  {entry.code}{source}",
        f"        {entry.why}",
        f"        例：{entry.example}",
    ]
