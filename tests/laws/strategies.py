"""Random filings of any form: any texts in any cells, any number of rows."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType

from hypothesis import strategies as st

from perfdesk.model.filing import Filing, Row, empty_filing
from perfdesk.model.form import Form, Section
from perfdesk.values import clean_text
from tests.making import catalog, counter

_LETTERS = "一二三甲乙丙项目绩效指标率完成≥≤%（）、。；“”《》0123456789abcXYZ =+-@&<>'\"\n☆é"
texts = st.text(alphabet=_LETTERS, max_size=30).map(clean_text) | st.text(max_size=12).map(clean_text)
names = texts.filter(bool)
NUMBER = re.compile(r"^(?:[(（]\d{1,3}[)）]|\d{1,3}(?:、|[.．](?!\d)))\s*")
amounts = (
    st.decimals(min_value=0, max_value=10**9, places=2).map(str)
    | st.sampled_from(["", "0", "1,234.50", "12.3万元", "待定", "/", "-8.9", "约12"])
)  # fmt: skip
targets = texts | st.sampled_from(["≥95%", "≤5", "12 个", "完整", "≥", "100%", "=100%", "±10%"])


def filings(
    form_id: str | None = None, fit: Callable[[Form], bool] = lambda _form: True
) -> st.SearchStrategy[Filing]:
    """Filings in normal form: no wholly empty row, no two neighbours with the same parent name. Without ``form_id`` of any form that is
    ``fit`` but budgets, whose filings are drawn in ``tests/budget``."""
    ids = (
        [form_id] if form_id else sorted(f.id for f in catalog().forms.values() if not f.chapters and fit(f))
    )
    return st.sampled_from(ids).flatmap(lambda i: _of(catalog().form(i)))


@st.composite
def _of(draw: st.DrawFn, form: Form) -> Filing:
    new_id = counter()
    rows: list[Row] = []
    for section in form.sections:
        if section.kind == "fields":
            cells = {f.id: draw(amounts if f.kind == "money" else texts) for f in section.fields}
            if form.paper.running:
                cells = {
                    c: " ".join(t.split()) if c == "unit_name" else in_lines(t) for c, t in cells.items()
                }
            rows.append(Row(section.id, section.id, MappingProxyType({k: v for k, v in cells.items() if v})))
        elif section.kind == "list":
            for _ in range(draw(st.integers(0, 5))):
                cells = {f.id: draw(amounts if f.kind == "money" else texts) for f in section.fields}
                if form.paper.running:
                    cells = {c: in_lines(t) for c, t in cells.items()}
                if any(cells.values()):
                    rows.append(Row(new_id(), section.id, MappingProxyType(cells)))
        elif section.kind == "goals":
            rows += _goals(draw, section, new_id)
        else:
            rows += _tree(draw, section, new_id)
    year = draw(st.integers(2015, 2035)) if form.paper.year_line or form.paper.running else None
    return empty_filing(form, year, tuple(on_paper(form, rows)))


def on_paper(form: Form, rows: list[Row]) -> list[Row]:
    """As the form's paper can hold it: what it has no place for is not there, what stands only in its title or in the line above its
    table has one line, and a title's leading number is the document's."""
    areas = {a for part in form.paper.parts for line in part.rows for a in line}
    lines = form.paper.title + form.paper.unit_line
    made: list[Row] = []
    for row in rows:
        if form.section(row.section).kind == "fields" and areas:
            drawn = {c: t for c, t in row.cells.items() if c in areas or f"{row.section}.{c}" in areas}
            named = {c: " ".join(t.split()) for c, t in row.cells.items() if f"{{{c}}}" in lines}
            if "name" in named:
                named["name"] = NUMBER.sub("", named["name"])
            made.append(Row(row.id, row.section, MappingProxyType({**named, **drawn})))
        elif areas:
            undrawn = {f.id for f in form.section(row.section).fields} - areas
            made.append(
                replace(row, cells=MappingProxyType({c: t for c, t in row.cells.items() if c not in undrawn}))
            )
        else:
            made.append(row)
    return made


def in_lines(text: str) -> str:
    """As running text can hold it: lines without blanks at their ends, none of them empty."""
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())


def _goals(draw: st.DrawFn, section: Section, new_id: Callable[[], str]) -> list[Row]:
    running = texts.map(in_lines)
    rows: list[Row] = []
    for _ in range(draw(st.integers(0, 4))):
        cells = {"level1": draw(names.map(in_lines)), "goal": draw(running)}
        goal = Row(new_id(), section.id, MappingProxyType({k: v for k, v in cells.items() if v}))
        rows.append(goal)
        for _ in range(draw(st.integers(0, 4))):
            cells = {
                "level2": draw(names.map(in_lines)),
                "description": draw(running),
                "target": draw(targets.map(in_lines)),
            }
            own = MappingProxyType({k: v for k, v in cells.items() if v})
            rows.append(Row(new_id(), section.id, own, goal.id))
    return rows


def _tree(draw: st.DrawFn, section: Section, new_id: Callable[[], str]) -> list[Row]:
    own = [g.level1 for g in section.groups]
    level1 = st.sampled_from(own) | names
    level2 = st.sampled_from([g.level2 for g in section.groups]) | names
    rows: list[Row] = []
    for one in _apart(draw(st.lists(level1, max_size=4))):
        top = Row(new_id(), section.id, MappingProxyType({"level1": one}))
        rows.append(top)
        for two in _apart(draw(st.lists(level2, min_size=1, max_size=3))):
            middle = Row(new_id(), section.id, MappingProxyType({"level2": two}), top.id)
            rows.append(middle)
            for _ in range(draw(st.integers(1, 4))):
                cells = {"level3": draw(names)}
                for field in section.fields[3:]:
                    cells[field.id] = draw(targets if field.kind == "target" else texts)
                rows.append(
                    Row(
                        new_id(),
                        section.id,
                        MappingProxyType({k: v for k, v in cells.items() if v}),
                        middle.id,
                    )
                )
    return rows


def _apart(names: list[str]) -> list[str]:
    """Without neighbours of the same name: on paper they would be one merged cell."""
    return [n for i, n in enumerate(names) if i == 0 or n != names[i - 1]]
