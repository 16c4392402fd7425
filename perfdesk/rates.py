"""Rates that are computed from facts, not typed: 预算执行率, 预算调整率 … Which facts make which rate is data (``templates/rates``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import cast, get_args

from perfdesk import paths
from perfdesk.errors import FormError
from perfdesk.model.rates import Counted, Fact, FactKind, Rate, Rates, Terms
from perfdesk.toml_table import Table, read_toml
from perfdesk.values import plain_number, round_half_up

DIGITS = 2
"""Decimals of a rate in percent."""


@dataclass(frozen=True, slots=True)
class Computed:
    """``percent`` is rounded half-up to two decimals; None where facts are missing (``missing``) or the base is 0: then the rate does not
    apply. ``words``: the formula with the numbers, for people."""

    percent: Decimal | None
    words: str
    missing: tuple[Fact, ...] = ()

    @property
    def applies(self) -> bool:
        """False where the base is 0: 不适用."""
        return self.percent is not None or bool(self.missing)


def compute(rate: Rate, facts: Mapping[str, Decimal]) -> Computed:
    """The rate of these facts (by id). A fact that is only subtracted and not given counts as 0."""
    needed = {f.id for sign, f in (*rate.over, *rate.under) if sign > 0}
    missing = tuple(f for f in rate.facts if f.id in needed and f.id not in facts)
    if missing:
        return Computed(None, f"没有填写{'、'.join(f.label for f in missing)}", missing)
    over, under = _sum(rate.over, facts), _sum(rate.under, facts)
    reckoning = f"{_words(rate.over, facts)} ÷ {_words(rate.under, facts)}"
    if under == 0:
        return Computed(None, f"{reckoning}：分母为 0，不适用")
    exact = over * 100 / under
    # Divided once, at the end, with more digits than are kept.
    percent = round_half_up(_decimal(exact), DIGITS)
    return Computed(percent, f"{reckoning} = {plain_number(percent)}%")


def _decimal(value: Fraction) -> Decimal:
    """Exact to one digit more than rounding looks at: the half is kept a half."""
    scaled, rest = divmod(abs(value.numerator) * 10 ** (DIGITS + 1), value.denominator)
    number = Decimal(scaled).scaleb(-(DIGITS + 1)) + (Decimal(1).scaleb(-(DIGITS + 2)) if rest else 0)
    return -number if value < 0 else number


def _sum(terms: Terms, facts: Mapping[str, Decimal]) -> Fraction:
    return sum((sign * Fraction(facts.get(f.id, Decimal(0))) for sign, f in terms), Fraction(0))


def _words(terms: Terms, facts: Mapping[str, Decimal]) -> str:
    parts: list[str] = []
    for sign, fact in terms:
        if sign > 0 or fact.id in facts:
            mark = ("－" if sign < 0 else "＋") if parts else ""
            parts.append(f"{mark}{fact.label} {plain_number(facts.get(fact.id, Decimal(0)))}")
    words = " ".join(parts)
    return f"（{words}）" if len(parts) > 1 else words


# --- files ------------------------------------------------------------------------------------------------------------


def load_rates(folder: Path | None = None) -> Mapping[str, Rates]:
    """All files of rates by id. FormError names the first faulty file with all its mistakes."""
    root = (folder or paths.templates()) / "rates"
    return {p.stem: read_rates(p) for p in sorted(root.glob("*.toml"))}


def read_rates(path: Path) -> Rates:
    table = read_toml(path)
    facts = tuple(_fact(t) for t in table.tables("facts"))
    known = {f.id: f for f in facts}
    rates = Rates(
        id=table.text("id"),
        source=table.text("source"),
        facts=facts,
        rates=tuple(_rate(t, known) for t in table.tables("rates")),
    )
    if rates.id and rates.id != path.stem:
        table.problem("id", f"应与文件名一致：{path.stem}")
    for key, names in (("facts", [f.id for f in facts]), ("rates", [r.indicator for r in rates.rates])):
        for twice in sorted({n for n in names if names.count(n) > 1}):
            table.problem(key, f"“{twice}”出现两次")
    table.done()
    if table.problems:
        raise FormError(f"{path.parent.name}/{path.name}", tuple(table.problems))
    return rates


def _fact(table: Table) -> Fact:
    kind = cast(FactKind, table.choice("kind", get_args(FactKind)))
    counted = cast(Counted, table.choice("counted", get_args(Counted), ""))
    fact = Fact(
        table.text("id"),
        table.text("label"),
        kind,
        table.text("help", ""),
        table.text("group", ""),
        counted,
    )
    table.done()
    return fact


def _rate(table: Table, known: Mapping[str, Fact]) -> Rate:
    rate = Rate(table.text("indicator"), _terms(table, "over", known), _terms(table, "under", known))
    table.done()
    return rate


def _terms(table: Table, key: str, known: Mapping[str, Fact]) -> Terms:
    texts = table.texts(key)
    if not texts or all(t.startswith("-") for t in texts):
        table.problem(key, "至少有一项不是减去的")
    terms: list[tuple[int, Fact]] = []
    for text in texts:
        name = text.removeprefix("-")
        if name in known:
            terms.append((-1 if text.startswith("-") else 1, known[name]))
        else:
            table.problem(key, f"没有数据“{name}”")
    return tuple(terms)
