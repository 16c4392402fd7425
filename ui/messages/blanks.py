"""The words about the bureau's own blanks: filling one in, and taking one in as a new form."""

from __future__ import annotations

ACTION = "填到财政局空表…"
TIP = "写进财政局发的 Word 或 Excel 空表，字体、格式和其他内容都不动"
CHOOSE = "选择财政局的空表"
FILTER = "Word 和 Excel 空表（*.docx *.xlsx）"
SAVE = "另存为（空表本身不动）"
TITLE = "填到财政局空表"
COLUMNS = ("内容", "填入的值", "空表里的位置")
OVER = "空表里已有的内容也改写"
WRAP = "放不下的文字自动换行"
WRAP_TIP = "只给放不下的格加上自动换行，调高所在的行；取消勾选则只写入内容，文件其他部分一个字节不动"
START = "填写并另存…"
GROUPS = {
    "no-place": "空表里没有位置，不填",
    "taken": "空表里已有别的内容，不改",
    "goes": "填入",
    "there": "空表上已经印好",
}
ADDED = "（新增的一行）"
EXPORT_LINK = "填到财政局空表…"


def opening(name: str) -> str:
    return f"正在看空表“{name}”…"


def filling(name: str) -> str:
    return f"正在填写“{name}”…"


def heading(blank: str, form: str) -> str:
    return f"{blank}　认作“{form}”"


def group(kind: str, count: int) -> str:
    return f"{GROUPS[kind]} · {count}"


def summary(goes: int, missing: int, rows: int) -> str:
    said = f"填入 {goes} 格" + (f"，增加 {rows} 行" if rows else "")
    return said + (f"；{missing} 处不填，见上面" if missing else "，全部有位置") + "。"


def errors(count: int) -> str:
    return f"这份表还有 {count} 处错误，填出来的是草稿。" if count else ""


def placed(where: str, before: str, note: str, added: bool) -> str:
    parts = [where + (ADDED if added else "")]
    parts += [f"原有“{before}”"] if before else []
    return "；".join([*parts, *([note] if note else [])])


def filled(name: str, missing: int, wrapped: int) -> str:
    lacks = f"，有 {missing} 处没有位置" if missing else ""
    return f"已填好 {name}{lacks}{f'，{wrapped} 格放不下，设为自动换行' if wrapped else ''}。"


# --- a blank becomes a new form ----------------------------------------------------------------------------------------------

TAKE_ACTION = "用空表建新表样…"
TAKE_TIP = "列表里没有的表：打开它的 Word 或 Excel 空表，程序认出各部分和各栏，改正后就能填报"
TAKE_CHOOSE = "选择新表样的空表"
TAKE_TITLE = "用空表建新表样"
TAKE_HINT = "这是从空表认出的内容，请核对：名称、类型不对的直接改，不用填的格取消勾选。"
FORM_TITLE, FORM_SCHEME, FORM_UNIT, FORM_SHEET = "表名", "表样名称", "金额单位", "工作表"
UNITS = ("万元", "元")
TAKE_COLUMNS = ("名称", "类型", "必填")
SECTION_KINDS = {"fields": "固定的格", "list": "可增减的行", "tree": "三级指标"}
FIELD_KINDS = {
    "text": "文字", "money": "金额", "number": "数量", "target": "指标值", "name": "短文字", "unit": "单位", "note": "说明",
}  # fmt: skip
REQUIRED = "必填"
TAKE_BACK = "退一步"
TAKE_START = "保存表样"
TAKE_INSTEAD = "存为新表样…"
NEW_FROM_BLANK = "列表里没有？用空表建…"


def taking(name: str) -> str:
    return f"正在认“{name}”…"


def found(sections: int, columns: int) -> str:
    return f"认出 {sections} 个部分，{columns} 个要填的格或栏。"


def taken(title: str) -> str:
    return f"已建好表样“{title}”，可以新建填报了。"
