"""One TOML file of ``templates/`` → Form or Standards: checked whole, all mistakes of the file told at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import cast, get_args

from perfdesk.codes import CodeList
from perfdesk.errors import FormError
from perfdesk.evaluation_files import Methods, facts_section, read_evaluation
from perfdesk.ledger_files import budget_sections, read_budget
from perfdesk.model.form import (
    GOAL_COLUMNS,
    LEVELS,
    Balance,
    Field,
    FieldKind,
    Fixed,
    Form,
    Group,
    Numbering,
    Paper,
    Part,
    Section,
    SectionKind,
    Severity,
    Standard,
)
from perfdesk.report_files import read_report, report_sections
from perfdesk.toml_table import Table, read_toml

Standards = Mapping[str, Standard]


def read_standards(path: Path) -> Standards:
    """One file of standard indicators, by name."""
    table = read_toml(path)
    _equals(table, "id", path.stem)
    table.text("source")
    standards = [_standard(t) for t in table.tables("indicators")]
    _finish(table, f"{path.parent.name}/{path.name}")
    return MappingProxyType({s.name: s for s in standards})


def _standard(table: Table) -> Standard:
    standard = Standard(
        name=table.text("name"),
        nature=table.choice("nature", ("rate", "quantity", "quality")),  # type: ignore[arg-type]
        unit=table.text("unit"),
        direction=table.choice("direction", ("≥", "≤", "=", ""), ""),  # type: ignore[arg-type]
        usual=table.text("usual"),
        explain=table.text("explain"),
        formula=table.text("formula", ""),
        aliases=table.texts("aliases"),
    )
    table.done()
    return standard


def _equals(table: Table, key: str, wanted: str) -> str:
    value = table.text(key)
    if value and value != wanted:
        table.problem(key, f"应与文件位置一致：{wanted}")
    return value


def _finish(table: Table, file: str) -> None:
    table.done()
    if table.problems:
        raise FormError(file, tuple(table.problems))


def read_form(
    path: Path, sets: Mapping[str, Standards], lists: Mapping[str, CodeList], methods: Methods
) -> Form:
    """One form file; ``sets`` are the standards, ``lists`` the lists of codes and ``methods`` the schemes and rates that it may name.
    FormError lists every mistake with its path in the file."""
    return form_of(read_toml(path), path.parent.name, path.stem, sets, lists, methods)


def form_of(
    table: Table,
    scheme: str,
    kind: str,
    sets: Mapping[str, Standards],
    lists: Mapping[str, CodeList],
    methods: Methods,
) -> Form:
    """The form that the table of a file ``scheme/kind.toml`` says; see ``read_form``."""
    chosen = table.text("standards", "")
    if chosen and chosen not in sets:
        table.problem("standards", f"没有标准指标集“{chosen}”")
    standards = sets.get(chosen, {})
    sections = tuple(_section(t, standards) for t in table.tables("sections"))
    budget = read_budget(table, sections, _part, lists)
    evaluation = read_evaluation(table, sections, methods)
    report = read_report(table, sections, methods)
    facts = facts_section(evaluation, sections) if evaluation else report_sections(report, sections)
    paper = _paper(table.table("paper"), sections, budget is None and report is None)
    form = Form(
        id=_equals(table, "id", f"{scheme}/{kind}"),
        scheme=scheme,
        scheme_name=table.text("scheme_name"),
        kind=_equals(table, "kind", kind),
        title=table.text("title"),
        amount_unit=table.choice("amount_unit", ("元", "万元")),
        sections=(*sections, *facts, *(budget_sections(budget) if budget else ())),
        paper=replace(paper, unprinted=(*paper.unprinted, *(s.id for s in facts))),
        titles=table.texts("titles"),
        balances=tuple(_balance(t, sections) for t in table.tables("balances")),
        years=_years(table),
        source=table.text("source"),
        budget=budget,
        evaluation=evaluation,
        report=report,
    )
    _check_sections(table, form)
    _finish(table, f"{scheme}/{kind}.toml")
    return form


def _years(table: Table) -> tuple[int | None, int | None]:
    years = table.numbers("years")
    if len(years) != 2 or years[0] > years[1]:
        table.problem("years", "应为起止两个年度")
        return None, None
    return int(years[0]), int(years[1])


def _check_sections(table: Table, form: Form) -> None:
    ids = [s.id for s in form.sections]
    for twice in sorted({i for i in ids if ids.count(i) > 1}):
        table.problem("sections", f"“{twice}”出现两次")
    most = 0 if form.budget or form.report else 1
    if [s.kind in ("tree", "goals") for s in form.sections].count(True) > most:
        table.problem("sections", "至多有一个 tree 或 goals 部分（预算表和报告不能有）")
    if form.paper.running:
        _check_running(table, form)


def _check_running(table: Table, form: Form) -> None:
    """Running text has room for one text a section, and for goals."""
    for section in (s for s in form.sections if s.id not in form.paper.unprinted):
        if section.kind in ("tree", "table", "ledger"):
            table.problem("paper.running", f"“{section.id}”不能印成文字")
        if section.kind == "list" and len(section.fields) != 1:
            table.problem("paper.running", f"“{section.id}”只能有一栏")
        for field in section.fields[:-1] if section.kind == "fields" else ():
            if f"{{{field.id}}}" not in form.paper.unit_line:
                table.problem("paper.unit_line", f"应含 {{{field.id}}}")


def _section(table: Table, standards: Standards) -> Section:
    kind = cast(SectionKind, table.choice("kind", get_args(SectionKind)))
    groups, fixed = _groups(table, standards)
    section = Section(
        id=table.text("id"),
        label=table.text("label"),
        kind=kind,
        fields=tuple(_field(t) for t in table.tables("fields")),
        aliases=table.texts("aliases"),
        fixed=fixed,
        groups=groups,
        required=table.flag("required"),
    )
    if kind == "tree" and tuple(f.id for f in section.fields)[:3] != LEVELS:
        table.problem("fields", f"tree 的前三列应为 {'、'.join(LEVELS)}")
    if kind == "goals" and tuple(f.id for f in section.fields) != GOAL_COLUMNS:
        table.problem("fields", f"goals 的各列应为 {'、'.join(GOAL_COLUMNS)}")
    if not section.fields:
        table.problem("fields", "至少要有一栏")
    table.done()
    return section


def _field(table: Table) -> Field:
    field = Field(
        id=table.text("id"),
        label=table.text("label"),
        kind=cast(FieldKind, table.choice("kind", get_args(FieldKind), "text")),
        required=table.flag("required"),
        limit=table.optional_integer("limit"),
        aliases=table.texts("aliases"),
        help=table.text("help", ""),
        short=table.text("short", ""),
        computed=table.flag("computed"),
    )
    table.done()
    return field


def _groups(section: Table, standards: Standards) -> tuple[tuple[Group, ...], tuple[Fixed, ...]]:
    groups: list[Group] = []
    fixed: list[Fixed] = []
    for table in section.tables("groups"):
        group = Group(
            level1=table.text("level1"),
            level2=table.text("level2"),
            open=table.flag("open"),
            aliases=table.texts("aliases"),
            optional=table.flag("optional"),
            rows=table.texts("rows"),
        )
        for name in table.texts("fixed"):
            if name in standards:
                fixed.append(Fixed(group.level1, group.level2, standards[name]))
            else:
                table.problem("fixed", f"没有标准指标“{name}”")
        groups.append(group)
        table.done()
    return tuple(groups), tuple(fixed)


def _balance(table: Table, sections: tuple[Section, ...]) -> Balance:
    groups = tuple((t.text("label"), t.texts("parts"), t) for t in table.tables("groups"))
    balance = Balance(
        id=table.text("id"),
        total=table.text("total"),
        groups=tuple((label, parts) for label, parts, _ in groups),
        severity=cast(Severity, table.choice("severity", get_args(Severity), "error")),
        source=table.text("source", ""),
    )
    known = {f"{s.id}/{f.id}" for s in sections if s.kind == "fields" for f in s.fields}
    for address in (balance.total, *(p for _, parts in balance.groups for p in parts)):
        if address not in known:
            table.problem("total" if address == balance.total else "groups", f"没有单元格“{address}”")
    for *_, group in groups:
        group.done()
    table.done()
    return balance


def _paper(table: Table, sections: tuple[Section, ...], drawn: bool) -> Paper:
    """``drawn``: the whole form is one drawing; a budget's tables draw themselves, and running text has none."""
    running = _running(table)
    drawn = drawn and running is None
    widths = table.numbers("widths") if drawn else ()
    paper = Paper(
        annex=table.text("annex", ""),
        title=table.text("title"),
        year_line=table.text("year_line", ""),
        widths=widths,
        parts=tuple(_part(t, sections, len(widths)) for t in table.tables("parts")),
        unit_line=table.text("unit_line", ""),
        landscape=table.flag("landscape"),
        notes=table.texts("notes"),
        unprinted=table.texts("unprinted"),
        running=running,
    )
    if paper.year_line and "{year}" not in paper.year_line:
        table.problem("year_line", "应含 {year}")
    areas = {a.lstrip("@") for p in paper.parts for line in (*p.head, *p.rows) for a in line}
    shown = {p.section for p in paper.parts} | {a.partition(".")[0] for a in areas if "." in a}
    if missing := drawn and {s.id for s in sections} - shown - set(paper.unprinted):
        table.problem("parts", f"没有画出：{'、'.join(sorted(missing))}")
    table.done()
    return paper


