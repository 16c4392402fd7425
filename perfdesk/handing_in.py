"""What a unit hands in, as one file: its filings and their findings with every form exported, and the same bytes for the same filings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from perfdesk import VERSION
from perfdesk.catalog import Catalog
from perfdesk.compose import compose
from perfdesk.errors import ExportRefused
from perfdesk.export import suggested_names
from perfdesk.file_names import plain_stem
from perfdesk.formats.manifest_zip import SUBMISSION, zip_bytes
from perfdesk.formats.write import FileFormat, write_bytes
from perfdesk.model.finding import errors
from perfdesk.model.sent_back import KeptRemark
from perfdesk.submission.made import Handed, Whose, check_code, manifest_of, parts_of
from perfdesk.titles import name_of

FORMATS = ("docx", "xlsx", "pdf")
"""In which each form is exported into the package."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is to be handed in: the filings of one unit for one year; ``remarks`` of the bureau on what was handed in before."""

    unit_name: str
    unit_code: str
    year: int
    handed: tuple[Handed, ...]
    remarks: tuple[KeptRemark, ...] = ()

    @property
    def wrong(self) -> tuple[Handed, ...]:
        """Those with errors open: they can only go as a draft."""
        return tuple(one for one in self.handed if errors(one.reviewed.waiting))

    @property
    def ids(self) -> tuple[int, ...]:
        """Of the filings in the store."""
        return tuple(one.filing.id for one in self.handed if one.filing.id is not None)


@dataclass(frozen=True, slots=True)
class Package:
    """``check_code``: by which two people tell each other that they have the same one."""

    data: bytes
    check_code: str


def refuse_wrong(what: Gathered) -> None:
    """ExportRefused ``errors-open``: an official package has none."""
    if wrong := what.wrong:
        first = wrong[0]
        finding = next(f for f in first.reviewed.waiting if f.severity == "error")
        message = (
            f"有 {len(wrong)} 份表还有错误（如“{name_of(first.form, first.filing)}” {finding.where}：{finding.title}），"
            "不能生成正式的报送包。请先改正，或生成草稿。"
        )
        raise ExportRefused("errors-open", message)


def packed(
    what: Gathered,
    forms: Catalog,
    day: date,
    draft: bool = False,
    formats: Sequence[str] = FORMATS,
    going_on: Callable[[int], bool] = lambda _number: True,
) -> Package:
    """``going_on``: asked before each form, with its number from 1; ExportRefused ``cancelled`` where it says no. Also as ``refuse_wrong``
    and as the writers say."""
    if not draft:
        refuse_wrong(what)
    names = [suggested_names([one.filing for one in what.handed], format, draft) for format in formats]
    handed: list[Handed] = []
    for number, one in enumerate(what.handed):
        if not going_on(number + 1):
            raise ExportRefused("cancelled", "已取消，没有生成报送包。")
        document = compose(one.form, one.filing, draft, one.beside).document
        papers = {
            name[number]: write_bytes(document, cast(FileFormat, format))
            for name, format in zip(names, formats, strict=True)
        }
        handed.append(replace(one, papers=papers))
    whose = Whose(what.unit_name, what.unit_code, what.year, day.isoformat(), VERSION, draft)
    data, manifest = zip_bytes(SUBMISSION, manifest_of(whose, handed, forms), parts_of(handed, what.remarks))
    return Package(data, check_code(manifest))


def suggested_package_name(unit: str, year: int, draft: bool = False) -> str:
    """``某单位2022年度报送包.zip``"""
    stem = plain_stem(f"{''.join(unit.split())}{year}年度报送包")
    return f"{stem}（草稿）.zip" if draft else f"{stem}.zip"
