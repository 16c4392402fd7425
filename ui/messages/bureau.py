"""Words of the bureau's place: units and what they handed in, what came with a stick, what it adds up to."""

from __future__ import annotations

from datetime import datetime

ACTION = "报送汇总"
TIP = "收下属单位报送的表，看谁报了谁没报，汇总、退回"
TITLE = "报送汇总"
COLLECTING = "收表"
YEAR = "年度"
NONE = "无"
UNNAMED = "（没有写单位名称）"
SEPARATOR = " · "

# --- the first time ---

ASK_HEAD = "收下属单位报送的表"
ASK_MORE = (
    "财政部门、主管部门在这里收各单位的报送包（也收没有本程序的单位的 Word、Excel 文件），"
    "看谁报了、谁没报、哪里有问题，退回修改，汇总全部单位。数据都留在本机。"
)
ASK_START = "在这里收表"
ASK_LATER = "不收表，返回填报"
ASK_KEPT = "以后启动时直接显示这一页；可以在右上角“更多”里改。"
AT_START = "启动时显示这一页"
BACK_TO_FORMS = "返回填报"
MORE = "更多"

# --- the units ---

COLUMNS = ("单位", "状态", "收到", "错误", "提醒", "意见")
TREE = "单位树"
FIND = "查找单位：名称、编码或拼音首字母"
FILTERS = {"": "全部", "missing": "未报", "errors": "有错误", "returned": "已退回"}
STATES = {
    "missing": "未报", "draft": "草稿", "taken": "已报", "accepted": "已受理", "returned": "已退回", "": "",
}  # fmt: skip
KINDS = {"province": "省", "city": "市", "county": "县（区）", "department": "部门", "unit": "单位"}
COLLECT = "收表…"
COLLECT_FOLDER = "收一个文件夹或 U 盘…"
COLLECT_FILES = "收几个文件…"
TREE_MENU = "单位"
TREE_IMPORT = "由 Excel 导入单位树…"
NODE_ADD = "增加单位…"
NODE_EDIT = "修改…"
NODE_DELETE = "删除"
NO_TREE_HEAD = "还没有单位"
NO_TREE_MORE = (
    "先告诉程序要收哪些单位的表：由 Excel 导入单位树（编码、名称、上级），或一个一个增加。"
    "也可以先收表，再把收到的单位加进来。"
)
NO_MATCH = "没有符合的单位。"
DROP_HINT = "把文件夹、U 盘、报送包或 Word、Excel 文件拖到这里就可以收表。"
LOADING = "正在读取…"


def filter_text(which: str, count: int) -> str:
    return f"{FILTERS[which]} {count}"


def progress(done: int, expected: int, wrong: int) -> str:
    return f"{done} / {expected} 已报" + (f"，{wrong} 个有错误" if wrong else "")


def state_text(state: str, draft: bool) -> str:
    return f"{STATES[state]}（草稿）" if draft else STATES[state]


def received(at: datetime) -> str:
    local = at.astimezone()
    return f"{local.month:02}-{local.day:02} {local:%H:%M}"


def day_and_time(at: datetime) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M}"


def node_tip(name: str, code: str, kind: str) -> str:
    return SEPARATOR.join(part for part in (name, code, KINDS[kind]) if part)


def summary(units: int, missing: int, wrong: int) -> str:
    told = [f"{units} 个单位"]
    told += [f"{missing} 个未报" if missing else "都已报送"]
    told += [f"{wrong} 个报来的表有错误"] if wrong else []
    return "，".join(told)


# --- one unit ---

BACK = "返回单位列表"
PREVIOUS, NEXT = "上一个单位", "下一个单位"
PAPERS = "报来的表"
ACCEPT = "受理"
TAKE_AGAIN = "取消受理"
RETURN = "退回…"
UNIT_TABS = ("审核", "意见", "历次报送")
NOT_YET_HEAD = "还没有报送"
NOT_YET_MORE = "收到它的报送包或文件后，拖到这里，或在单位列表里按“收表”。"
PICK_PAPER = "选一份表，就在这里显示它的样子。"
NO_FINDINGS = "没有发现问题。"
OLD_UNCHECKED = "被替换的报送不再审核。"
NO_NOTES = "还没有意见。在表上点一处，或选一份表，在下面写。"
NOTE_ABOUT = "关于"
NOTE_WHOLE = "整份报送"
NOTE_HINT = "写给单位的意见，例如：请核对项目支出合计"
NOTE_ADD = "写下意见"
NOTE_DROP = "删除"
NOTE_AT = "写意见"
COMPARE_OLD = "与现在的比较"
UNKNOWN_FORM = "这份表的表样不在本程序里，不能显示。请先安装表样包。"


