"""Words of the first run and of the tour."""

from __future__ import annotations

WELCOME = "欢迎使用绩效填报台"
STEPS = ("单位", "年度和表样", "开始填报")
BACK = "上一步(&B)"
NEXT = "下一步(&N)"
BACK_TIP = "回到上一步  Alt+←"
NEXT_TIP = "到下一步  Enter"

# --- step 1: the unit ---

UNIT_HEAD = "您是哪个单位？"
UNIT_HELP = "写公章上的全称；以后随时可以在“单位与年度”里改名。"
UNIT_NAME = "单位名称"
UNIT_CODE = "单位编码"
UNIT_CODE_HINT = "预算单位编码，可以不填"
BUREAU = "我收各单位报送的表"
UNIT_MISSING = "请填写单位名称。"

# --- step 2: year and forms ---

YEAR_HEAD = "填哪一年的表？"
YEAR_HELP = "表样按年度选了最新的一套；财政部门要求用别的，就改选那一套。"
YEAR_LABEL = "预算年度"
SCHEME_LABEL = "表样"


def years_text(years: tuple[int | None, int | None]) -> str:
    first, last = years
    if first is None and last is None:
        return "各年度通用"
    if first is None or last is None:
        return f"用于 {first} 年度起" if last is None else f"用于 {last} 年度及以前"
    return f"用于 {first}—{last} 年度"


def scheme_facts(amount_units: tuple[str, ...], years: tuple[int | None, int | None]) -> str:
    return f"金额单位：{'、'.join(amount_units)} · {years_text(years)}"


def forms_of(titles: list[str]) -> str:
    return f"包含：{'、'.join(dict.fromkeys(titles))}"


def year_unsuited(year: int, years: tuple[int | None, int | None]) -> str:
    return f"这套表样{years_text(years)}，不包括 {year} 年度。可以改选，也可以照用。"


# --- step 3: the files ---

FILES_HEAD = "从去年的文件开始"
FILES_HELP = "导入前先给您看认出了什么，导入后 Ctrl+Z 可整份撤销；没有文件就从空表开始。"
DROP_HERE = "把去年的 Word、Excel、PDF 或上报的数据文件拖到这里"
CHOOSE = "选择文件…"
BLANK = "从空表开始"
SAMPLE = "看示例单位"
SAMPLE_MORE = "一个虚构单位三年的填报；看完可以在“单位与年度”里删除。"


def blank_more(year: str, scheme: str) -> str:
    return f"{year}，{scheme}；财政规定的指标已经列好。"


# --- the tour ---

TOUR_NEXT = "下一条(&N)"
TOUR_LAST = "知道了(&N)"
TOUR_STOP = "不再显示"
HINT_EDITOR = "在这里填写：直接打字就替换，回车向下、Tab 向右；Ctrl+Enter 加一行；从 Excel 复制的内容按 Ctrl+V 贴进来。每改一格就已保存。"
HINT_FINDINGS = "边填边审核：问题都列在这里，点一下就转到那一格，蓝字可以自动改好。"
HINT_PREVIEW = "F9 并排预览将要打印的页面，跟着光标走；Ctrl+P 打印。"
HINT_FIND = "Ctrl+K 查找指标、任务、表和命令，汉字、拼音、首字母都可以。"
HINT_EXPORT = "填好后 Ctrl+E 导出 Word、Excel、PDF；还有错误时可以先导出草稿。"


def hint_count(number: int, count: int) -> str:
    return f"{number}/{count}"


# --- the import review: another unit than the one that is open ---


def unit_differs(here: str) -> str:
    return f"与现在的单位“{here}”不同：会作为另一个单位导入，“{here}”保留不变。"


def use_unit(here: str) -> str:
    return f"改为“{here}”"
