"""Words of what the bureau sends back: the file, and its remarks beside the unit's forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from perfdesk.model.sent_back import SentBack

TITLE = "财政局意见"
DIALOG = "退回意见"
TAKE = "收下"
COLUMNS = ("表", "位置", "意见")
KINDS = {"note": "意见", "error": "审核出的错误", "warning": "审核出的提醒"}
DECISIONS = {"returned": "退回修改", "accepted": "已受理"}
UNSIGNED = "没有签名。"
TRUST = "已经向财政局核对过指纹，以后信任这个密钥"
WHOLE = "整套报送"
DO = "标为已处理…"
AGAIN = "还没处理完"
SAY = "改答复…"
SAVE_DONE = "标为已处理"
PLACEHOLDER = "可以写一句怎样改的，随下一个报送包交去（Ctrl+Enter 保存）"
UNSEAL_REASON = "财政局退回"


def heading(sent: SentBack) -> str:
    return f"{DECISIONS[sent.decision]}　{sent.unit_name}　{sent.year} 年度"


def from_whom(sent: SentBack) -> str:
    answers = f"对 {sent.handed_in} 报送的一份（核对码 {sent.answers}）" if sent.answers else "对报送的文件"
    return f"{sent.bureau}　{sent.made}　{answers}，意见 {len(sent.remarks)} 条。"


def where(about: str, place: str) -> str:
    return "　".join(t for t in (about, place) if t) or WHOLE


def titled(title: str, text: str) -> str:
    return f"{title}：{text}" if title else text


def group(count: int, bureau: str, made: str) -> str:
    return f"{TITLE}　{count} 条未处理（{bureau}，{made}）"


def done_head(count: int) -> str:
    return f"财政局意见已处理 {count} 条"


def stood(text: str) -> str:
    return f"报送时：{text}"


def answered(text: str) -> str:
    return f"答复：{text}"


def taken(count: int) -> str:
    return f"已收下退回意见，{count} 条列在各表的审核结果上面。" if count else "已收下，没有意见。"


AGAIN_TAKEN = "这份退回意见以前已经收下，没有再收一次。"


def decided(decision: str, remarks: int) -> str:
    """Behind the day on which it was handed in."""
    if decision == "accepted":
        return "，财政局已受理"
    return f"，财政局已退回，{remarks} 条意见未处理" if remarks else "，财政局已退回"


def from_unit(done: bool, answer: str) -> str:
    """What the unit says about a note, as the bureau reads it."""
    state = "单位已处理" if done else "单位未处理"
    return f"{state}：{answer}" if answer else state


def waiting(count: int) -> str:
    return f"财政局意见 {count}"
