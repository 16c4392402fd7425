"""The rows of one form read from top to bottom: fields, tasks and amounts here, indicator rows by leaf_rows.py."""

from __future__ import annotations

import re

from perfdesk.catalog import label_key
from perfdesk.recognise.found import MENDED, Parts, repeated
from perfdesk.recognise.labels import Words, amount_label, amount_unit, labelled, unit_alone
from perfdesk.recognise.leaf_rows import LeafReader
from perfdesk.recognise.lines import Line, Spot
from perfdesk.recognise.segments import (
    Draft,
    Fragment,
    columns_of,
    field_of,
    foreign_columns,
    is_heading,
    task_columns,
)
from perfdesk.values import one_line

_STAMP = re.compile(r"(?<=[。！；;.!])\s+(\d{5,13})$")
_NUMBERING = re.compile(r"[\d一二三四五六七八九十]{1,3}[、.．]?")


def read_parts(draft: Draft, words: Words) -> Parts:
    """Every row of the form: used, repaired or left over; nothing vanishes."""
    reader = _Reader(words)
    for fragment in draft.fragments:
        reader.fragment(fragment)
    return reader.parts


class _Reader:
    """Walks down the rows; knows which part of the form it is in and how that part's columns lie."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.parts = Parts()
        self.state = ""
        self.first = False
        self.leaves = LeafReader(words, self.parts)
        self.task_at: dict[str, int] = {}
        self.foreign: frozenset[int] = frozenset()

    def fragment(self, fragment: Fragment) -> None:
        if fragment.moved:
            self.parts.repair("pages-out-of-order", "indicators")
        self.first = True
        tasks, leaves = len(self.parts.tasks), len(self.parts.leaves)
        for line in fragment.lines:
            if self._beside(line) == "tasks" and self.task_at:
                self._task(line)
            elif is_heading(self.words, line) or self._header(line):
                continue
            elif unit := unit_alone(line.text):  # a row between the others
                self.parts.unit = self.parts.unit or unit
            else:
                self._row(line)
            self.first = False
        self.leaves.end_of_page(leaves)
        self._end_of_page(tasks)

    def _end_of_page(self, start: int) -> None:
        """Drop the tasks with which a page repeats the end of the page before."""
        count = repeated(self.parts.tasks, start)
        if count:
            self.parts.repair("row-repeated", f"tasks/{start}")
        del self.parts.tasks[start : start + count]

    def _beside(self, line: Line) -> str | None:
        """The section whose side label, begun further up, spans this row: then the row is that section's, whatever it says."""
        side = line.spots[0]
        return self.words.sections.get(label_key(side.text)) if side.above else None

    def _header(self, line: Line) -> bool:
        """Header rows set the columns of what follows."""
        if tasks := task_columns(self.words, line):
            self.state, self.task_at, self.foreign = "tasks", tasks, foreign_columns(self.words, line)
            return True
        if columns := columns_of(self.words, line):
            self.state = "indicators"
            self.leaves.header(line, columns)
            return True
        return False

    def _row(self, line: Line) -> None:
        name = field_of(self.words, line)
        if name and self.state in ("", "basic"):
            self._field(name, line)
        elif self._amounts(line):
            self.state = self.state if self.state == "indicators" else "budget"
        elif self.state == "basic" and self.first:
            self._continue_field(line)
        elif self.state == "tasks":
            self._task(line)
        elif self.state == "indicators":
            self.leaves.row(line, self.first)
        else:
            self.parts.leftovers.append(line.text)

    # --- fields and amounts ---

    def _field(self, name: str, line: Line) -> None:
        self.state = "basic"
        values = [self.parts.taken(s, f"basic/{name}") for s in line.filled[1:]]
        if both := labelled(self.words.fields, line.filled[0].own):
            values.insert(0, both[1])
        text = "\n".join(values)
        if line.scanned and (stamp := _STAMP.search(text)):
            text = text[: stamp.start()].rstrip()
            self.parts.leftovers.append(stamp[1])
            self.parts.repair("stamp-dropped", f"basic/{name}", f"{MENDED['stamp-dropped']}：{stamp[1]}")
        self.parts.fields[name] = text

    def _continue_field(self, line: Line) -> None:
        last = next(reversed(self.parts.fields))
        self.parts.fields[last] += "".join(s.own for s in line.filled)
        self.parts.repair("cell-joined", f"basic/{last}")

    def _amounts(self, line: Line) -> bool:
        """Amounts of the row (label, then value, perhaps several pairs); False where it holds no label of an amount."""
        spots = [s for s in line.spots if not s.above]
        labels = [(n, self._amount_name(s, n, spots)) for n, s in enumerate(spots)]
        labels = [(n, name) for n, name in labels if name]
        if not labels or (self.state == "tasks" and labels[0][1] != "total" and not self._opens_budget(line)):
            return False
        for (n, name), (stop, _) in zip(labels, [*labels[1:], (len(spots), "")], strict=True):
            self.parts.unit = self.parts.unit or amount_unit(spots[n].text)
            values = [s for s in spots[n + 1 : stop] if s.own]
            self._amount(name, "\n".join(self.parts.taken(s, f"budget/{name}") for s in values))
        return True

    def _amount_name(self, spot: Spot, n: int, spots: list[Spot]) -> str:
        """The amount that a cell labels. A bare word right of a label already found is that amount's (wrong) value, not a label."""
        name = self.words.amounts.get(amount_label(spot.own), "") if spot.own else ""
        left = next((s for s in reversed(spots[:n]) if s.own), None)
        if not name or left is None or not self.words.amounts.get(amount_label(left.own)):
            return name
        return "" if self.words.amounts.get(amount_label(left.own)) == name else name

    def _opens_budget(self, line: Line) -> bool:
        return self.words.sections.get(label_key(line.filled[0].text)) == "budget"

    def _amount(self, name: str, text: str) -> None:
        before = self.parts.amounts.get(name)
        if before is None or not before:
            if before is not None:
                self.parts.repair("row-repeated", f"budget/{name}")
            self.parts.amounts[name] = text
        elif one_line(before) == one_line(text) or not text:
            self.parts.repair("row-repeated", f"budget/{name}")
        else:
            self.parts.repair(
                "row-conflict", f"budget/{name}", f"同一项出现两次且不同：采用“{before}”，另一处为“{text}”"
            )
            self.parts.leftovers.append(text)

    # --- tasks ---

    def _task(self, line: Line) -> None:
        at_name, at_content = self.task_at["name"], self.task_at["content"]
        self.parts.leftovers += [s.own for s in line.filled if s.col in self.foreign]
        spots = [s for s in line.filled if s.col not in self.foreign and not self._is_side_label(s)]
        if not spots:
            return
        where = f"tasks/{len(self.parts.tasks) + 1}"
        if self.first and self.parts.tasks and len(spots) == 1 and spots[0].col >= at_content:
            self.parts.tasks[-1]["content"] += self.parts.taken(spots[0], f"tasks/{len(self.parts.tasks)}")
            self.parts.repair("cell-joined", f"tasks/{len(self.parts.tasks)}/content")
            return
        left = [s for s in spots if s.end <= at_name]
        if left and line.scanned and not any(s.col >= at_content for s in spots):
            self.parts.repair("cell-shifted", where, "本行缺了第一格，各格已右移一列")
            spots, name, content = [], spots[0], spots[1:]
        else:
            name = next((s for s in spots if s.col <= at_name < s.end), None)
            content = [s for s in spots if s.col > at_name]
            self.parts.leftovers += [s.own for s in left if not _NUMBERING.fullmatch(s.own)]
        row = {
            "name": self.parts.taken(name, where) if name else "",
            "content": "\n".join(self.parts.taken(s, where) for s in content),
        }
        if any(row.values()):
            self.parts.tasks.append(row)

    def _is_side_label(self, spot: Spot) -> bool:
        return spot.col == 0 and self.words.sections.get(label_key(spot.own)) == "tasks"
