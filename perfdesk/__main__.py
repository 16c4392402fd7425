"""The program without a window: ``python -m perfdesk COMMAND``. Without a command the window opens."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Callable, Sequence

from perfdesk.commands.bureau_arguments import BUREAU_COMMANDS
from perfdesk.commands.people_arguments import PEOPLE_COMMANDS
from perfdesk.errors import UserError

Add = Callable[[argparse.ArgumentParser], None]
WINDOW_TRIAL = "--window-trial"
"""The hidden first argument with which ``self-test`` starts the program again, to try its window."""


def _files(parser: argparse.ArgumentParser, count: str = "+") -> None:
    parser.add_argument("files", nargs=count, metavar="FILE", help="docx、xlsx、txt、csv 或 json 文件")


def _id(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", type=int, metavar="ID", help="填报编号（见 perfdesk list）")


def _year(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--year", type=int, metavar="Y", help="年度")


def _check(parser: argparse.ArgumentParser) -> None:
    _files(parser, "*")
    _year(parser)
    parser.add_argument("--list", action="store_true", help="列出全部审核规则：为什么查、例子、依据")
    parser.add_argument("--to", metavar="FILE", help="把审核结果写成文件：.docx .xlsx .pdf")
    parser.add_argument("--off", metavar="CODE", help="停用一条规则，要用 --reason 写明理由")
    parser.add_argument("--on", metavar="CODE", help="重新启用一条规则")
    parser.add_argument("--reason", metavar="TEXT", help="停用的理由")


def _convert(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="IN", help="要读的文件")
    parser.add_argument("target", metavar="OUT", help="要写的文件：.docx .xlsx .pdf .json .txt")


def _import(parser: argparse.ArgumentParser) -> None:
    _files(parser)
    _year(parser)
    parser.add_argument("--unit", metavar="NAME", help="归到哪个单位（默认按表内单位名称）")
    parser.add_argument(
        "--again",
        action="store_true",
        help="同样的表已有内容相同的一份时，再存一份（默认不再导入，打印原有的编号；内容不同的另存一份并说明）",
    )


def _export(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("id", type=int, nargs="?", metavar="ID", help="填报编号")
    what.add_argument("--year", type=int, metavar="Y", help="该年度的全部填报")
    parser.add_argument("--to", required=True, metavar="PATH", help="文件或文件夹")
    parser.add_argument("--format", type=_formats, metavar="docx,xlsx,pdf", help="格式，可用逗号列出几种")
    parser.add_argument("--draft", action="store_true", help="导出带“草稿”字样的稿子（有错误时也可以）")
    parser.add_argument("--set", action="store_true", help="全年合成一份：封面、目录、部门目标、各项目")


def _fill(parser: argparse.ArgumentParser) -> None:
    _id(parser)
    parser.add_argument("blank", metavar="BLANK", help="财政局的空表：.docx 或 .xlsx")
    parser.add_argument("out", metavar="OUT", help="写到这个文件（空表本身不动）")
    parser.add_argument("--draft", action="store_true", help="有错误时也填")
    parser.add_argument("--over", action="store_true", help="空表里已有的内容也改写")
    parser.add_argument(
        "--no-wrap",
        action="store_true",
        help="Excel 里放不下的文字不自动换行：只写入内容，文件其他部分一个字节不动",
    )


def _new_form(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("blank", metavar="BLANK", help="空表：.docx 或 .xlsx")
    parser.add_argument("--title", metavar="T", help="表名（默认按空表）")
    parser.add_argument("--sheet", type=int, default=1, metavar="N", help="Excel 的第几张工作表（默认 1）")
    parser.add_argument("--save", action="store_true", help="存为自己的表样（不加只看认出的内容）")


def _formats(text: str) -> list[str]:
    names = [n.strip().lower() for n in text.split(",") if n.strip()]
    wrong = [n for n in names if n not in ("docx", "xlsx", "pdf", "txt")]
    if wrong or not names:
        raise argparse.ArgumentTypeError(f"不认识的格式：{'、'.join(wrong) or text}")
    return names


def _report(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("id", type=int, nargs="?", metavar="ID", help="自评表或自评报告的填报编号")
    what.add_argument("--year", type=int, metavar="Y", help="该年度的自评")
    parser.add_argument("--to", required=True, metavar="OUT", help="要写的文件：.docx 或 .pdf")
    parser.add_argument("--draft", action="store_true", help="写出带“草稿”字样的稿子（有错误时也可以）")


def _package(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--year", type=int, required=True, metavar="Y", help="哪一年度")
    parser.add_argument("--unit", metavar="NAME", help="哪个单位（本机只有一个单位时不用写）")
    parser.add_argument("--to", required=True, metavar="OUT", help="写到这个文件：.zip")
    parser.add_argument("--draft", action="store_true", help="有错误时也生成，注明草稿，不封存")
    parser.add_argument(
        "--format", type=_formats, metavar="docx,xlsx,pdf", help="附哪几种导出文件（默认三种）"
    )


def _unpack(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="报送包，或财政局的退回意见")
    parser.add_argument("--unit", metavar="NAME", help="归到哪个单位（默认按包里的单位）")
    parser.add_argument("--again", action="store_true", help="同样的表已有内容相同的一份时，再存一份")
    parser.add_argument("--trust", metavar="FINGERPRINT", help="已向财政局核对过的密钥指纹，从此信任它")


def _make_key(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--name", required=True, metavar="NAME", help="谁的密钥：本局的名称")
    parser.add_argument("--to", required=True, metavar="DIR", help="私钥和公钥放在这个文件夹")


def _remarks(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--year", type=int, required=True, metavar="Y", help="哪一年度")
    parser.add_argument("--unit", metavar="NAME", help="哪个单位（本机只有一个单位时不用写）")
    parser.add_argument("--done", metavar="N", help="这条意见已处理（编号见列表，如 1.2）")
    parser.add_argument("--open", metavar="N", help="这条意见还没有处理")
    parser.add_argument(
        "--answer", metavar="TEXT", help="与 --done 或 --open 一起：对它的答复，随下一个报送包交去"
    )


def _accept(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="单位交来的报送包")
    parser.add_argument("--key", required=True, metavar="FILE", help="受理单位的私钥（Ed25519，PEM）")
    parser.add_argument("--name", required=True, metavar="NAME", help="受理单位的名称，写在签名里")
    parser.add_argument("--to", required=True, metavar="OUT", help="带签名的报送包写到这里，可以发还单位")


def _send_back(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--year", type=int, required=True, metavar="Y", help="哪一年度")
    who = parser.add_mutually_exclusive_group(required=True)
    who.add_argument("--unit", metavar="UNIT", help="哪个单位：编码或名称")
    who.add_argument("--all", action="store_true", help="所有有意见未发或有错误的单位，每个一个文件")
    parser.add_argument("--to", required=True, metavar="PATH", help="写到这个文件（.zip）；--all 时是文件夹")
    parser.add_argument("--name", required=True, metavar="NAME", help="本局的名称，单位看得到")
    parser.add_argument("--accept", action="store_true", help="受理（默认退回修改）")
    parser.add_argument("--key", metavar="FILE", help="用这个私钥签名（Ed25519，PEM）")


def _note(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--year", type=int, required=True, metavar="Y", help="哪一年度")
    parser.add_argument("--unit", required=True, metavar="UNIT", help="哪个单位：编码或名称")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--text", metavar="TEXT", help="要告诉单位的话")
    what.add_argument("--drop", type=int, metavar="N", help="删除这条还没有发出的意见")
    parser.add_argument("--paper", type=int, metavar="N", help="报送的第几份表（默认整套）")
    parser.add_argument("--place", metavar="P", help="表里的位置，如 indicators/12/target")


def _notes(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--year", type=int, required=True, metavar="Y", help="哪一年度")
    parser.add_argument("--unit", metavar="UNIT", help="只看这个单位")


def _unseal(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ids", type=int, nargs="+", metavar="ID", help="填报编号")
    parser.add_argument("--reason", required=True, metavar="TEXT", help="理由，留在修改记录里")


def _pack_forms(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="FOLDER", help="放 pack.toml 和表样文件的文件夹")
    parser.add_argument("--key", required=True, metavar="FILE", help="发布单位的私钥（Ed25519，PEM）")
    parser.add_argument("--to", required=True, metavar="OUT", help="写到这个文件：.pdpack")


def _pack_install(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="表样更新包：.pdpack")
    parser.add_argument("--trust", metavar="FINGERPRINT", help="已向发布单位核对过的密钥指纹，从此信任它")


def _pack_remove(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="包的名称（见 pack-list）")


def _backup(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", metavar="FILE", help="备份到这个文件（默认放在数据文件夹的 backups/）")


def _restore(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", metavar="FILE", help="备份文件；或者不能直接使用的数据文件夹（在网盘、共享或 U 盘上）"
    )


def _manual(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", metavar="FILE", help="写成这个文件：.pdf（有图），或 .docx .txt（只有文字）")


def _demo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="DIR", help="放示例文件的文件夹")


def _amounts(text: str) -> object:
    """Read by the command itself, which is imported only when it is asked for."""
    from perfdesk.commands.carrying import amounts_choice

    return amounts_choice(text)


def _carry(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="source", type=int, required=True, metavar="Y", help="从哪一年度")
    parser.add_argument("--to", dest="target", type=int, required=True, metavar="Y2", help="到哪一年度")
    parser.add_argument(
        "--scheme", metavar="ID", help="换成哪一套表样，如 zhengzhou-2023（默认适用于新年度的）"
    )
    parser.add_argument("--unit", metavar="NAME", help="只结转这个单位")
    parser.add_argument(
        "--amounts",
        type=_amounts,
        default="keep",
        metavar="keep|empty|N",
        help="金额：保留、清空，或上年的百分之 N",
    )


def _score(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", nargs="*", metavar="FILE|ID", help="自评表或自评报告的文件，或填报编号")
    parser.add_argument("--year", type=int, metavar="Y", help="该年度的全部自评表，列成一张表")
    parser.add_argument("--unit", metavar="NAME", help="与 --year 一起：只看这个单位")
    parser.add_argument("--scheme", metavar="ID", help="按另一个评分方案算一算（不改填报）")
    parser.add_argument("--to", metavar="PATH", help="得分汇总写到这个文件：.xlsx .docx .pdf")
    parser.add_argument("--schemes", action="store_true", help="列出评分方案")
    parser.add_argument(
        "--copy", nargs=2, metavar=("ID", "NEW"), help="把一个评分方案复制成自己的，放在数据文件夹的 scoring/"
    )


def _evaluate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--year", type=int, required=True, metavar="Y", help="哪一年度的目标表")
    parser.add_argument("--unit", metavar="NAME", help="只做这个单位的")
    parser.add_argument(
        "--form", metavar="ID", help="用这个自评表样，如 national-2020/self-evaluation（默认适用于该年度的）"
    )


def _compare(parser: argparse.ArgumentParser) -> None:
    _id(parser)
    parser.add_argument("other", type=int, nargs="?", metavar="OTHER", help="另一份填报的编号")
    parser.add_argument("--step", type=int, metavar="N", help="和自己第 N 步之后的样子比较（见 history）")
    parser.add_argument("--printed", action="store_true", help="印出（填写）数和计算数比较")
    parser.add_argument("--all", action="store_true", help="相同的也列出")
    parser.add_argument("--to", metavar="OUT", help="写成 .docx .xlsx .pdf 清单")


def _nothing(parser: argparse.ArgumentParser) -> None:
    del parser


COMMANDS: dict[str, tuple[str, str, Add]] = {
    "read": ("files:read", "认一认文件里有什么表样，不保存", _files),
    "check": ("checking:check_command", "审核文件，或审核已保存的填报", _check),
    "convert": ("files:convert", "把认出的填报按表样写成另一种格式", _convert),
    "import": ("importing:import_files", "导入文件，打印新填报的编号", _import),
    "list": ("filings:list_filings", "列出单位、年度、填报和状态", _year),
    "show": ("filings:show", "显示一份填报", _id),
    "apply": ("filings:apply", "从标准输入逐行读取修改（JSON），每步落盘后回答 OK n", _id),
    "undo": ("filings:undo", "撤销一步", _id),
    "redo": ("filings:redo", "重做一步", _id),
    "history": ("filings:history", "修改记录", _id),
    "export": ("filings:export", "导出 Word、Excel、PDF", _export),
    "fill": ("fill:fill", "填到财政局的空表里，别的一概不动", _fill),
    "new-form": ("forms:new_form", "把没有见过的空表认作自己的表样", _new_form),
    "carry": ("carrying:carry", "把一个年度的填报结转到另一个年度或另一版表样", _carry),
    "evaluate": (
        "scoring:evaluate",
        "由该年度的目标表做出自评表（已有的不再做），打印新填报的编号",
        _evaluate,
    ),
    "score": ("scoring:score", "给自评表评分：各项得分和理由、汇总、等级；评分方案", _score),
    "report": ("report:report", "部门整体绩效自评报告：由本年自评表和往年数据一步生成", _report),
    "compare": ("comparing:compare_filings", "比较两份填报、两个时点，或印出数和计算数", _compare),
    "package": ("submitting:package", "报送包：一个单位一年的全部填报装成一个文件，并封存", _package),
    "unpack": ("submitting:unpack", "读入报送包或退回意见：看里面有什么，并存下来", _unpack),
    "accept": ("submitting:accept", "财政局用：受理报送包，在清单上签名", _accept),
    "unseal": ("submitting:unseal", "解除已报送填报的封存，要写理由", _unseal),
    "remarks": ("sent_back:remarks", "财政局退回的意见：列出，标明已处理，写答复", _remarks),
    **BUREAU_COMMANDS,
    "make-key": (
        "keys:make_key",
        "财政局用：做一对签名用的密钥，私钥自己留着，公钥和指纹告诉单位",
        _make_key,
    ),
    "note": ("sending_back:note", "财政局用：对单位报送的表记下意见，或删除没有发出的意见", _note),
    "notes": ("sending_back:notes", "财政局用：列出意见", _notes),
    "send-back": (
        "sending_back:send_back_command",
        "财政局用：把意见和审核出的错误装成退回意见，交还单位",
        _send_back,
    ),
    "pack-install": ("packing:pack_install", "安装表样更新包（.pdpack）：先验签名，再查内容", _pack_install),
    "pack-list": ("packing:pack_list", "列出已安装的表样更新包和信任的密钥", _nothing),
    "pack-remove": ("packing:pack_remove", "卸载表样更新包；还有填报在用的不能卸载", _pack_remove),
    "pack-forms": ("packing:pack_forms", "发布单位用：把一个文件夹的表样做成签名的更新包", _pack_forms),
    "backup": ("keeping:backup", "备份", _backup),
    "restore": ("keeping:restore", "从备份恢复", _restore),
    "verify": ("keeping:verify", "检查数据是否完好", _nothing),
    "migrate": ("keeping:migrate", "升级数据格式", _nothing),
    "dump": ("keeping:dump", "按固定顺序打印全部数据（JSON）", _nothing),
    **PEOPLE_COMMANDS,
    "manual": ("manual:manual", "使用手册：显示全部文字，或写成 PDF", _manual),
    "demo": ("demo:demo", "示例单位：导入、审核、导出、评分，文件留在 DIR", _demo),
    "self-test": ("selftest:self_test", "几秒钟内证明程序完好", _nothing),
}
"""Command → where it is done (module of perfdesk.commands and function), what it does, and its arguments."""


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--data", metavar="DIR", default=argparse.SUPPRESS, help="数据文件夹（默认用户自己的）"
    )
    common.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help="在标准输出打印一个 JSON 值"
    )
    parser = argparse.ArgumentParser(
        prog="perfdesk", description="绩效填报台。不带命令时打开窗口。", parents=[common]
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, (_, summary, add) in COMMANDS.items():
        add(commands.add_parser(name, help=summary, description=summary, parents=[common]))
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 done, 1 errors found or nothing recognised, 2 wrong usage, 3 refused."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:1] == ["--write-child"]:
        from perfdesk.export_crew import crew_main

        return crew_main()
    if arguments[:1] == ["--collect-child"]:
        from perfdesk.collect_crew import collect_child_main

        return collect_child_main()
    if arguments[:1] == ["--read-child"]:
        from perfdesk.formats.child import child_main

        return child_main(arguments[1:])
    if arguments[:1] == [WINDOW_TRIAL]:
        _speak_utf8(sys.stdout)
        return importlib.import_module("ui.trial").main(arguments[1])
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        _speak_utf8(stream)
    defaults = argparse.Namespace(data=None, json=False)
    args = _parser().parse_args(arguments, defaults)
    if args.command is None:
        return _window(args.data)
    module, function = COMMANDS[args.command][0].split(":")
    try:
        return getattr(importlib.import_module(f"perfdesk.commands.{module}"), function)(args)
    except UserError as error:
        print(error.message, file=sys.stderr)
        return 3
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        return 130


def _speak_utf8(stream: object) -> None:
    """Chinese must not depend on the locale; a character that cannot be printed is escaped, never an error."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="backslashreplace" if stream is not sys.stdin else "replace")


def _window(data: str | None) -> int:
    """The window is the top layer: found by name, so that nothing below imports it."""
    window = importlib.import_module("ui.app")
    return window.main(["--data", data] if data else [])


if __name__ == "__main__":
    sys.exit(main())
