"""Words of the ledger editor: entry sheets by code, printed budget tables, what is computed and what a file printed otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from perfdesk.budget.view_unit import show_in

if TYPE_CHECKING:
    from perfdesk.budget.paste import Pasted, Unlike

CODE = "科目编码"
NAME = "科目名称"
TOTAL = "合计"
NEW_LINE = "输入编码、名称或拼音，增加科目…"
NOT_IN_LIST = "标准科目表中没有这个编码；可以照常使用，请核对。"
NO_CODE = "没有科目编码，金额只计入合计；请补编码。"
UNCOUNTED = "下面还有下级科目，这一行填的金额不计入合计；请改到下级科目。"
DOUBLED = "有几行是同一个编码，金额相加；最好合并成一行。"
COMPUTED_PARENT = "由下级科目自动相加。"
COMPUTED_TOTAL = "由各科目自动相加。"
COMPUTED_ROW = "由这一行各栏自动相加。"
NOT_TYPED_HERE = "这一格由几个数相加得出，请到“支出明细”等录入页填写各项。"
NOTHING_FOUND = "没有找到这个名称或拼音的科目；可以输入编码。"
ONLY_LEAVES = "上级科目由下级自动产生，没有下级时会自己消失；请选中明细科目再删除。"
EMPTY_LEDGER = "还没有科目。在下面一行输入编码、名称或拼音首字母（如 zfgjj），或从 Excel 复制后按 Ctrl+V。"
EMPTY_TABLE = "这张表还没有数。各数来自录入页，填写后自动生成。"
USED_ONLY = "只看有数的栏"
USED_ONLY_TIP = "只显示已经填了数的栏"
VIEW_UNIT_TIP = "只改变显示的单位，数据不变"
CANNOT_TAKE_PRINTED = "这个数由几个科目相加得出，不能直接改成印出数；请先核对下级科目，或采用计算数。"
STEP_PASTE = "从剪贴板粘贴"
STEP_CLEAR = "清空所选单元格"
STEP_FILL = "向下填充"
MORE_TABS = "全部部分"
EARLIER_TABS = "前面的部分"
LATER_TABS = "后面的部分"
PATH = " › "


def differing(count: int) -> str:
    return f"文件印出的数与计算不符：{count} 处"


def rounded_tails(count: int, first: str, amount: Decimal, view: str) -> str:
    """``amount``: how far the shown total of ``first`` is from the sum of what is shown."""
    many = f"等 {count} 处" if count > 1 else ""
    return (
        f"以{view}显示时四舍五入，合计与各数之和有尾差：“{first}”{many}，差 {amount}。保存和导出的是准确数。"
    )


def both(printed: str, computed: str) -> str:
    return f"文件印出 {printed}，按明细计算 {computed or '（空）'}"


def has_code(code: str) -> str:
    return f"已经有 {code}，已转到这一行。"


def is_parent(code: str) -> str:
    return f"{code} 是上级科目，由下级自动相加；请填明细科目。"


def now_parent(code: str) -> str:
    return f"{code} 原来填有金额，现在有了下级科目，它的金额不再计入；请改到下级。"


def keeps_exact(exact: str, unit: str, typed: str, view: str) -> str:
    return f"原数 {exact}{unit} 更精确，没有改动。确要改成 {typed}{view}，请再输入一次。"


def _unlike(one: Unlike, names: dict[str, str], unit: str, view: str) -> str:
    computed = "空" if one.computed is None else show_in(one.computed, unit, view)
    where = " ".join(x for x in (names.get(one.key, one.key), names.get(one.column, "")) if x)
    return f"{where} 粘贴 {show_in(one.pasted, unit, view)}，算得 {computed}"


def pasted(done: Pasted, names: dict[str, str], unit: str, view: str) -> str:
    """What of a pasted block did not fit; empty where all did. ``names`` of rows and columns."""
    parts: list[str] = []
    if done.unlike:
        some = "；".join(_unlike(u, names, unit, view) for u in done.unlike[:3])
        more = " 等" if len(done.unlike) > 3 else ""
        parts.append(f"{len(done.unlike)} 格是自动计算的，与粘贴的数不同（{some}{more}）")
    if done.words:
        parts.append(f"{done.words} 格文字没有位置")
    if done.doubled:
        parts.append(f"编码重复，只取第一行：{'、'.join(done.doubled[:3])}")
    if done.homeless:
        parts.append(f"{done.homeless} 行没有对应的科目")
    if done.cut:
        parts.append(f"{done.cut} 列没有对应的栏")
    return f"粘贴的内容没有全部放下：{'；'.join(parts)}。" if parts else ""


def refused_cells(count: int) -> str:
    return f"有 {count} 格是自动计算的，没有改动。"


def shown_sum(values: Sequence[Decimal]) -> Decimal | None:
    return sum(values, Decimal(0)) if len(values) > 1 else None


def formula(why: str, parts: Sequence[tuple[str, str]]) -> str:
    """At most six parts are named."""
    if not parts:
        return why
    some = " ＋ ".join(f"{name} {amount}" for name, amount in parts[:6])
    return f"{why}\n＝ {some}" + (f" ＋ …（共 {len(parts)} 项）" if len(parts) > 6 else "")


NO_AMOUNT = "（空）"


def typed_here(fact: str) -> str:
    return f"可以直接填写：{fact}"
