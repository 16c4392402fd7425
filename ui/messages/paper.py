"""The words about paper: preview, printing, export."""

from __future__ import annotations

from collections.abc import Sequence

BUSY = "请等正在进行的工作完成。"
PRINT_PREPARING = "正在准备打印…"
PREVIEW_SMALLER = "缩小  Ctrl+滚轮"
PREVIEW_LARGER = "放大  Ctrl+滚轮"
PREVIEW_ZOOM = "显示比例"
PREVIEW_WIDTH = "页宽"
PREVIEW_PAGE = "整页"
PREVIEW_BEFORE = "上一页"
PREVIEW_AFTER = "下一页"


def printing(sheets: int) -> str:
    return f"正在打印 {sheets} 页…"


def printed(sheets: int, draft: bool) -> str:
    if not sheets:
        return "已取消打印。"
    return f"已送去打印 {sheets} 页{'（有错误，打印的是草稿）' if draft else ''}。"


def print_failed(printer: str) -> str:
    named = f"“{printer}”" if printer else "打印机"
    return f"{named}没有接受这份文件，没有打印。请检查打印机是否连接、有纸，或换一台打印机。"


def page_of(number: int, count: int) -> str:
    return f"第 {number} / {count} 页"


def preview_draft(errors: int) -> str:
    return f"还有 {errors} 处错误，按草稿显示和打印。"


def preview_missing(chars: Sequence[str]) -> str:
    named = "、".join(f"“{c}”（U+{ord(c):04X}）" for c in chars[:5])
    more = f"等 {len(chars)} 个字" if len(chars) > 5 else ""
    return f"字体中没有 {named}{more}，印不出来，所以没有预览。请改用其他字，或导出为 Word、Excel。"


# --- export ---

EXPORT_TITLE = "导出"
EXPORT_FORMAT = "格式"
EXPORT_FORMATS = {"docx": "Word", "xlsx": "Excel", "pdf": "PDF"}
EXPORT_SCOPE = "范围"
EXPORT_THIS = "这一份表"
EXPORT_SET = "合成一份"
EXPORT_SET_TIP = "全年一份文件：封面、目录、部门目标、每个项目另起一页；Excel 中每个表一张工作表。"
EXPORT_FOLDER = "文件夹"
EXPORT_CHOOSE = "选择…"
EXPORT_NAME = "文件名"
EXPORT_FIELDS = "可用 {年度}、{单位}、{表名}，其余文字照写。"
EXPORT_ALL_DRAFT = "导出为草稿（页上和文件名带“草稿”）"
EXPORT_OPEN = "导出后打开文件夹"
EXPORT_LOOKING = "正在检查…"
EXPORT_CLEAR = "没有错误，可以导出正式文件。"
EXPORT_START = "导出"
EXPORT_STOPPED = "已取消导出。"


def export_year(year: str, count: int) -> str:
    return f"{year}的全部表（{count} 份）"


def export_will_write(count: int) -> str:
    return f"将写出 {count} 个文件："


def export_replaces(name: str) -> str:
    return f"{name}（替换原有文件）"


def export_more(count: int) -> str:
    return f"…… 另有 {count} 个"


def export_drafts(count: int) -> str:
    return f"有错误的 {count} 份只能导出为草稿；改正后再导出正式文件。"


def export_only_draft(errors: int) -> str:
    return f"还有 {errors} 处错误，只能导出草稿："


def export_error(title: str, message: str) -> str:
    return f"{title}：{message}"


def export_errors_in(title: str, count: int) -> str:
    return f"{title}：{count} 处错误"


def export_missing(title: str, chars: Sequence[str]) -> str:
    named = "、".join(f"“{c}”" for c in chars[:5])
    return f"{title}：字体中没有{named}，PDF 写不出来；Word、Excel 不受影响。"


def export_too_long(title: str) -> str:
    return f"{title}：有一格文字超过 32767 字，Excel 放不下；请缩短，或只导出 Word、PDF。"


def export_fonts(
    official: Sequence[str], replaced: Sequence[tuple[str, str]], pdf: bool, office: bool
) -> str:
    """Official faces that are here, and what stands in for the others; Word and Excel files name the official ones, here or not."""
    said: list[str] = []
    if pdf and official:
        said.append(f"PDF 使用本机字体：{'、'.join(official)}")
    if pdf and replaced:
        pairs = "、".join(f"{wanted}（{used}）" for wanted, used in replaced)
        said.append(f"本机没有、PDF 用相近字体代替：{pairs}")
    if office:
        names = "、".join([*official, *(wanted for wanted, _ in replaced)])
        said.append(f"Word、Excel 写公文字体名：{names}")
    if office and replaced and not pdf:
        said.append(f"本机没有其中的{'、'.join(wanted for wanted, _ in replaced)}，打开时由别的字体代替显示")
    return "。".join(said) + ("。" if said else "")


def export_unknown(fields: Sequence[str]) -> str:
    return f"文件名里的 {'、'.join('{' + f + '}' for f in fields)} 不是可用的项，会照原样写出。"


def exporting_one(number: int, count: int, file: str) -> str:
    return f"正在导出 {number} / {count}：{file}"


def exported_all(count: int, folder: str) -> str:
    return f"已导出 {count} 个文件到 {folder}"


def export_failed(count: int, first: str) -> str:
    return first if count == 1 else f"{count} 个文件没有写成。第一个：{first}"
