"""``templates/scoring/*.toml`` → Scheme: read strictly, all mistakes of a file told at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import cast, get_args

from perfdesk import paths
from perfdesk.errors import FormError
from perfdesk.model.scheme import (
    Band,
    Cap,
    Grade,
    Over,
    PartKind,
    Rounding,
    Scheme,
    Scope,
    ScoredPart,
    Special,
    SpecialKind,
)
from perfdesk.toml_table import Table, read_toml

HUNDRED = Decimal(100)


def own_folder(data: Path) -> Path:
    """Where a user's own schemes are, below the folder of the user's data."""
    return data / "scoring"


def load_schemes(
    folder: Path | None = None,
    own: Path | None = None,
    faults: list[FormError] | None = None,
    packs: Sequence[Path] = (),
) -> Mapping[str, Scheme]:
    """All scoring schemes by id; those of ``packs`` (see ``pack_folders``) and of the folder ``own`` (the user's) stand
    beside or in place of the shipped ones. FormError names
    the first faulty file with all its mistakes; where ``faults`` is given, faulty files of the user's are left out and told there."""
    root = (folder or paths.templates()) / "scoring"
    shipped = {p.stem: read_scheme(p) for p in sorted(root.glob("*.toml"))}
    schemes = dict(shipped)
    folders = [*(one / "scoring" for one in packs), *([own] if own else [])]
    for path in (p for one in folders for p in sorted(one.glob("*.toml"))):
        try:
            schemes[path.stem] = _own_scheme(path, shipped.get(path.stem))
        except FormError as error:
            if faults is None:
                raise
            faults.append(error)
    return MappingProxyType(schemes)


def _own_scheme(path: Path, replaced: Scheme | None) -> Scheme:
    """A scheme in place of a shipped one serves the forms that name it, so that it must be for all that the shipped one is for."""
    own = read_scheme(path)
    if replaced and (lost := [s for s in replaced.scopes if s not in own.scopes]):
        reason = f"scopes：代替自带的方案时不能少了“{'、'.join(lost)}”，或者换一个 id"
        raise FormError(f"{path.parent.name}/{path.name}", (reason,))
    return own


def read_scheme(path: Path) -> Scheme:
    return scheme_of(read_toml(path), path.stem, f"{path.parent.name}/{path.name}")


def scheme_of(table: Table, stem: str, file: str) -> Scheme:
    """``stem``: what the scheme's id has to be; ``file``: what a FormError names."""
    scheme = Scheme(
        id=table.text("id"),
        name=table.text("name"),
        source=table.text("source"),
        parts=tuple(_part(t) for t in table.tables("parts")),
        grades=tuple(_grade(t) for t in table.tables("grades")),
        bands=tuple(_band(t) for t in table.tables("bands")),
        specials=tuple(_special(t) for t in table.tables("specials")),
        digits=table.integer("digits", 2),
        strict_equal=table.flag("strict_equal"),
        rounding=cast(Rounding, table.choice("rounding", get_args(Rounding), "half-up")),
        pass_mark=_share(table, "pass_mark", Decimal(0)),
        over=_over(table),
        caps=tuple(_cap(t) for t in table.tables("caps")),
        scopes=_scopes(table),
        unchecked=table.text("unchecked", ""),
        consolidates=table.flag("consolidates"),
    )
    if scheme.id and scheme.id != stem:
        table.problem("id", f"应与文件名一致：{stem}")
    _check_whole(table, scheme)
    table.done()
    if table.problems:
        raise FormError(file, tuple(table.problems))
    return scheme


def _part(table: Table) -> ScoredPart:
    kind = cast(PartKind, table.choice("kind", get_args(PartKind)))
    level1 = table.text("level1", "")
    part = ScoredPart(table.text("label"), kind, _share(table, "weight"), level1)
    table.done()
    return part


def _share(table: Table, key: str, default: Decimal | None = None) -> Decimal:
    """A number from 0 to 100."""
    value = table.decimal(key, default)
    if not 0 <= value <= HUNDRED:
        table.problem(key, "应在 0 到 100 之间")
    return value


def _over(table: Table) -> Over | None:
    found: list[Over] = []
    for one in table.tables("over"):
        found.append(Over(one.decimal("ratio"), _share(one, "deduction", Decimal(0))))
        one.done()
    if len(found) > 1 or any(o.ratio <= 1 for o in found):
        table.problem("over", "最多一项，ratio 应大于 1")
    return found[0] if found else None


def _cap(table: Table) -> Cap:
    cap = Cap(_share(table, "below"), _share(table, "most"))
    table.done()
    return cap


def _scopes(table: Table) -> tuple[Scope, ...]:
    scopes = table.texts("scopes") or ("department",)
    for scope in scopes:
        if scope not in get_args(Scope):
            table.problem("scopes", f"“{scope}”不在可选值之内：{'、'.join(get_args(Scope))}")
    return cast("tuple[Scope, ...]", scopes)


def _grade(table: Table) -> Grade:
    grade = Grade(table.text("name"), _share(table, "from"))
    table.done()
    return grade


def _band(table: Table) -> Band:
    low, high, suggest = (_share(table, key) for key in ("low", "high", "suggest"))
    if not low <= suggest <= high:
        table.problem("suggest", "应在 low 与 high 之间")
    band = Band(table.text("name"), low, high, suggest, table.texts("words"))
    table.done()
    return band


def _special(table: Table) -> Special:
    kind = cast(SpecialKind, table.choice("kind", get_args(SpecialKind)))
    indicator, (pairs, falling) = table.text("indicator"), _steps(table)
    if kind == "stepped" and not pairs:
        table.problem("steps", "至少一级")
    deduction = table.decimal("deduction", None if kind == "per-point" else Decimal(0))
    if deduction < 0:
        table.problem("deduction", "不能为负数")
    table.done()
    return Special(indicator, kind, pairs, deduction, falling)


def _steps(table: Table) -> tuple[tuple[tuple[Decimal, Decimal], ...], bool]:
    """Limits with percentages, and whether the limits are upper ones (``to`` instead of ``from``)."""
    pairs: list[tuple[Decimal, Decimal]] = []
    falling: set[bool] = set()
    for step in table.tables("steps"):
        upper = step.has("to")
        falling.add(upper)
        pairs.append((step.decimal("to" if upper else "from"), _share(step, "percent")))
        step.done()
    if len(falling) > 1:
        table.problem("steps", "各级要么都写 from（从多少起），要么都写 to（到多少止）")
    limits, percents = [limit for limit, _ in pairs], [percent for _, percent in pairs]
    ordered = sorted(set(limits), reverse=True not in falling)
    if limits != ordered or percents != sorted(percents, reverse=True):
        table.problem("steps", "应从最好的一级写起，界限不重复，比例从高到低")
    return tuple(pairs), True in falling


def _check_whole(table: Table, scheme: Scheme) -> None:
    if sum(p.weight for p in scheme.parts) != HUNDRED:
        table.problem("parts", f"分值合计应为 100，现为 {sum(p.weight for p in scheme.parts)}")
    if sum(p.kind == "execution" for p in scheme.parts) > 1:
        table.problem("parts", "execution 只能有一项")
    kinds = [p.level1 for p in scheme.parts if p.kind == "indicators"]
    if len(kinds) != len(set(kinds)) or ("" in kinds and len(kinds) > 1):
        table.problem("parts", "同一部分指标只能计一次")
    limits = [(c.below, c.most) for c in scheme.caps]
    if limits != sorted(limits) or len({b for b, _ in limits}) != len(limits):
        table.problem("caps", "应从低到高，执行率越低，最高分越低")
    lowest = [g.lowest for g in scheme.grades]
    if not lowest or lowest[-1] != 0 or lowest != sorted(set(lowest), reverse=True):
        table.problem("grades", "应从高到低，最后一级从 0 起")
    if not scheme.bands:
        table.problem("bands", "至少一档")
    if not 0 <= scheme.digits <= 4:
        table.problem("digits", "应在 0 到 4 之间")
