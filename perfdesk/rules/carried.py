"""What a filing that was carried from another year still has to ask its author."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfdesk.cell_words import SEPARATOR, cell_words, rows_words
from perfdesk.model.change import Change, MoveRow, RemoveRow, SetCell, Step
from perfdesk.model.filing import Row
from perfdesk.model.finding import Finding, Place
from perfdesk.model.reminder import SECTION, Reminder, reminders
from perfdesk.naming import label_key
from perfdesk.rules.stale_year import stale_year
from perfdesk.rules.subject import Kind, Subject

LEFT = Kind("carried-left", "warning", "上年的内容没有位置")
GROUP = Kind("carried-group", "warning", "结转时先放在这里，请确认")
CELL = Kind("carried-cell", "warning", "结转时先填在这里，请确认")
LOOK = Kind("carried-word", "hint", "上年的字样")
KINDS = (LEFT, GROUP, CELL, LOOK)


def find(subject: Subject) -> Iterator[Finding]:
    looks = [row for row, one in reminders(subject.filing) if one.kind == "look" and _stands(subject, one)]
    for number, (row, one) in enumerate(reminders(subject.filing), 1):
        where = f"{SECTION}/{number}"
        match one.kind:
            case "left":
                message = (
                    f"上年“{one.where}”填的是“{one.text}”，这份表样没有这一栏。请写到合适的地方，或划去。"
                )
                yield LEFT.at(where, Place(None), message, _done(row, "划去"))
            case "group":
                yield from _group(subject, row, one, where)
            case "cell":
                yield from _cell(subject, row, one, where)
            case "look" if row in looks:
                yield _look(row, one, where, looks)
            case _:
                pass


def _done(row: Row, label: str, *changes: Change) -> Step:
    return Step(label, (*changes, RemoveRow(row.id)))


def _stands(subject: Subject, one: Reminder) -> bool:
    """As long as the word stands there, and nothing else tells of it."""
    there, year = subject.filing.row(one.row), subject.filing.year
    text = there.get(one.column) if there is not None else ""
    told = stale_year(text, year) if year is not None else ""
    return one.text in text and not (told and one.text.startswith(told))


def _look(row: Row, one: Reminder, where: str, looks: Sequence[Row]) -> Finding:
    """``looks``: all that are to be looked at; whoever has read them settles them at once."""
    message = f"“{one.where}”里的“{one.text}”是上年填的，请看今年是否仍然合适。"
    fixes = [_done(row, "没有问题")]
    if len(looks) > 1:
        fixes.append(Step(f"{len(looks)} 处上年的字样都没有问题", tuple(RemoveRow(r.id) for r in looks)))
    return LOOK.at(where, Place(one.row, one.column), message, *fixes)


def _group(subject: Subject, row: Row, one: Reminder, where: str) -> Iterator[Finding]:
    """As long as the indicator stands where it was put."""
    leaf = subject.filing.row(one.row)
    headings = {_heading(subject, r): r for r in subject.outline.headings if r.parent is not None}
    keys = [label_key(option) for option in one.options]
    if leaf is None or not keys or keys[0] not in headings or leaf.parent != headings[keys[0]].id:
        return
    here, *others = (option.partition("/")[2] for option in one.options)
    fixes = [_done(row, f"就放在“{here}”")]
    for key, name in zip(keys[1:], others, strict=True):
        if key in headings:
            below = subject.filing.children(leaf.section, headings[key].id)
            move = MoveRow(leaf.id, headings[key].id, below[-1].id if below else None)
            fixes.append(_done(row, f"改放到“{name}”", move))
    message = f"“{one.text}”上年放在“{one.where}”下，现在先放在“{here}”下。"
    yield GROUP.at(where, Place(leaf.id, "level3"), message, *fixes)


def _heading(subject: Subject, row: Row) -> str:
    above = subject.filing.row(row.parent or "")
    return label_key(f"{above.get('level1') if above else ''}/{row.get('level2')}")


def _cell(subject: Subject, row: Row, one: Reminder, where: str) -> Iterator[Finding]:
    """As long as the text stands in the cell that it was put into."""
    words = rows_words(subject.form, subject.filing)
    cells = [option.partition("/") for option in one.options]
    known = [(r, c, there) for r, _, c in cells if (there := subject.filing.row(r)) is not None]
    if len(known) != len(cells) or not known or known[0][2].get(known[0][1]) != one.text:
        return
    (first, column, there), *others = known
    name = cell_words(subject.form, words, there, column)
    fixes = [_done(row, f"就填在“{name}”")]
    for row_id, other, that in others:
        changes = SetCell(first, column, ""), SetCell(row_id, other, one.text)
        fixes.append(_done(row, f"改填到“{cell_words(subject.form, words, that, other)}”", *changes))
    old = one.where.rpartition(SEPARATOR)[2]
    message = f"上年的“{old}”在这份表样里分成几栏，{one.text} 先填在“{name}”。"
    yield CELL.at(where, Place(first, column), message, *fixes)
