"""Numbers that somebody wrote into computed cells against what is computed for them."""

from __future__ import annotations

from decimal import Decimal

from perfdesk.evaluation.entered import number
from perfdesk.evaluation.evaluated import Evaluated
from perfdesk.model.filing import Filing
from perfdesk.values import DASHES, plain_number, round_half_up


def says(written: str, computed: str) -> bool:
    """Whether a written rate or score is the computed one, rounded half-up to fewer digits or as a share (``0.985`` for ``98.5%``)
    included; a word is compared as a word. A dash says nothing and so nothing else."""
    plain = written.strip().replace("％", "%")
    if plain in DASHES:
        return True
    one, other = number(plain), number(computed)
    if one is None or other is None:
        return plain == computed
    if computed.endswith("%") and not plain.endswith("%") and abs(one) <= 1 and _rounded(one * 100, other):
        return True
    return _rounded(one, other)


def _rounded(written: Decimal, exact: Decimal) -> bool:
    digits = len(plain_number(written).partition(".")[2])
    return written == round_half_up(exact, digits)


def sum_on_paper(filing: Filing, evaluated: Evaluated) -> Decimal | None:
    """What the scores as they stand on the page add up to; None where one of them is no number."""
    whole = Decimal(0)
    for item in evaluated.scored.items:
        row = filing.row(item.row or "money")
        if item.row is None and not item.weight:
            continue
        written = row.get("score") if row else ""
        value = number(written) if written.strip() else item.computed
        if value is None:
            return None
        whole += value
    return whole
