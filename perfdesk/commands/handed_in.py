"""What a submission package says of itself, for people and for scripts."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from perfdesk.model.submission import HandedIn


def handed_in_json(told: HandedIn) -> dict[str, Any]:
    return asdict(told)


def handed_in_lines(told: HandedIn) -> list[str]:
    """Of which unit and year, when and by which program, and what the unit says about its findings."""
    code = f"（{told.unit_code}）" if told.unit_code else ""
    said = [one for one in told.findings if one.explanation]
    accepted = told.receipt
    return [
        f"报送包{'（草稿）' if told.draft else ''}  {told.unit_name}{code}  {told.year} 年度",
        f"  {told.made} 由程序 {told.program} 生成，核对码 {told.check_code}",
        f"  附导出文件 {len(told.papers)} 个；审核结果 {len(told.findings)} 条，其中已说明 {len(said)} 条",
        *(
            [f"  {accepted.day} 由“{accepted.signer}”受理签名，密钥指纹 {accepted.fingerprint}"]
            if accepted
            else []
        ),
        *(f"  说明  {one.where}  {one.title}：{one.explanation}" for one in said),
    ]
