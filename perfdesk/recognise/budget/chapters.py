"""The explanation of a budget: the paragraphs below each chapter's heading, and the document's own furniture (cover, contents)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from perfdesk.catalog import label_key
from perfdesk.model.chapter import Chapter
from perfdesk.model.form import Form
from perfdesk.recognise.budget.heads import Heads
from perfdesk.recognise.lines import Line
from perfdesk.values import one_line

_ORDINAL = re.compile(
    r"^(?:[(（]?[一二三四五六七八九十]{1,3}[)）]?[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．])"
)
_PAGE_NUMBER = re.compile(r"[.…·\s]*\d{1,3}$")
_FURNITURE = ("部门预算信息公开目录", "部门预算公开表", "部门预算信息公开情况说明", "目录", "情况说明")
_YEAR = re.compile(r"20\d{2}年?度?")
_BOLD = re.compile(r"\*\*([^*\n]+)\*\*")
_BULLET = re.compile(r"^- (?=\d)", re.M)


@dataclass(slots=True)
class Explanation:
    """``texts``: cell (``explanation/duties``) → text; ``marked``: cells in which marks of a converter were dropped."""

    texts: dict[str, str] = field(default_factory=dict[str, str])
    marked: list[str] = field(default_factory=list[str])
    claimed: set[int] = field(default_factory=set[int])


def read_explanation(
    form: Form, lines: Sequence[Line], own: Callable[[Line], bool], foreign: frozenset[str]
) -> Explanation:
    """The texts of the form's chapters. ``own``: lines that the program prints by itself. A chapter in which other forms stand (their
    labels are ``foreign``) is left to their readers."""
    found = Explanation()
    chapters = form.budget.chapters if form.budget else ()
    last: dict[int, list[Line]] = {}
    for number, head, below in _stretches(form, chapters, lines):
        found.claimed |= {id(line) for line in head}
        # A heading that comes again below stood in the contents before.
        last[number] = _before_others(below, foreign)
    texts: dict[str, list[Line]] = {}
    for number, below in sorted(last.items()):
        if (cell := _text_cell(chapters, number)) and below:
            texts.setdefault(cell, []).extend(below)
    for cell, below in texts.items():
        text = _text(line for line in below if not own(line))
        found.texts[cell] = _unmarked(text)
        if found.texts[cell] != text:
            found.marked.append(cell)
        found.claimed |= {id(line) for line in below}
    return found


def _stretches(
    form: Form, chapters: Sequence[Chapter], lines: Sequence[Line]
) -> Iterator[tuple[int, list[Line], list[Line]]]:
    """Number of the chapter, its heading, and what stands below it up to the next. What stands between the document's own heading and the
    first chapter is the opening (a chapter of level 0)."""
    known = [(n, c, _keys(c.heading)) for n, c in enumerate(chapters) if c.level]
    opening = next((n for n, c in enumerate(chapters) if not c.level), -1)
    at = -1
    open_: tuple[int, list[Line], list[Line]] = -1, [], []
    for line in lines:
        found = _chapter(chapters, known, at, line)
        if found is None and not _is_document_heading(form, line):
            if at >= 0 or _is_paragraph(line):
                open_[2].append(line)
            continue
        if open_[0] >= 0:
            yield open_
        at = -1 if found is None else found
        open_ = (opening, [], []) if found is None else (at, [line], [])
    if open_[0] >= 0:
        yield open_


def _is_paragraph(line: Line) -> bool:
    """Running text, in a sheet of Excel too: no row of a table that nobody knows."""
    spots = line.filled
    return line.table < 0 or (len(spots) == 1 and spots[0].end - spots[0].col == line.width)


def _text_cell(chapters: Sequence[Chapter], at: int) -> str:
    """Where the text below a heading goes: its own cell, else that of the first heading below it."""
    below = (c for c in chapters[at + 1 : at + 2] if c.level > chapters[at].level)
    return chapters[at].text or next((c.text for c in below), "")


def _chapter(
    chapters: Sequence[Chapter], known: Iterable[tuple[int, Chapter, tuple[str, str]]], at: int, line: Line
) -> int | None:
    """Number of the chapter whose heading the line is: word for word, or with another number before it. A heading of the second level
    counts only below the chapter that it belongs to."""
    if len(line.filled) != 1 or len(line.text) > 60:
        return None
    exact, bare = _keys(line.text)
    numbered = exact != bare
    for n, chapter, (label, plain) in known:
        inside = chapter.level == 1 or (
            at >= 0 and all(c.level > 1 for c in chapters[min(at, n) + 1 : max(at, n) + 1])
        )
        if inside and (exact == label or (numbered and bare == plain)):
            return n
    return None


def _before_others(lines: list[Line], foreign: frozenset[str]) -> list[Line]:
    """The lines before the first that is another form's, where there is one: where several lines carry the words of other forms."""
    if sum(label_key(s.own) in foreign for line in lines for s in line.filled if len(s.own) < 40) < 3:
        return lines
    start = next(n for n, line in enumerate(lines) if _begins_other(line, foreign))
    return lines[:start]


