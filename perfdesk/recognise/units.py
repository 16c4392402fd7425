"""The unit of running text that names none: what the tables of the same file tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from perfdesk.catalog import Catalog
from perfdesk.model.change import SetCell, apply
from perfdesk.model.finding import Repair
from perfdesk.model.form import Form
from perfdesk.recognise.claim import RecognisedFiling
from perfdesk.values import one_line

_TOLD = "文字里没有单位名称，按同一文件里的其他表填写"


def with_unit(filings: Sequence[RecognisedFiling], catalog: Catalog) -> tuple[RecognisedFiling, ...]:
    """Texts without a unit's name get the one that all other forms of the file have; told as a repair."""
    told = {one_line(name): name for one in filings if (name := one.filing.unit_name.strip())}
    if len(told) != 1:
        return tuple(filings)
    (name,) = told.values()
    return tuple(
        _named(one, name)
        if _is_text(catalog.form(one.filing.form)) and not one.filing.unit_name.strip()
        else one
        for one in filings
    )


def _is_text(form: Form) -> bool:
    return bool(form.paper.running or form.report)


def _named(one: RecognisedFiling, name: str) -> RecognisedFiling:
    filing, _ = apply(one.filing, (SetCell("basic", "unit_name", name),))
    return replace(one, filing=filing, repairs=(*one.repairs, Repair("unit-taken", "basic/unit_name", _TOLD)))
