"""Reports of self-evaluations in a stream of lines: their chapters, the table of scores, the facts that their sentences state.

The target form inside a report is left to its own reader.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from types import MappingProxyType

from perfdesk.model.filing import Filing, Row, empty_filing
from perfdesk.model.form import Form
from perfdesk.model.report import Report
from perfdesk.recognise.claim import Claim, RecognisedFiling
from perfdesk.recognise.department.texts import joined
from perfdesk.recognise.found import Parts
from perfdesk.recognise.lines import Line
from perfdesk.recognise.report.foreign import own_texts, paragraph
from perfdesk.recognise.report.headings import Headings
from perfdesk.recognise.report.scores import Scores, pictures, read_scores
from perfdesk.recognise.report.sentences import stated_facts, stated_grade, stated_total
from perfdesk.recognise.report.stretches import Stretch, stretches
from perfdesk.recognise.report.title import Title, title_of, title_starts

NewId = Callable[[], str]


def reports(lines: Sequence[Line], forms: Sequence[Form], new_id: NewId) -> Claim:
    """Every department's report that the lines hold; of several editions of the form the first."""
    form = next((f for f in forms if f.report), None)
    if form is None or form.report is None:
        return Claim((), tuple(lines))
    headings = Headings.of(form)
    filings: list[RecognisedFiling] = []
    rest: list[Line] = []
    left: list[str] = []
    starts = [0, *title_starts(lines, form)]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        own = lines[start:end]
        found = stretches(own, headings)
        title = title_of(own, found[0].at if found else 0, form)
        if not _is_report(found, title):
            rest += own
            continue
        claim = _Reading(form, form.report, own, forms, new_id).claim(found, title)
        filings += claim.filings
        rest += claim.rest
        left += claim.leftovers
    return Claim(tuple(filings), tuple(rest), tuple(left))


def _is_report(found: Sequence[Stretch], title: Title | None) -> bool:
    """At least four of the headings of the first level, or a title with two of any; a project's is another matter."""
    firsts = sum(1 for s in found if s.chapter.level == 1)
    if title is not None and title.is_of_project:
        return False
    return firsts >= 4 or (title is not None and len(found) >= 2)


class _Reading:
    def __init__(
        self, form: Form, report: Report, lines: Sequence[Line], forms: Sequence[Form], new_id: NewId
    ) -> None:
        self.form = form
        self.report = report
        self.lines = lines
        self.others = [f for f in forms if f is not form]
        self.new_id = new_id
        self.parts = Parts()
        self.claimed: set[int] = set()

    def claim(self, found: Sequence[Stretch], title: Title | None) -> Claim:
        scores = read_scores(self.lines, self.form)
        self.claimed |= scores.claimed
        self.claimed |= pictures(self.lines)
        texts = self._texts(found)
        filing = self._filing(texts, scores, title)
        self.claimed |= title.claimed if title else set()
        rest = tuple(line for line in self.lines if id(line) not in self.claimed)
        where = self.lines[found[0].at].where
        one = RecognisedFiling(filing, tuple(self.parts.repairs), where)
        return Claim((one,), rest, tuple(self.parts.leftovers))

    def _texts(self, found: Sequence[Stretch]) -> dict[str, str]:
        """By the address of the cell. A heading that comes again below stood in the contents before; text below a heading that has none
        of its own belongs to the first below it."""
        last = {s.number: s for s in found}
        self.claimed |= {id(self.lines[s.at]) for s in found}
        cells: dict[str, list[Line]] = {}
        chapters = self.form.chapters
        for number, stretch in sorted(last.items()):
            below = [
                line for line in self.lines[stretch.at + 1 : stretch.end] if id(line) not in self.claimed
            ]
            own = own_texts(below, self.form, self.others)
            cell = next((c.text for c in chapters[number:] if c.text), "")
            cells.setdefault(cell, []).extend(own)
            self.claimed |= {id(line) for line in own} if cell else set()
        return {cell: self._text(cell, own) for cell, own in cells.items() if cell and own}

    def _text(self, cell: str, lines: Sequence[Line]) -> str:
        texts = [t for line in lines if (t := paragraph(line)) is not None]
        return joined(texts, cell, self.parts)

    def _filing(self, texts: dict[str, str], scores: Scores, title: Title | None) -> Filing:
        whole = "\n".join(texts.values())
        total = scores.result.get("total") or stated_total(self.report, texts.values())
        result = {**scores.result, "total": total, "grade": stated_grade(self.report, whole)}
        facts = stated_facts(self.report, texts.values(), self.form.amount_unit)
        cells: dict[str, dict[str, str]] = {
            "basic": {"unit_name": title.unit if title else ""},
            "result": result,
            "facts": facts,
        }
        for cell, text in texts.items():
            section, _, column = cell.partition("/")
            cells.setdefault(section, {})[column] = text
        rows = [Row(s, s, MappingProxyType({k: v for k, v in own.items() if v})) for s, own in cells.items()]
        rows += [Row(self.new_id(), "scores", MappingProxyType(row)) for row in scores.rows]
        year = (title.year if title else None) or _commonest_year(whole)
        filing = empty_filing(self.form, year, tuple(rows))
        return replace(filing, title=title.text if title and title.text else self.form.title)


def _commonest_year(text: str) -> int | None:
    years = Counter(re.findall(r"(20\d{2})\s*年", text))
    return int(years.most_common(1)[0][0]) if years else None
