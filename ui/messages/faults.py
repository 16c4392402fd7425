"""Words for what goes wrong around the data: stores that do not open, typing that cannot be saved, backups put back, fault reports."""

from __future__ import annotations

# --- typing that cannot be saved ---

UNSAVED = "没有保存"
GIVE_UP = "不保存，直接关闭"
HELD = "刚才填的内容还没有保存，先不离开这份填报。"


def closing(why: str) -> str:
    return f"刚才填的内容还没有保存：{why} 排除原因后，程序会自动保存；现在关闭，这些内容就没有了。"


# --- self-test ---

TRIAL_TEXT = "自检写入的目标"
TRIAL_GOOD = "窗口打开，填一格、保存、导出 Word、Excel、PDF 并读回，数据完好"
TRIAL_NOT_OPEN = "窗口没有打开"
TRIAL_NOT_SAVED = "窗口里填的内容没有保存"


def trial_not_exported(ending: str) -> str:
    return f"窗口里填的内容在导出的 {ending} 里找不到"
