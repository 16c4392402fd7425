"""Words of what is done to filings as wholes: undo over everything, archived filings, who did what, backups, a second start."""

from __future__ import annotations

# --- undo and redo ---


def travel(verb: str, label: str | None) -> str:
    """What undo or redo would do; the bare word where there is nothing."""
    return f"{verb}：{label}" if label else verb


# --- history ---

NOT_RECORDED = "未记录"


def history_tip(label: str, at: str, who: str, undone: bool) -> str:
    lines = [label, f"{at}　{who or NOT_RECORDED}"] + (["已撤销"] if undone else [])
    return "\n".join(lines)


# --- archived filings ---

ARCHIVED = "已归档，只读"

# --- last year ---


def choose_last_year(year: int) -> str:
    return f"选择 {year} 年度的文件"


# --- what is settled ---


def settled(count: int) -> str:
    return f"已说明 {count}"


# --- backups ---

BACKUP_FAILED = "自动备份没有成功"
BACKUP_DETAILS = "详细"


def backup_failed(why: str) -> str:
    return f"数据已正常保存，但自动备份没有成功：{why} 程序会自动再试；备份成功后这条提醒会消失。"
