"""What a submission package says of itself, for people and for scripts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from perfdesk.commands.sent_back import signed_line
from perfdesk.model.submission import Answered, HandedIn
from perfdesk.pack_trust import Key


def handed_in_json(told: HandedIn) -> dict[str, Any]:
    return asdict(told)


def handed_in_lines(told: HandedIn, known: Mapping[str, Key]) -> list[str]:
    """Of which unit and year, when and by which program, and what the unit says about its findings. ``known``: the trusted keys by
    fingerprint."""
    code = f"（{told.unit_code}）" if told.unit_code else ""
    said = [one for one in told.findings if one.explanation]
    accepted = told.receipt
    return [
        f"报送包{'（草稿）' if told.draft else ''}  {told.unit_name}{code}  {told.year} 年度",
        f"  {told.made} 由程序 {told.program} 生成，核对码 {told.check_code}",
        f"  附导出文件 {len(told.papers)} 个；审核结果 {len(told.findings)} 条，其中已说明 {len(said)} 条",
        *([f"  受理：{signed_line(accepted, known)}"] if accepted else []),
        *(f"  说明  {one.where}  {one.title}：{one.explanation}" for one in said),
        *(f"  答复意见  {one.where}  {one.text}：{_answer(one)}" for one in told.answers),
    ]


def _answer(one: Answered) -> str:
    done = "已处理" if one.done else "未处理"
    return f"{done}。{one.answer}" if one.answer else f"{done}。"