def heading(name: str, year: str) -> str:
    return f"{name}　{year}"


def about_handing(number: int, at: datetime, source: str, made: str, check_code: str, signer: str) -> str:
    parts = [
        f"第 {number} 次报送",
        f"{day_and_time(at)} 收到",
        source,
        f"{made} 生成" if made else "",
        f"核对码 {check_code}" if check_code else "",
        f"由“{signer}”签名" if signer else "",
    ]
    return SEPARATOR.join(part for part in parts if part)


def tab_text(name: str, count: int) -> str:
    return f"{name} {count}" if count else name


def note_line(at: datetime, who: str, sent: str) -> str:
    when = f"{sent} 已退回" if sent else "未发出"
    return SEPARATOR.join(part for part in (day_and_time(at), who, when) if part)


def handing_of(number: int) -> str:
    return f"第 {number} 次"


def decided(state: str, name: str) -> str:
    return {"accepted": f"已受理：{name}", "taken": f"已取消受理：{name}", "returned": f"已退回：{name}"}[
        state
    ]


def more_findings(count: int) -> str:
    return f"还有 {count} 条没有列出"


def old_line(number: int, at: datetime, source: str, state: str) -> str:
    counts = "" if state == "replaced" else "现在的"
    return SEPARATOR.join(part for part in (handing_of(number), counts, day_and_time(at), source) if part)


def old_shown(number: int) -> str:
    return f"正在看第 {number} 次报送，它已被后来的替换。"


def about_paper(title: str) -> str:
    return f"这份表：{title}"


def about_place(where: str) -> str:
    return f"这一处：{where}"


def found(errors: int, warnings: int) -> str:
    parts = [f"错误 {errors}"] * bool(errors) + [f"提醒 {warnings}"] * bool(warnings)
    return " ".join(parts)


def scored(total: str, told: str) -> str:
    return "　".join(part for part in (told, f"{total} 分" if total else "") if part)


# --- a node of the tree ---

NODE_NEW_TITLE = "增加单位"
NODE_CHANGE_TITLE = "修改单位"
NODE_NAME = "名称"
NODE_CODE = "编码"
CODE_HINT = "预算单位编码，可以不填"
NODE_KIND = "层级"
NODE_ABOVE = "上级"
NO_PARENT = "（没有上级）"
EXPECTED = "这个单位要报送"


def node_added(name: str) -> str:
    return f"已增加：{name}"


def node_changed(name: str) -> str:
    return f"已修改：{name}"


def node_removed(name: str, count: int) -> str:
    return f"已删除：{name}" + (f"和它的 {count - 1} 个下级" if count > 1 else "")


PUT_BACK = "恢复"

# --- what came ---

CHOOSE_FOLDER = "选择文件夹或 U 盘"
CHOOSE_FILES = "选择报送包或 Word、Excel、PDF 文件"
LOOKING = "正在查看送来的文件…"
TAKING = "正在收下…"
REVIEW_TITLE = "收到的报送"
REVIEW_COLUMNS = ("单位", "情况", "表", "来自")
GROUPS_OF = {
    "first": "新报", "newer": "比已收的新", "undecided": "有几份不同的", "draft": "只有草稿", "same": "已经收过",
    "older": "已收的更新", "unplaced": "认不出单位", "refused": "不能收", "unopened": "没有打开",
}  # fmt: skip
TAKE_ON = "收下"
SEE_CHANGES = "看差别"
BELONGS = "属于哪个单位？"
BELONGS_SET = "就是这个单位"
ADD_NEW_UNIT = "加进单位树…"
REVIEW_EMPTY = "送来的文件里没有可以收的表。"
PICK_LINE = "选一行，看它的来历和差别。"


