"""The bureau's commands and their arguments: collect, received, tree; consolidate, differences, ranking."""

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


def _scope(parser: ArgumentParser) -> None:
    parser.add_argument("--year", type=int, required=True, metavar="Y", help="哪一年度")
    parser.add_argument("--node", metavar="KEY", help="只算这个编码或名称下面的单位（默认全部）")
    parser.add_argument("--unit", action="append", metavar="KEY", help="只算这个单位，可以写几次")


def _consolidate(parser: ArgumentParser) -> None:
    _scope(parser)
    parser.add_argument("--form", metavar="ID", help="只汇总这个表样，逐格列出（默认各表只列主要的数）")
    parser.add_argument("--scheme", metavar="ID", help="自评表按这个评分方案汇总评分")
    parser.add_argument("--trace", metavar="CELL", help="这一格由哪些单位相加，如 支出总表/212/total")
    parser.add_argument("--indicator", metavar="NAME", help="这个三级指标各单位的指标值、完成值和预算总额")
    parser.add_argument(
        "--to", metavar="OUT", help="写成 .xlsx .docx .pdf：有 --form 是汇总后的这张表，没有是全部汇总"
    )


def _differences(parser: ArgumentParser) -> None:
    parser.add_argument("--year", type=int, required=True, metavar="Y", help="哪一年度")
    parser.add_argument("--node", required=True, metavar="KEY", help="哪个部门：它自己的表对下级单位之和")
    parser.add_argument("--form", metavar="ID", help="只看这个表样")
    parser.add_argument("--shares", action="store_true", help="每处不同列出各单位的数")
    parser.add_argument("--to", metavar="OUT", help="差额表写成 .xlsx .docx .pdf")


def _ranking(parser: ArgumentParser) -> None:
    _scope(parser)
    parser.add_argument("--to", metavar="OUT", help="排名写成 .xlsx .docx .pdf")


BUREAU_COMMANDS = {
    "collect": ("collecting:collect", "财政局用：收取文件夹、U 盘里各单位报送的表", _collect),
    "received": ("collecting:received", "财政局用：谁报了，谁没有报，谁的有错误", _received),
    "consolidate": ("consolidating:consolidate", "财政局用：汇总各单位的表，查一个数由谁相加", _consolidate),
    "differences": (
        "consolidating:differences",
        "财政局用：差额表，部门自己的表对下级单位之和",
        _differences,
    ),
    "ranking": ("consolidating:ranking", "财政局用：各单位自评得分排名", _ranking),
    "tree": ("unit_tree:unit_tree", "财政局用：单位树，从 Excel 名单读入、列出、写出", _tree),
}
"""As ``perfdesk.__main__.COMMANDS``."""
