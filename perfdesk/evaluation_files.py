"""The table ``[evaluation]`` of a form file: by which scheme a self-evaluation is scored, and of which facts its rates are computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast, get_args

from perfdesk.model.evaluation import FACTS, NOTE, Evaluation
from perfdesk.model.form import Field, Section
from perfdesk.model.rates import Rates
from perfdesk.model.scheme import Scheme, Scope
from perfdesk.toml_table import Table

FACTS_LABEL = "基础数据"
COLUMNS = ("target", "actual", "weight", "score", "deviation", NOTE)
"""What the tree of a self-evaluation has besides its levels."""


@dataclass(frozen=True, slots=True)
class Methods:
    """What a form file may name: schemes and rates by id."""

    schemes: Mapping[str, Scheme]
    rates: Mapping[str, Rates]


def read_evaluation(table: Table, sections: Sequence[Section], methods: Methods) -> Evaluation | None:
    """None where the form has no such table."""
    own = table.optional_table("evaluation")
    if own is None:
        return None
    scope = cast(Scope, own.choice("scope", get_args(Scope)))
    scheme, rates = own.text("scheme"), own.text("rates", "")
    schemes = tuple(s for s in methods.schemes.values() if scope in s.scopes)
    if scheme not in {s.id for s in schemes}:
        own.problem("scheme", f"没有适用的评分方案“{scheme}”")
    if rates and rates not in methods.rates:
        own.problem("rates", f"没有比率集“{rates}”")
    _check_tree(own, sections)
    own.done()
    return Evaluation(scope, scheme, schemes, methods.rates.get(rates))


def _check_tree(table: Table, sections: Sequence[Section]) -> None:
    tree = next((s for s in sections if s.kind == "tree"), None)
    if missing := [c for c in COLUMNS if tree is None or tree.field(c) is None]:
        table.problem("sections", f"自评表的指标缺少栏：{'、'.join(missing)}")


def facts_section(evaluation: Evaluation, sections: Sequence[Section]) -> tuple[Section, ...]:
    """The facts sheet: every fact that is not a field of another section already. None where there are no rates."""
    return rates_section(evaluation.rates, sections) if evaluation.rates else ()


def rates_section(rates: Rates, sections: Sequence[Section]) -> tuple[Section, ...]:
    """The facts of the rates as a section, without those that another section has as a field."""
    known = {f.id for s in sections if s.kind == "fields" for f in s.fields}
    fields = tuple(
        Field(f.id, f.label, "money" if f.kind == "money" else "number", help=f.help)
        for f in rates.facts
        if f.id not in known
    )
    return (Section(FACTS, FACTS_LABEL, "fields", fields),) if fields else ()
