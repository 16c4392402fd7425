"""Filings to a file: the official form, or a draft with its mark where errors are open; one filing, or all of a year as one document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from perfdesk.compose import compose
from perfdesk.document.blocks import Document
from perfdesk.errors import ExportRefused
from perfdesk.file_names import PATTERN, distinct, file_stem, set_stem
from perfdesk.model.filing import Filing
from perfdesk.model.finding import errors
from perfdesk.model.form import Form
from perfdesk.report.companions import ALONE, Companions
from perfdesk.switched_off import NONE_OFF, Off, still_on
from perfdesk.titles import name_of


@dataclass(frozen=True, slots=True)
class Job:
    """One file to write. ``together``: the forms of a year that it holds; ``form`` and ``filing`` are the first of them then."""

    form: Form
    filing: Filing
    target: Path
    draft: bool
    together: tuple[tuple[Form, Filing], ...] = ()
    beside: Companions = ALONE

    def forms(self) -> Iterator[Form]:
        """Every form that the job needs, some more than once."""
        yield self.form
        yield from (form for form, _ in self.together)
        yield from (one[0] for one in (self.beside.evaluation, self.beside.target, self.beside.report) if one)


def write_job(job: Job, off: Mapping[str, Off] = NONE_OFF) -> None:
    """As ``export_set`` or ``export_filing`` does it."""
    if job.together:
        export_set(job.together, job.target, job.draft, off)
    else:
        export_filing(job.form, job.filing, job.target, job.draft, job.beside, off)


def export_filing(
    form: Form,
    filing: Filing,
    target: Path,
    draft: bool = False,
    beside: Companions = ALONE,
    off: Mapping[str, Off] = NONE_OFF,
) -> None:
    """Write ``target`` (the ending says the format), whole or not at all. ``beside``: of a report, what it quotes. ``off``: checks
    that the user switched off stop nothing.

    ExportRefused (``errors-open``) where errors are open and it is not a draft; other ExportRefused as the writer says. A missing
    folder is made.
    """
    if not draft:
        refuse_open(form, filing, beside, off)
    _write(compose(form, filing, draft, beside).document, target)


def export_set(
    filings: Sequence[tuple[Form, Filing]],
    target: Path,
    draft: bool = False,
    off: Mapping[str, Off] = NONE_OFF,
) -> None:
    """The filings of one unit and year as one document; refuses as ``export_filing`` does where one of them has errors."""
    if not draft:
        for form, filing in (one for one in filings if not one[0].report):
            refuse_open(form, filing, off=off)
    from perfdesk.year_set import compose_set

    _write(compose_set(filings, draft).document, target)


def refuse_open(
    form: Form, filing: Filing, beside: Companions = ALONE, off: Mapping[str, Off] = NONE_OFF
) -> None:
    """ExportRefused ``errors-open``."""
    from perfdesk.check import check  # with all the rules, which no draft needs
    from perfdesk.derive import derive

    findings = still_on(check(form, filing, derive(form, filing, beside)), off)
    open_errors = [f for f in findings if f.severity == "error"]
    if open_errors:
        first = open_errors[0]
        message = (
            f"“{_called(form, filing)}”还有 {errors(open_errors)} 处错误（如 {first.where}：{first.title}），"
            "不能导出正式稿。请先改正，或导出草稿。"
        )
        raise ExportRefused("errors-open", message)


def _called(form: Form, filing: Filing) -> str:
    """A form that a unit has once is known by the unit; of several projects by its name."""
    return name_of(form, filing) if filing.cell("basic/name") else filing.unit_name or filing.title


def _write(document: Document, target: Path) -> None:
    from perfdesk.formats.write import write

    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportRefused(
            "no-folder", f"无法建立文件夹“{target.parent}”，请换一个位置。", str(error)
        ) from error
    write(document, target)


def suggested_name(filing: Filing, format: str, draft: bool = False) -> str:
    """``2022年度某单位整体绩效目标申报表.docx``"""
    return f"{file_stem(PATTERN, filing, draft)}.{format}"


def suggested_names(filings: Sequence[Filing], format: str, draft: bool = False) -> tuple[str, ...]:
    """One name a filing, no two alike."""
    stems = distinct([file_stem(PATTERN, filing, draft) for filing in filings])
    return tuple(f"{stem}.{format}" for stem in stems)


def suggested_set_name(filing: Filing, format: str, draft: bool = False) -> str:
    """Of the document of all filings of this one's unit and year."""
    return f"{set_stem(PATTERN, filing, draft)}.{format}"
