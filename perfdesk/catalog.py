"""TOML files of ``templates/`` → Form and Standard: frozen, checked whole, all mistakes of a file told at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import cast, get_args

from perfdesk import paths
from perfdesk.errors import FormError
from perfdesk.model.filing import Filing, Row, empty_filing
from perfdesk.model.form import (
    LEVELS,
    Balance,
    Field,
    FieldKind,
    Fixed,
    Form,
    Group,
    Paper,
    Part,
    Section,
    SectionKind,
    Severity,
    Standard,
)
from perfdesk.toml_table import Table, read_toml
from perfdesk.values import one_line

Standards = Mapping[str, Standard]


@dataclass(frozen=True, slots=True)
class Catalog:
    """All form editions by id and all standard indicators by name."""

    forms: Mapping[str, Form]
    standards: Standards

    def form(self, form_id: str) -> Form:
        """The edition with that id; KeyError where the program does not have it."""
        return self.forms[form_id]


def load(folder: Path | None = None) -> Catalog:
    """Read every form and standard below ``folder`` (default: the program's templates). FormError names the first faulty file
    with all its mistakes."""
    root = folder or paths.templates()
    sets = {path.stem: read_standards(path) for path in sorted((root / "standards").glob("*.toml"))}
    forms = [read_form(path, sets) for path in sorted((root / "forms").glob("*/*.toml"))]
    everything = {name: standard for one in sets.values() for name, standard in one.items()}
    return Catalog(MappingProxyType({f.id: f for f in forms}), MappingProxyType(everything))


def read_standards(path: Path) -> Standards:
    """One file of standard indicators, by name."""
    table = read_toml(path)
    _equals(table, "id", path.stem)
    table.text("source")
    standards = [_standard(t) for t in table.tables("indicators")]
    _finish(table, path)
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


def _finish(table: Table, path: Path) -> None:
    table.done()
    if table.problems:
        raise FormError(f"{path.parent.name}/{path.name}", tuple(table.problems))


def read_form(path: Path, sets: Mapping[str, Standards]) -> Form:
    """One form file; ``sets`` are the standards that it may name. FormError lists every mistake with its path in the file."""
    table = read_toml(path)
    scheme, kind = path.parent.name, path.stem
    chosen = table.text("standards", "")
    if chosen and chosen not in sets:
        table.problem("standards", f"没有标准指标集“{chosen}”")
    standards = sets.get(chosen, {})
    sections = tuple(_section(t, standards) for t in table.tables("sections"))
    form = Form(
        id=_equals(table, "id", f"{scheme}/{kind}"),
        scheme=scheme,
        scheme_name=table.text("scheme_name"),
        kind=_equals(table, "kind", kind),
        title=table.text("title"),
        amount_unit=table.choice("amount_unit", ("元", "万元")),
        sections=sections,
        paper=_paper(table.table("paper"), sections),
        titles=table.texts("titles"),
        balances=tuple(_balance(t, sections) for t in table.tables("balances")),
        years=_years(table),
        source=table.text("source"),
    )
    _check_sections(table, sections)
    _finish(table, path)
    return form


def _years(table: Table) -> tuple[int | None, int | None]:
    years = table.numbers("years")
    if len(years) != 2 or years[0] > years[1]:
        table.problem("years", "应为起止两个年度")
        return None, None
    return int(years[0]), int(years[1])


def _check_sections(table: Table, sections: tuple[Section, ...]) -> None:
    ids = [s.id for s in sections]
    for twice in sorted({i for i in ids if ids.count(i) > 1}):
        table.problem("sections", f"“{twice}”出现两次")
    if [s.kind for s in sections].count("tree") != 1:
        table.problem("sections", "应有且只有一个 tree 部分")


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
    )
    table.done()
    return field


def _groups(section: Table, standards: Standards) -> tuple[tuple[Group, ...], tuple[Fixed, ...]]:
    groups: list[Group] = []
    fixed: list[Fixed] = []
    for table in section.tables("groups"):
        group = Group(table.text("level1"), table.text("level2"), table.flag("open"), table.texts("aliases"))
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


def _paper(table: Table, sections: tuple[Section, ...]) -> Paper:
    widths = table.numbers("widths")
    paper = Paper(
        annex=table.text("annex", ""),
        title=table.text("title"),
        year_line=table.text("year_line"),
        widths=widths,
        parts=tuple(_part(t, sections, len(widths)) for t in table.tables("parts")),
        unit_line=table.text("unit_line", ""),
        landscape=table.flag("landscape"),
        notes=table.texts("notes"),
    )
    if "{year}" not in paper.year_line:
        table.problem("year_line", "应含 {year}")
    if missing := {s.id for s in sections} - {p.section for p in paper.parts}:
        table.problem("parts", f"没有画出：{'、'.join(sorted(missing))}")
    table.done()
    return paper


def _part(table: Table, sections: tuple[Section, ...], width: int) -> Part:
    name = table.text("section")
    section = next((s for s in sections if s.id == name), None)
    if section is None:
        table.problem("section", f"没有部分“{name}”")
    head, rows = (tuple(tuple(line.split()) for line in table.texts(key)) for key in ("head", "rows"))
    for key, lines in (("head", head), ("rows", rows)):
        _check_areas(table, key, lines, section, width)
    part = Part(name, rows, head, table.integer("min_rows", 1), table.flag("repeat_head"))
    table.done()
    return part


def _check_areas(
    table: Table, key: str, lines: tuple[tuple[str, ...], ...], section: Section | None, width: int
) -> None:
    for n, line in enumerate(lines, 1):
        if len(line) != width:
            table.problem(key, f"第 {n} 行画了 {len(line)} 格，应为 {width} 格")
        if any(a == line[i] for i in range(2, len(line)) for a in line[: i - 1] if line[i - 1] != a):
            table.problem(key, f"第 {n} 行同名区域不相连")
        for area in line if section else ():
            named = area.lstrip("@#")
            if not (named == section.id if area.startswith("#") else section.field(named)):  # type: ignore[union-attr]
                table.problem(key, f"第 {n} 行：没有“{named}”")


# --- new filings ------------------------------------------------------------------------------------------------------


def new_filing(form: Form, year: int | None, unit_name: str, new_id: Callable[[], str]) -> Filing:
    """An empty filing with the bureau's fixed rows in place (usual unit filled in, target empty) and the unit's name."""
    rows: list[Row] = [Row("basic", "basic", MappingProxyType({"unit_name": unit_name}))]
    for section in form.sections:
        if section.kind == "tree":
            rows += _tree_rows(section, new_id)
    return empty_filing(form, year, tuple(rows))


def _tree_rows(section: Section, new_id: Callable[[], str]) -> list[Row]:
    rows: list[Row] = []
    above: dict[str, str] = {}
    for group in section.groups:
        if group.level1 not in above:
            above[group.level1] = new_id()
            rows.append(Row(above[group.level1], section.id, MappingProxyType({"level1": group.level1})))
        parent = Row(new_id(), section.id, MappingProxyType({"level2": group.level2}), above[group.level1])
        rows.append(parent)
        for fixed in section.fixed:
            if (fixed.level1, fixed.level2) == (group.level1, group.level2):
                rows.append(
                    Row(
                        new_id(),
                        section.id,
                        MappingProxyType(fixed_cells(section, fixed.standard)),
                        parent.id,
                    )
                )
    return rows


def fixed_cells(section: Section, standard: Standard) -> dict[str, str]:
    """The cells of a fixed row as the form prints them: its name, its usual unit or its explanation, no target yet."""
    cells = {"level3": standard.name}
    if section.field("unit"):
        cells["unit"] = standard.unit
    elif section.field("note"):
        cells["note"] = (f"{standard.formula}。" if standard.formula else "") + standard.explain
    return cells


def standard_of(section: Section, name: str) -> Fixed | None:
    """The fixed row that a level-3 name means, told by its folded name or an alias; None for an indicator of the unit's own."""
    key = label_key(name)
    for fixed in section.fixed:
        if key in (label_key(n) for n in (fixed.standard.name, *fixed.standard.aliases)):
            return fixed
    return None


def label_key(text: str) -> str:
    """A label folded for comparing: width, blanks, quotation marks, brackets and separators do not count."""
    return "".join(c for c in one_line(text) if c not in "“”\"'‘’「」《》()（）[]【】:：;；,，、。.·-—_/")
