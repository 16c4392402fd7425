"""The commands about people and their arguments: person, audit."""

from __future__ import annotations

from argparse import ArgumentParser


def _person(parser: ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--set", metavar="LOGIN", help="登记这个登录名（先在服务器上建立它），或改它的角色")
    what.add_argument("--remove", metavar="LOGIN", help="取消登记")
    parser.add_argument(
        "--role", choices=("unit", "reviewer", "administrator"), help="单位填报人、审核人、管理员"
    )
    parser.add_argument("--node", default="", metavar="KEY", help="哪个单位，或审核哪个编码、名称下面的单位")
    parser.add_argument("--name", default="", metavar="NAME", help="姓名")


def _audit(parser: ArgumentParser) -> None:
    parser.add_argument("--since", default="", metavar="DAY", help="从这一天起，如 2026-03-01")
    parser.add_argument("--most", type=int, default=1000, metavar="N", help="最多几行（默认 1000）")


PEOPLE_COMMANDS = {
    "person": ("people:person", "数据在服务器上时：谁可以看和做什么，登记和取消", _person),
    "audit": ("people:audit", "谁在什么时候做了什么，最新的在前", _audit),
}
