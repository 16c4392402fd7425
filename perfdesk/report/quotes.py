"""What the texts of a report are bound to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from perfdesk.bound import Typed, typed_numbers
from perfdesk.model.chapter import Chapter
from perfdesk.model.finding import Place
from perfdesk.model.report import Report
from perfdesk.quotable import Held, Quotable, Quote
from perfdesk.report.reported import Number, Reported

_NOTHING = Number("")
GRADE = "等级"
_OTHER_GRADES = ("优秀", "良好", "中等", "合格", "不合格", "一般", "较差")
_VAGUE = re.compile(
    r"\s*(?:[%％]|[万亿千百]?元|分|[个项件次条份家])?\s*(?:及?以上|及?以下|以内|左右|上下|[-－—~～至到]\s*\d)"
)
_BETWEEN = r"[为是：:“”\"'‘’\s]*"


def quotable_report(report: Report, reported: Reported) -> Quotable:
    numbers = reported.numbers

    def resolve(name: str) -> str | None:
        found = numbers.get(name)
        return None if found is None else found.text

    def held(name: str) -> Held | None:
        return numbers.get(name, _NOTHING).held

    def words(name: str) -> str:
        where = numbers.get(name, _NOTHING).where
        return f"{name}（{where}）" if where else name

    def place(name: str) -> Place | None:
        return numbers.get(name, _NOTHING).place

    def quotes(chapter: Chapter | None) -> tuple[Quote, ...]:
        own = dict.fromkeys(name for _, name in (chapter.phrases if chapter else ()) if name in numbers)
        return tuple(Quote(n, words(n), n) for n in dict.fromkeys((*own, *numbers)) if numbers[n].text)

    def typed(text: str, chapter: Chapter) -> Iterable[Typed]:
        return whole_numbers(report, text, chapter.phrases)

    return Quotable(report.chapters, resolve, held, words, place, quotes, rounded=True, typed=typed)


def typed_grades(report: Report, text: str) -> Iterator[Typed]:
    """Every grade that is typed behind the words of a phrase for it."""
    known = sorted({*(g.name for g in report.scheme.grades), *_OTHER_GRADES}, key=len, reverse=True)
    words = {w for c in report.chapters for w, name in c.phrases if name == GRADE}
    if not words:
        return
    grades, said = ("|".join(map(re.escape, x)) for x in (known, sorted(words, key=len, reverse=True)))
    for m in re.finditer(rf"({said}){_BETWEEN}({grades})(?![\u4e00-\u9fff])", text):
        typed = Typed(m[1], GRADE, m[2], m.start(2), m.end(2))
        if _is_whole(report, text, typed):
            yield typed


def whole_numbers(report: Report, text: str, phrases: Iterable[tuple[str, str]]) -> Iterable[Typed]:
    """Typed numbers that are said of the whole department, and as they are: no limits, no ranges."""
    for typed in typed_numbers(text, phrases):
        if _is_whole(report, text, typed) and not _VAGUE.match(text[typed.end :]):
            yield typed


def _is_whole(report: Report, text: str, typed: Typed) -> bool:
    """Not behind words that name a part of the department, of its budget or its score, or another year."""
    start = max((text.rfind(c, 0, typed.start) for c in "，。；：\n"), default=-1)
    before = text[start + 1 : typed.start]
    return not any(w in before and w not in typed.words for w in report.words.parts)