def looking(number: int, count: int, name: str) -> str:
    return f"正在查看第 {number} / {count} 个文件：{name}"


def taking(number: int, count: int, name: str) -> str:
    return f"正在收下第 {number} / {count} 个单位：{name}"


def review_head(files: int, units: int, ticked: int) -> str:
    return f"看了 {files} 个文件，来自 {units} 个单位；勾选 {ticked} 个。"


def review_cut() -> str:
    return "没有全部看完。"


def take_count(count: int) -> str:
    return f"{TAKE_ON} {count} 个" if count else TAKE_ON


def papers(count: int) -> str:
    return f"{count} 份" if count else ""


def several(count: int) -> str:
    return f"{count} 份送来的"


def version_line(files: str, made: str, papers_of: int, draft: bool, again: int) -> str:
    parts = [files, f"{made} 生成" if made else "", papers(papers_of), "草稿" if draft else ""]
    parts += [f"另有 {again} 个相同的文件"] if again else []
    return SEPARATOR.join(part for part in parts if part)


def called_otherwise(name: str) -> str:
    return f"文件里的名称是“{name}”。"


def stored_line(number: int, at: datetime) -> str:
    return f"已收的是第 {number} 次报送（{day_and_time(at)}）。"


def twice_line(title: str, taken: str, left: str) -> str:
    return f"“{title}”有两份不同的：用 {taken}，不用 {left}。"


def took(units: int, errors: int, refused: int) -> str:
    told = [f"已收下 {units} 个单位的表"]
    told += [f"其中错误 {errors} 处"] if errors else []
    told += [f"{refused} 个没有收下"] if refused else []
    return "，".join(told) + "。"


# --- two handings side by side ---

CHANGES_TITLE = "两份报送的差别"
CHANGES_NONE = "两份报送的表完全一样。"
CHANGES_PAPER = "表"
COMING = "送来的"
THERE = "已收的"
COMPARING = "正在比较…"


def only_one(title: str, gone: bool, sides: tuple[str, str]) -> str:
    return f"{title}（只有“{sides[0] if gone else sides[1]}”有）"


def version_number(number: int) -> str:
    return f"第 {number} 份"


# --- back to a unit ---

RETURN_TITLE = "退回"
RETURN_START = "生成退回包"
RETURN_PLACE = "保存为"
RETURN_FILTER = "退回包 (*.zip)"
CHOOSE_PLACE = "选择…"
RETURNING = "正在生成退回包…"
RETURN_AFTER = "把生成的文件交给单位；单位用本程序打开，意见就显示在它的表旁边。生成后这份报送记为已退回。"
SIGN_WITH = "签名私钥"
SIGN_WITH_HINT = "可以不填；填了单位就能核对是谁发的"
SIGN_WITH_CHOOSE = "选择签名私钥"
SIGN_WITH_FILTER = "私钥 (*.pem)"
BUREAU_NAME = "本部门名称"
BUREAU_NAME_HINT = "例如：某市财政局"


def return_contents(unit: str, notes: int, errors: int, warnings: int) -> str:
    return f"退回给“{unit}”：意见 {notes} 条，审核发现错误 {errors} 处、提醒 {warnings} 处，连同位置一起写进退回包。"


# --- the tree from Excel ---

CHOOSE_TREE = "选择单位树的 Excel 文件"
TREE_FILTER = "Excel 文件 (*.xlsx *.xls *.et *.ods *.csv)"
READING_TREE = "正在读取单位树…"
TREE_TITLE = "由 Excel 导入单位树"
TREE_TAKE = "使用这棵单位树"


def tree_found(units: int, nodes: int) -> str:
    return f"读出 {nodes} 个节点，其中 {units} 个单位要报送。"


def tree_mistakes(count: int) -> str:
    return f"有 {count} 处不对，请在表里改正后再导入："


def tree_taken(nodes: int) -> str:
    return f"单位树已换成导入的 {nodes} 个节点。"


def mistake_line(where: str, message: str) -> str:
    return f"{where}　{message}".strip()
