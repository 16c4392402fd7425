"""A unit's department budget: two ledgers, purchases, assets, and the explanation that a new one begins with."""

from __future__ import annotations

from bench.thousand.made import BUDGET, YEAR, Key, MadeFiling, written
from bench.thousand.money import HUNDRED_YUAN, Money
from bench.thousand.rows import fields, form_of, listed, made
from bench.thousand.words import Field
from perfdesk.catalog import starters

LEDGERS = ("spending", "economic")


def budget(code: str, name: str, field: Field, money: Money) -> MadeFiling:
    subjects = "、".join(s.name for s in field.subjects)
    texts = {
        **starters(form_of(BUDGET)).get("explanation", {}),
        "duties": f"承担{subjects}等工作。",
        "institutions": f"{name}是财政补助的事业单位，没有所属单位。",
        "performance": "整体绩效目标和项目绩效目标随预算一并编报。",
    }
    rows = [
        fields("basic", {"unit_code": code, "unit_name": name, "asset_date": f"{YEAR - 1}-12-31"}),
        fields("last_year", {k: written(v, False) for k, v in _last_year(money).items()}),
        *listed("procurement", [_purchase(money)]),
        fields("assets", _assets(money)),
        fields("explanation", texts),
    ]
    amounts: dict[Key, int] = {}
    for ledger, facts in zip(LEDGERS, (money.spending, money.economic), strict=True):
        cells: dict[str, dict[str, str]] = {}
        for (number, fact), fen in facts.items():
            cells.setdefault(number, {"code": number})[fact] = written(fen, False)
            amounts[ledger, number, fact] = fen
        rows += listed(ledger, cells.values())
    return made(BUDGET, YEAR, rows, amounts)


def _last_year(money: Money) -> dict[str, int]:
    """Nineteen twentieths of this year's, without 分."""
    basic, project = (
        money.of(kind) * 19 // 20 // HUNDRED_YUAN * HUNDRED_YUAN for kind in ("basic", "project")
    )
    three = sum(fen for (code, _), fen in money.economic.items() if code in ("30217", "30231"))
    total = basic + project
    return {"income": total, "total": total, "basic": basic, "project": project, "sangong": three}


def _purchase(money: Money) -> dict[str, str]:
    cost = written(money.economic["31002", "public.general"], False)
    return {
        "project": "公用经费", "budget": cost, "item": "台式计算机", "catalog": "A02010104", "unit": "批",
        "quantity": "1", "price": cost, "total": cost, "general": cost,
    }  # fmt: skip


def _assets(money: Money) -> dict[str, str]:
    house, vehicle, other = (money.of("basic") // part // HUNDRED_YUAN * HUNDRED_YUAN for part in (2, 40, 9))
    values = {"house_value": house, "vehicle_value": vehicle, "other_value": other}
    counts = {"house_count": "2400.00", "vehicle_count": "2", "other_count": "310"}
    total = {"total_value": house + vehicle + other}
    return counts | {k: written(v, False) for k, v in (total | values).items()}
