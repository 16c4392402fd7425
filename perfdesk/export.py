"""A filing to a file: the official form, or a draft with its mark where errors are open."""

from __future__ import annotations

import re
from pathlib import Path

from perfdesk.check import check, errors
from perfdesk.compose import compose
from perfdesk.errors import ExportRefused
from perfdesk.model.filing import Filing
from perfdesk.model.form import Form


def export_filing(form: Form, filing: Filing, target: Path, draft: bool = False) -> None:
    """Write ``target`` (the ending says the format), whole or not at all.

    ExportRefused (``errors-open``) where errors are open and it is not a draft; other ExportRefused as the writer says. A missing
    folder is made.
    """
    if not draft:
        open_errors = [f for f in check(form, filing) if f.severity == "error"]
        if open_errors:
            first = open_errors[0]
            message = (
                f"“{filing.unit_name or filing.title}”还有 {errors(open_errors)} 处错误（如 {first.where}：{first.title}），"
                "不能导出正式稿。请先改正，或导出草稿。"
            )
            raise ExportRefused("errors-open", message)
    from perfdesk.formats.write import write

    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportRefused(
            "no-folder", f"无法建立文件夹“{target.parent}”，请换一个位置。", str(error)
        ) from error
    write(compose(form, filing, draft).document, target)


def suggested_name(filing: Filing, format: str, draft: bool = False) -> str:
    """``2022年度某单位整体绩效目标申报表.docx``: characters that a file system refuses are left out, the length is bounded."""
    year = f"{filing.year}年度" if filing.year is not None else ""
    stem = re.sub(r'[\\/:*?"<>|\s]+', "", f"{year}{filing.unit_name}{filing.title}") or "填报"
    return f"{stem[:80]}{'（草稿）' if draft else ''}.{format}"
