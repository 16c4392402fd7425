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
