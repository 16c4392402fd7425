"""The texts of a report: data that nobody entered, another year, another office, a grade that the data contradict."""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfdesk.bound import Typed, bound_in
from perfdesk.model.change import SetCell, Step
from perfdesk.model.chapter import Chapter
from perfdesk.model.finding import Finding, Place
from perfdesk.model.report import Report
from perfdesk.quotable import bind_texts, corrected
from perfdesk.report.quotes import quotable_report, typed_grades
from perfdesk.report.reported import Reported
from perfdesk.rules.subject import Kind, Subject, cell_fix
from perfdesk.values import one_line

EMPTY = Kind("report-text-empty", "error", "引用的数据还没有填")
GRADE = Kind("report-text-grade", "error", "文字与等级不一致")
YEAR = Kind("report-year", "warning", "文字里是别的年度")
OFFICE = Kind("report-office", "warning", "文字里是别的单位")
BINDABLE = Kind("report-bindable", "hint", "有可以随数据更新的数")
KINDS = (EMPTY, GRADE, YEAR, OFFICE, BINDABLE)

_COMPARED = re.compile(r"(?:比|较|与|和|同|自|从|对照|参照|依据|根据)\s*$")
_MATTERS = ("绩效", "预算", "自评", "决算")
_WITH = re.compile(
    r"(?:配合|协助|支持|会同|联合|协调|参与|做好|完成|指导|监督|督促|按照|根据|落实|接受|对接|与|和|同)[^，。；]{0,6}$"
)
"""Words with which one works for another office."""
_QUOTED = re.compile(r"《[^》]*》|“[^”]*”|〔[^〕]*〕")


def find(subject: Subject) -> Iterator[Finding]:
    report, reported = subject.form.report, subject.values.reported
    if report is None or reported is None:
        return
    for chapter in report.chapters:
        text = subject.filing.cell(chapter.text) if chapter.text else ""
        if text.strip():
            yield from _empty(chapter, text, reported)
            yield from _grades(chapter, text, report, reported)
            yield from _years(subject, chapter, text, report)
            yield from _offices(subject, chapter, text, report)
    if reported.companions.evaluation:
        yield from _bindable(subject, report, reported)


def cell_of(chapter: Chapter) -> tuple[str, Place]:
    row, _, column = chapter.text.partition("/")
    return chapter.text, Place(row, column)


def _bindable(subject: Subject, report: Report, reported: Reported) -> Iterator[Finding]:
    """Typed numbers that are the self-evaluation's own; told once, with the step that binds them all."""
    changes = bind_texts(subject.filing, quotable_report(report, reported))
    if changes:
        first = changes[0]
        place = Place(first.row, first.column) if isinstance(first, SetCell) else Place(None)
        message = (
            f"有 {len(changes)} 章文字里的数与自评表相同，可以改为随数据更新：以后自评表改了，文字跟着改。"
        )
        where = f"{place.row}/{place.column}"
        yield BINDABLE.at(where, place, message, Step("文字里的数改为随数据更新", changes))


def _empty(chapter: Chapter, text: str, reported: Reported) -> Iterator[Finding]:
    """Bound names that mean something of which there is nothing; told once a chapter."""
    names = dict.fromkeys(b.name for b in bound_in(text))
    known = ((n, reported.numbers[n]) for n in names if n in reported.numbers)
    empty = [n for n, number in known if not number.text and not number.bare]
    if empty:
        listed = "、".join(f"“{n}”" for n in empty)
        message = (
            f"“{chapter.heading}”引用的{listed}还没有数据，印出来是空的。{_left(reported)}"
            "请在自评表里填写，或删去这一句。"
        )
        yield EMPTY.at(*cell_of(chapter), message)


def _left(reported: Reported) -> str:
    """Why there may be no total and no grade yet."""
    evaluated = reported.companions.evaluated
    count = evaluated.scored.open if evaluated else 0
    return f"自评表还有 {count} 项不能计分。" if count else ""


def _grades(chapter: Chapter, text: str, report: Report, reported: Reported) -> Iterator[Finding]:
    for typed in typed_grades(report, text):
        if reported.grade and typed.text != reported.grade:
            row, _, column = chapter.text.partition("/")
            message = f"“{chapter.heading}”里写的是“{typed.words}…{typed.text}”，等级是“{reported.grade}”。"
            fix = cell_fix(f"改为随数据更新的“{reported.grade}”", row, column, corrected(text, typed))
            yield GRADE.at(*cell_of(chapter), message, fix)


def _years(subject: Subject, chapter: Chapter, text: str, report: Report) -> Iterator[Finding]:
    """A year beside words that are said only of the report's own; told once a chapter."""
    year = subject.filing.year
    words = "|".join(re.escape(w) for w in report.words.this_year)
    if year is None or not words:
        return
    for match in re.finditer(rf"(20\d{{2}})(\s*年(?:度)?[，,]?\s*(?:{words}))", _unquoted(text)):
        if int(match[1]) == year or _COMPARED.search(text[: match.start()]) or not _of_report(text, match):
            continue
        row, _, column = chapter.text.partition("/")
        said = " ".join(text[match.start() : match.end()].split())
        message = f"“{chapter.heading}”里写的是“{said}”，这份报告是 {year} 年度的。"
        fixed = corrected(text, Typed("", "年度", match[1], match.start(1), match.end(1)))
        yield YEAR.at(*cell_of(chapter), message, cell_fix("改为本年度", row, column, fixed))
        return


def _of_report(text: str, match: re.Match[str]) -> bool:
    """A year of the unit itself (我部门) may be any; of its performance and budget it is the report's."""
    start = max(text.rfind(c, 0, match.start()) for c in "。；\n") + 1
    ends = [at for c in "。；\n" if (at := text.find(c, match.end())) >= 0]
    sentence = text[start : min(ends, default=len(text))]
    return any(word in sentence for word in _MATTERS)


def _unquoted(text: str) -> str:
    """Names of documents and quotations as blanks, so that places stay."""
    return _QUOTED.sub(lambda m: " " * len(m[0]), text)


def _offices(subject: Subject, chapter: Chapter, text: str, report: Report) -> Iterator[Finding]:
    """An office whose own work the report speaks of, though it is another unit's report; told once an office."""
    unit = one_line(subject.filing.unit_name)
    own = "|".join(re.escape(w) for w in report.words.own_work)
    if not unit or not own:
        return
    plain = _unquoted(text)
    told: set[str] = set()
    for office in sorted(report.words.offices, key=len, reverse=True):
        match = re.search(rf"{re.escape(office)}(?:的)?(?:{own})", plain)
        if match is None or is_short_for(office, unit) or any(office in known for known in told):
            continue
        if _WITH.search(plain[: match.start()]):
            continue
        told.add(office)
        around = " ".join(text[max(0, match.start() - 8) : match.end() + 6].split())
        message = (
            f"“{chapter.heading}”里把“{office}”的工作写成了本单位的（“…{around}…”），本单位是“{subject.filing.unit_name}”。"
            "请核对是否照抄了别的单位。"
        )
        yield OFFICE.at(*cell_of(chapter), message)


def is_short_for(short: str, name: str) -> bool:
    """Whether all characters of the short name stand in the name in their order: 发改委, 发展和改革委员会."""
    letters = iter(name)
    return all(c in letters for c in short)
