"""Words for what goes wrong around the data: stores that do not open, typing that cannot be saved, backups put back, fault reports."""

from __future__ import annotations

from datetime import datetime

# --- typing that cannot be saved ---

UNSAVED = "没有保存"
GIVE_UP = "不保存，直接关闭"
HELD = "刚才填的内容还没有保存，先不离开这份填报。"


def closing(why: str) -> str:
    return f"刚才填的内容还没有保存：{why}排除原因后，程序会自动保存；现在关闭，这些内容就没有了。"


# --- data that do not open ---

TROUBLES = {
    "damaged": ("数据文件已损坏", "数据文件读不出来，程序没有改动它。"),
    "lost": ("数据文件不见了", "数据文件夹里没有数据文件，或者它是空的。"),
    "newer": (
        "数据由更新版本的程序建立",
        "这一版程序读不了它，也没有改动它。请安装新版的绩效填报台后再打开。",
    ),
    "older": ("数据需要升级", "请用可以写入的方式打开。"),
    "foreign": (
        "这不是绩效填报台的数据",
        "数据文件夹里的 perfdesk.db 是别的程序的文件，程序没有改动它。请换一个数据文件夹。",
    ),
    "locked": (
        "数据正在另一个窗口里使用",
        "请使用已经打开的窗口。它如果没有反应，先关闭它，再按“再试一次”。",
    ),
    "disk-full": ("磁盘已满", "数据没有受影响，但现在打不开。请清理出一些空间，再按“再试一次”。"),
    "read-only": ("数据文件夹是只读的", "请取消只读，或换一个可以写入的文件夹，再按“再试一次”。"),
    "no-permission": ("没有数据文件夹的读写权限", "请检查这个文件夹的权限，再按“再试一次”。"),
    "migration-failed": (
        "数据升级没有成功",
        "数据保持升级以前的样子，升级前也已备份。请把故障报告交给维护人员。",
    ),
}
AGAIN = "再试一次"
ELSEWHERE = "换一个数据文件夹…"
SHOW_FOLDER = "打开数据文件夹"
OTHER_BACKUP = "选择其他备份…"
CHOOSE_FOLDER = "选择数据文件夹"
UNSAFE_TITLE = "数据不能放在这里"
MAKE_COPY = "在本机建立副本并打开"
OPEN_COPY = "打开本机的副本"
USE_LOCAL = "使用本机的数据文件夹"


def no_backup(what: str) -> str:
    return f"{what}没有找到完好的备份。请先复制整个数据文件夹，再联系维护人员。"


def has_backup(what: str) -> str:
    return f"{what}最近的完好备份可以马上恢复；原来的文件会另外保留，不会删除。"


def restore_newest(when: str) -> str:
    return f"恢复到 {when}"


def unsafe(folder: str, why: str) -> str:
    return f"数据文件夹 {folder} {why}，在那里可能丢失或弄乱数据，所以没有打开，也没有改动它。"


def unsafe_way(text: str, place: str, has_data: bool) -> str:
    way = "以前建立的副本在 " if has_data else "可以改在本机的文件夹里使用："
    return f"{text}{way}{place}。要带走或共享，请用“备份”或“上报包”。"


# --- backups ---

BACKUPS_TITLE = "备份与恢复"
BACKUPS_HINT = "恢复之前，现在的内容会先备份；恢复错了，再选那一份备份即可改回来。"
BACKUPS_NONE = "还没有备份。"
RESTORE = "恢复到这一份"
BACKUP_NOW = "立即备份"
BACKUP_FILE = "从其他文件恢复…"
BACKUP_TO = "备份到…"
BACKUP_NAME = "绩效填报台备份.db"
CHOOSE_BACKUP = "选择备份文件"
BACKUP_FILTER = "备份文件 (*.db);;所有文件 (*)"
UNDO_RESTORE = "撤销恢复"
REASONS = {
    "daily": "每日自动备份",
    "timer": "自动备份",
    "import": "导入之前",
    "migrate": "数据升级之前",
    "upgrade": "程序升级之前",
    "restore": "恢复之前",
    "asked": "手工备份",
    "consolidate": "汇总之前",
}


def backup_at(at: datetime, reason: str) -> str:
    why = REASONS.get(reason)
    return f"{at:%Y-%m-%d %H:%M}" + (f"（{why}）" if why else "")


def backup_line(at: datetime, reason: str, size: int) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}　{REASONS.get(reason, '')}　{size / (1 << 20):.1f} MB"


def restored(when: str) -> str:
    return f"已恢复到 {when}。恢复之前的内容也已备份。"


def restored_closed(when: str) -> str:
    return f"已恢复到 {when}。原来的文件另外保留在数据文件夹里。"


def backed_up(path: str) -> str:
    return f"已备份：{path}"


# --- fault report ---

REPORT_TITLE = "故障报告"
REPORT_HINT = (
    "这些内容请先看一遍。里面只有程序版本、最近用过的功能和出错的位置，没有单位、表格内容和文件名。"
    "程序不会自动发送，请保存后自己交给维护人员。"
)
REPORT_SAVE = "保存为文件…"
REPORT_COPY = "复制"
REPORT_FILE = "绩效填报台故障报告.txt"
REPORT_FILTER = "文本文件 (*.txt)"
REPORT_LINK = "故障报告…"
REPORT_HEAD = "绩效填报台故障报告"
REPORT_PROGRAM = "程序"
REPORT_COMPUTER = "电脑"
REPORT_DATA = "数据"
REPORT_TROUBLE = "当前问题"
REPORT_FAULTS = "出错的位置"
REPORT_DEEDS = "最近的操作"
REPORT_NONE = "无"
REPORT_NO_STORE = "没有打开"
UNEXPECTED = (
    "程序出了意外，刚才这一步可能没有完成；已保存的数据不受影响。如果反复出现，请把故障报告交给维护人员。"
)


def report_store(version: int, filings: int, size: int, backups: int) -> str:
    return f"数据版本 {version}，填报 {filings} 份，{size / (1 << 20):.1f} MB，备份 {backups} 份"


def report_screen(width: int, height: int, ratio: float, zoom: float, platform: str) -> str:
    return f"屏幕 {width}×{height}，系统缩放 {ratio:g}，界面缩放 {zoom:g}，{platform}"


def report_saved(name: str) -> str:
    return f"故障报告已保存：{name}"


# --- self-test ---

TRIAL_TEXT = "自检写入的目标"
TRIAL_GOOD = "窗口打开，填一格、保存、导出 Word、Excel、PDF 并读回，数据完好"
TRIAL_NOT_OPEN = "窗口没有打开"
TRIAL_NOT_SAVED = "窗口里填的内容没有保存"


def trial_not_exported(ending: str) -> str:
    return f"窗口里填的内容在导出的 {ending} 里找不到"