def _running(table: Table) -> tuple[Numbering, Numbering] | None:
    numberings = table.texts("running")
    known = get_args(Numbering)
    if numberings and (len(numberings) != 2 or not set(numberings) <= set(known)):
        table.problem("running", f"应为标题和条目的两种编号，可选：{' '.join(known)}")
        return None
    return cast("tuple[Numbering, Numbering]", numberings) if numberings else None


def _part(table: Table, sections: tuple[Section, ...], width: int) -> Part:
    name = table.text("section")
    section = next((s for s in sections if s.id == name), None)
    if section is None:
        table.problem("section", f"没有部分“{name}”")
    head, rows = (tuple(tuple(line.split()) for line in table.texts(key)) for key in ("head", "rows"))
    for key, lines in (("head", head), ("rows", rows)):
        _check_areas(table, key, lines, section, width, sections)
    part = Part(name, rows, head, table.integer("min_rows", 1), table.flag("repeat_head"))
    table.done()
    return part


def _check_areas(
    table: Table,
    key: str,
    lines: tuple[tuple[str, ...], ...],
    section: Section | None,
    width: int,
    sections: tuple[Section, ...],
) -> None:
    for n, line in enumerate(lines, 1):
        if len(line) != width:
            table.problem(key, f"第 {n} 行画了 {len(line)} 格，应为 {width} 格")
        if any(a == line[i] != "-" for i in range(2, len(line)) for a in line[: i - 1] if line[i - 1] != a):
            table.problem(key, f"第 {n} 行同名区域不相连")
        for area in (a for a in line if section and a[0] not in "-="):
            named = area.lstrip("@#")
            own, _, column = named.rpartition(".")
            there = next((s for s in sections if s.id == own and s.kind == "fields"), section)
            known = (
                any(s.id == named for s in sections)
                if area.startswith("#")
                else there and there.field(column)
            )
            if not known:
                table.problem(key, f"第 {n} 行：没有“{named}”")
