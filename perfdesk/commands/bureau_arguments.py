"""The bureau's commands and their arguments: collect, received, tree."""

from __future__ import annotations

from argparse import ArgumentParser


def _collect(parser: ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", metavar="PATH", help="文件夹、U 盘或文件：报送包和普通文件都可以")
    parser.add_argument("--year", type=int, metavar="Y", help="只收这一年度的；没有写明年度的表也算这一年度")
    parser.add_argument(
        "--add-unknown",
        nargs="?",
        const="",
        metavar="KEY",
        help="单位树里没有的单位加进去，挂在这个编码或名称下（不写就放在最上层）",
    )
    parser.add_argument(
        "--take",
        choices=("newest", "none"),
        default="newest",
        help="同一单位有几份不同的：收最新的（默认），或都不收",
    )
    parser.add_argument("--drafts", action="store_true", help="草稿也收")


def _received(parser: ArgumentParser) -> None:
    parser.add_argument("--year", type=int, required=True, metavar="Y", help="哪一年度")
    parser.add_argument("--node", metavar="KEY", help="只看这个编码或名称下面的单位")


def _tree(parser: ArgumentParser) -> None:
    parser.add_argument("files", nargs="*", metavar="FILE", help="单位名单：Excel、Word 或 csv，可以有几个")
    parser.add_argument("--to", metavar="OUT", help="把现在的单位树写成 Excel，改好再读进来")
    parser.add_argument("--add", metavar="NAME", help="加一个单位")
    parser.add_argument("--code", default="", metavar="CODE", help="与 --add 一起：它的编码")
    parser.add_argument(
        "--kind",
        choices=("省", "市", "县", "部门", "单位"),
        help="与 --add 一起：级次（默认按名称：以省、市、县、区结尾的，其余是单位）",
    )
    parser.add_argument("--below", metavar="KEY", help="与 --add 一起：挂在这个编码或名称下")


BUREAU_COMMANDS = {
    "collect": ("collecting:collect", "财政局用：收取文件夹、U 盘里各单位报送的表", _collect),
    "received": ("collecting:received", "财政局用：谁报了，谁没有报，谁的有错误", _received),
    "tree": ("unit_tree:unit_tree", "财政局用：单位树，从 Excel 名单读入、列出、写出", _tree),
}
"""As ``perfdesk.__main__.COMMANDS``."""