def _begins_other(line: Line, foreign: frozenset[str]) -> bool:
    keys = [label_key(s.own) for s in line.filled if len(s.own) < 60]
    return any(k in foreign or any(k.endswith(t) for t in foreign if len(t) >= 5) for k in keys)


def headings(form: Form) -> frozenset[str]:
    """The folded headings of the form's chapters."""
    chapters = form.budget.chapters if form.budget else ()
    return frozenset(label_key(c.heading) for c in chapters if c.level)


def _keys(heading: str) -> tuple[str, str]:
    return label_key(heading), label_key(_ORDINAL.sub("", one_line(heading)))


def _text(lines: Iterable[Line]) -> str:
    """Paragraphs, a line each; the cells of a table's row are parted by tabs."""
    return "\n".join(
        "\t".join(s.own for s in line.spots if not s.above).rstrip("\t") if line.table >= 0 else line.text
        for line in lines
    )


def _unmarked(text: str) -> str:
    """Without the asterisks for bold type and the dashes before numbered points that converters write."""
    return _BULLET.sub("", _BOLD.sub(r"\1", text))


def _is_document_heading(form: Form, line: Line) -> bool:
    """``某局2022年部门预算信息公开情况说明``: the heading of the explanation or of the document."""
    if len(line.filled) != 1 or len(line.text) > 80:
        return False
    key = label_key(_YEAR.sub("", one_line(line.text)))
    return any(key.endswith(label_key(t)) for t in (form.title, *_FURNITURE) if len(t) > 4)


def is_furniture(heads: Sequence[Heads], form: Form, unit_name: str, line: Line) -> bool:
    """A line of the cover or the contents: a title or a chapter's heading with its page number, the unit's name alone."""
    texts = [s.own for s in line.filled]
    if len(texts) > 2 or len(line.text) > 80 or (len(texts) == 2 and not one_line(texts[1]).isdecimal()):
        return False
    text = one_line(texts[0])
    if text == one_line(unit_name):
        return True
    bare = label_key(_YEAR.sub("", _PAGE_NUMBER.sub("", text)).replace(one_line(unit_name) or "\0", ""))
    titles = {t for h in heads for t in h.titles} | {
        label_key(t) for t in (form.title, *form.titles, *_FURNITURE)
    }
    chapters = form.budget.chapters if form.budget else ()
    return bare in titles or any(bare in _keys(c.heading) for c in chapters)


def is_note(heads: Sequence[Heads], line: Line) -> bool:
    """The note that the form itself prints below a table."""
    if len(line.filled) != 1:
        return False
    key = label_key(line.text)
    return any(key == label_key(note) for h in heads for note in (h.table.note, h.table.below) if note)


def contents(lines: Sequence[Line], body: int) -> set[int]:
    """Ids of the lines before number ``body`` that only say, with or without a page number, what a line below says again."""
    below = {_title_key(line) for line in lines[body:] if len(line.filled) == 1 and len(line.text) <= 80}
    return {id(line) for line in lines[:body] if len(line.filled) <= 2 and _title_key(line) in below}


def _title_key(line: Line) -> str:
    return _keys(re.sub(r"[.…·\t ]*\d{1,3}$", "", line.text))[1]
