"""Every word of the window that a person reads. Sentences with values are functions; nothing here decides anything."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from perfdesk.values import show_amount
from ui.messages import blanks, carry, form_packs, handing_in

PRODUCT = "绩效填报台"

# --- actions: what menus and buttons say ---

ACTIONS = {
    "overview": "本年总览", "projects": "全部项目", "evaluations": "全部自评",
    "make-evaluations": "生成自评表…", "own-scheme": "自己的评分方案…", "units": "单位与年度…", "backups": "备份与恢复…",
    "codes": "我的科目目录…", "make-report": "生成自评报告", "bind-texts": "文字里的数改为随数据更新",
    "help": "帮助", "keys": "快捷键一览", "tour": "界面导览", "fault-report": "故障报告…",
    "undo": "撤销", "redo": "重做", "new": "新建填报…", "carry": "由上年结转…", "compare": "比较…",
    "import-file": "导入文件…", "sample": "看示例",
    "check": "审核", "export-files": "导出…", "export-docx": "Word 文件（.docx）…", "export-xlsx": "Excel 文件（.xlsx）…",
    "export-pdf": "PDF 文件（.pdf）…", "export-draft": "草稿 PDF（有错误也可导出）…", "find": "查找", "row-add": "三级指标",
    "group-add": "二级指标", "row-remove": "删除所选行", "row-up": "上移", "row-down": "下移", "level-up": "升一级",
    "level-down": "降一级", "fold-all": "全部折叠", "unfold-all": "全部展开", "copy": "复制", "paste": "粘贴", "fill-down": "向下填充",
    "panel-left": "显示或收起左侧列表", "panel-right": "显示或收起右侧审核栏",
    "zoom-in": "放大", "zoom-out": "缩小", "zoom-reset": "恢复 100%", "dark": "深色界面", "contrast": "高对比度界面",
    "preview": "预览", "print": "打印…", "next-tab": "下一部分", "previous-tab": "上一部分",
    "clear": "清除内容", "next-pane": "下一栏", "previous-pane": "上一栏",
    "library": "从指标库选…", "replace": "查找和替换…", "take-computed": "采用计算数", "take-printed": "采用印出数",
    "take-all": "全部采用计算数", "unarchive": "取消归档", "hand-in": handing_in.ACTION, "unseal": handing_in.UNSEAL_ACTION,
    "form-packs": form_packs.ACTION, "bureau": "报送汇总",
    "import-last-year": "导入上年…", "fill-blank": blanks.ACTION, "take-form": blanks.TAKE_ACTION,
    "last-year": carry.LAST_YEAR, "use-last": carry.USE_LAST,
}  # fmt: skip
TIPS = {
    "row-add": "在当前行下面增加一行", "group-add": "增加一个上一级的行", "check": "立即审核，并转到第一处问题",
    "find": "查找指标、填报和命令，可用拼音首字母", "library": "标准指标、常用指标和往年用过的指标",
    "hand-in": handing_in.TIP, "form-packs": form_packs.TIP, "fill-blank": blanks.TIP, "take-form": blanks.TAKE_TIP,
    "last-year": carry.LAST_YEAR_TIP, "bureau": "收下属单位报送的表，看谁报了谁没报，汇总、退回",
}  # fmt: skip
ROW_ADD = {"tree": (ACTIONS["row-add"], ACTIONS["group-add"]), "goals": ("绩效指标", "分项目标")}


def row_words(kind: str) -> tuple[str, str]:
    """In a section of that kind: a new row, and one a level above."""
    return ROW_ADD.get(kind, ("增加一行", ACTIONS["group-add"]))


# --- top bar ---

PICK_UNIT = "选择单位"
PICK_YEAR = "选择年度"
NO_UNIT = "还没有单位"
NO_YEAR = "年度"
UNNAMED_UNIT = "（未填单位名称）"
FIND_HINT = "查找指标、填报、命令  Ctrl+K"
FIND_SHORT = "查找"
MORE = "更多"
EXPORT_BUTTON = "导出"
CHECK_BUTTON = "审核 F8"
PREVIEW_BUTTON = "预览 F9"
IMPORT_BUTTON = "导入上年"


def year_text(year: int | None) -> str:
    return f"{year} 年度" if year is not None else "未定年度"


# --- navigation ---

GROUPS = {"overall-target": "申报", "department-targets": "申报", "department-budget": "部门预算"}
OTHER_GROUP = "其他"
KINDS = {
    "overall-target": "整体绩效目标申报表", "self-evaluation": "整体绩效自评表", "self-evaluation-report": "自评报告",
}  # fmt: skip
EVALUATIONS = ("self-evaluation", "self-evaluation-report")
EARLIER = "资料"
SHELF_ACTIONS = {"library": "指标库", "units": "单位信息"}
NEW_FILING = "新建填报"
STATES = {
    "error": "有错误",
    "warning": "有提醒",
    "clean": "没有问题",
    "untouched": "还没有填写",
    "": "正在审核",
}


def other_year(year: int | None, title: str) -> str:
    return f"{year} {title}" if year is not None else title


def percent(filled: int, wanted: int) -> str:
    return f"{filled * 100 // wanted}%" if wanted else ""


def state_tip(title: str, state: str, filled: int, wanted: int) -> str:
    return f"{title}\n{STATES[state]} · 必填 {filled}/{wanted}"


# --- editor ---

SEPARATOR = " · "
UNNAMED = "（未命名）"
COLUMN_NAME = "指标名称"
COLUMN_SIGN = "符号"
COLUMN_BEFORE = "上年值"
COLUMN_EXPLAIN = "说明"
COLUMN_NUMBER = "序号"
LOCKED = "表样规定的指标：名称和位置不能改，只填指标值。"
LOCKED_ROWS = "表样规定的行不能移动或删除，只能填写它的值。"
CLOSED_GROUP = "这一组指标由表样规定，不能自己增加；请先选中产出指标或效益指标下面的行。"
PASTE_HINT = "从 Excel 粘贴 Ctrl+V"
EMPTY_ROWS = "还没有内容。"
WRONG_LEVEL = "这一级指标不能放在那里：三级指标放在二级指标下面，二级指标放在一级指标下面。"
LEVEL_KEEPS = "只有名称、没有下级和指标值的行才能改变级别；请先清空它的值或移走下级。"
LEVEL_NO_PARENT = "上面没有同级的行，不能降级。"
NO_SUM = "—"
SUM = "合计（自动计算）"


def sub_line(year: int | None, amount_unit: str, source: str) -> str:
    return SEPARATOR.join(part for part in (year_text(year), f"金额单位：{amount_unit}", source) if part)


def first_step(label: str, later: int) -> str:
    """Where the filing came from and how often it was changed since."""
    return f"{label}，已改 {later} 处" if later else label


def leaf_count(count: int) -> str:
    return f"{count} 项"


def both(one: str, other: str) -> str:
    """A column that holds the one in some rows, the other in the rest."""
    return f"{one} / {other}" if one and other else one or other


def tab_text(label: str, count: int | None) -> str:
    return label if count is None else f"{label} {count}"


def required(label: str) -> str:
    return f"{label} *"


def characters(count: int, limit: int | None) -> str:
    return f"{count} 字" if limit is None else f"{count} / {limit} 字"


def formula(names: list[str]) -> str:
    return f"= {' ＋ '.join(names)}"


def empty_list(label: str) -> str:
    return f"“{label}”还没有内容。按 Ctrl+Enter 增加一行，或从 Excel 复制几行后按 Ctrl+V。"


# --- steps: what the history says ---

STEP_ADD = "增加一行"
STEP_CLEAR = "清空所选单元格"
STEP_PASTE = "从剪贴板粘贴"
STEP_FILL = "向下填充"


def _short(name: str) -> str:
    return name if len(name) <= 20 else name[:19] + "…"


def step_set(column: str) -> str:
    return f"修改“{column}”"


def step_set_in(row: str, column: str) -> str:
    return f"修改“{_short(row)}”的{column}"


def step_remove(name: str) -> str:
    return f"删除“{_short(name)}”"


def step_remove_rows(count: int) -> str:
    return f"删除 {count} 行"


def step_move(name: str) -> str:
    return f"移动“{_short(name)}”"


def step_move_rows(count: int) -> str:
    return f"移动 {count} 行"


def step_level(name: str) -> str:
    return f"改变“{_short(name)}”的级别"


def step_new(title: str) -> str:
    return f"新建“{title}”"


def step_import(file: str) -> str:
    return f"从 {file} 导入"


def paste_left(refused: int, homeless: int, columns: int, unkept: int = 0) -> str:
    """What of a pasted block did not fit, empty where all did."""
    parts = [
        f"{refused} 格不能修改" if refused else "",
        f"{homeless} 行下面没有位置" if homeless else "",
        f"{columns} 列超出表格右边" if columns else "",
        f"{unkept} 个看不见的控制字符已去掉" if unkept else "",
    ]
    said = "、".join(p for p in parts if p)
    return f"粘贴的内容没有全部放下：{said}。其余已粘贴，可以撤销。" if said else ""


def fill_left(refused: int) -> str:
    return f"有 {refused} 格由表样规定，不能修改，没有填充；其余已填充，可以撤销。"


# --- findings ---

FINDINGS_TAB = "审核"
PREVIEW_TAB = "预览"
HISTORY_TAB = "修改记录"
JUMP = "定位"
NO_FINDINGS = "没有发现问题"
NO_FINDINGS_MORE = "每次修改后会自动审核；也可以按 F8。"
COMPLETENESS = "填报完整度"
COMPLETE = "必填项已全部填写"


def left_to_fill(count: int) -> str:
    return f"还差 {count} 处必填" if count else COMPLETE


# --- history ---

NO_HISTORY = "还没有修改。"
UNDONE = "已撤销"
TODAY = "今天"


def day_text(day: date, today: date) -> str:
    return TODAY if day == today else f"{day.year} 年 {day.month} 月 {day.day} 日"


def clock_text(at: datetime) -> str:
    return at.strftime("%H:%M")


# --- status bar ---

OFFLINE = "离线 · 数据在本机"
LOADING = "正在打开数据…"
NOT_SAVED_YET = "数据已打开"
NOT_OPENED = "没有打开数据"


def saved(at: datetime) -> str:
    return f"已保存 {at.strftime('%H:%M:%S')}"


def counts(errors: int, warnings: int) -> str:
    return f"错误 {errors} · 提醒 {warnings}"


def selection(rows: int, total: Decimal | None) -> str:
    return f"选中 {rows} 行 · 合计 {NO_SUM if total is None else show_amount(total)}"


def zoom(factor: float) -> str:
    return f"{round(factor * 100)}%"


def undone(label: str) -> str:
    return f"已撤销：{label}"


def redone(label: str) -> str:
    return f"已重做：{label}"


# --- empty states ---

NO_FILING = "这里还没有填报"
NO_FILING_MORE = "新建一份，或导入已有的文件；把文件拖进窗口也可以。"
BUTTON_NEW = "新建填报"
BUTTON_IMPORT = "导入文件"
BUTTON_CARRY = "由上年结转"

# --- dialogs ---

OK = "确定"
CANCEL = "取消"
CLOSE = "关闭"
DETAILS = "详细"
OPEN_FOLDER = "打开所在文件夹"
NEW_TITLE = "新建填报"
NEW_FORM = "表样"
NEW_YEAR = "年度"
NEW_UNIT = "单位名称"
NEW_CREATE = "新建"
UNIT_PLACEHOLDER = "单位全称，与公章一致"
FORM_MISSING_YEAR = "这一表样一般用于其他年度；仍可新建。"


def form_choice(scheme: str, title: str) -> str:
    return f"{scheme}　{title}"


IMPORT_TITLE = "导入前确认"
IMPORT_ACCEPT = "导入"
IMPORT_FILTER = "可识别的文件 (*.docx *.xlsx *.xls *.pdf *.txt *.tsv *.csv *.json *.zip *.doc *.wps *.et *.rtf *.odt *.ods);;所有文件 (*)"
IMPORT_CHOOSE = "选择要导入的文件"
IMPORT_FORM = "表样"
IMPORT_UNIT = "单位"
IMPORT_YEAR = "年度"
IMPORT_REPAIRS = "读取时修复的地方"
IMPORT_LEFT = "没有放进表里的文字"
IMPORT_UNDO = "导入后可以用 Ctrl+Z 整份撤销。"
NOTHING_RECOGNISED = "没有认出任何已知的表。请确认文件里是整体绩效目标申报表，且没有另存为图片。"


def import_heading(file: str, count: int) -> str:
    return f"在“{file}”中认出 {count} 份表" if count > 1 else f"在“{file}”中认出 1 份表"


def list_heading(label: str, count: int) -> str:
    return f"{label}（{count} 处）"


def rows_found(indicators: int, tasks: int) -> str:
    return f"指标 {indicators} 项，任务 {tasks} 项"


def goals_found(goals: int, indicators: int, measures: int) -> str:
    return f"分项目标 {goals} 项，指标 {indicators} 项，措施 {measures} 条"


def reading(file: str) -> str:
    return f"正在读取 {file}…"


def recognising(file: str, tables: int) -> str:
    return f"已读出 {file} 的 {tables} 张表，正在识别…"


# --- export ---

EXPORT_TITLES = {"docx": "导出 Word", "xlsx": "导出 Excel", "pdf": "导出 PDF", "text": "导出文本"}
EXPORT_FILTERS = {"docx": "Word 文件 (*.docx)", "xlsx": "Excel 文件 (*.xlsx)", "pdf": "PDF 文件 (*.pdf)"}
EXPORT_DRAFT = "改为导出草稿"


def export_refused(errors: int) -> str:
    return f"还有 {errors} 处错误，不能导出正式文件。请先改正，或导出带“草稿”字样的文件。"


def exporting(file: str) -> str:
    return f"正在导出 {file}…"


def exported(file: str) -> str:
    return f"已导出 {file}"


# --- faults ---


def unknown_form(form: str) -> str:
    return f"这份填报用的表样“{form}”不在本程序里，请安装较新的版本后再打开。"


FAULT_TITLE = "没有完成"

# --- pictures ---


def picture_written(path: str) -> str:
    return f"已写出 {path}"


PICTURE_UNIT = "示例市住房保障中心"
PROGRAM_HELP = "打开窗口。"
HELP_FILES = "要导入的文件；程序已经打开时，交给已打开的窗口导入"
HELP_DATA = "数据文件夹（默认为用户自己的数据文件夹）"
HELP_SAMPLE = "打开示例单位（数据放在单独的文件夹里）"
HELP_PICTURES = "把窗口画成图片。"
HELP_OUT = "放图片的文件夹"
HELP_SCALE = "缩放，如 1.5"
HELP_DARK = "深色界面"
HELP_FORMS = "放 Word 表格的文件夹：再画其中最长的一份"
HELP_SIZE = "窗口大小，如 1360x850"
