"""The sample unit: its clean years have no finding at all, its faulty year exactly the mistakes that were planted in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from perfdesk.__main__ import main
from perfdesk.sample import install
from perfdesk.store import Store
from tests.making import catalog

PLANTED = {
    # A total without its last 70 fen, a 9 for a 95, a rate in 幢, a bare sign; the budget grew by a third, and four indicators went.
    "overall-target": {
        ("balance", "budget/total"),
        ("lower-than-last-year", "indicators/6/target"),
        ("rate-unit", "indicators/23/unit"),
        ("bare-sign", "indicators/31/target"),
        ("amount-moved", "budget/total"),
        ("indicator-vanished", "indicators"),
    },
    # 60 % typed where 0.59 of 1.5 is 39.33 %, a missed target without its reason; a target and the budget that the declaration has
    # otherwise (its bare sign promised nothing).
    "self-evaluation": {
        ("rate-unit", "indicators/23/target"),
        ("rate-typed-over", "indicators/9/actual"),
        ("deviation-missing", "indicators/23/deviation"),
        ("initial-changed", "money/initial"),
        ("target-changed", "indicators/6/target"),
    },
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "data"
    with Store.open(folder) as store:
        install(store, catalog(), store.new_id)
    return folder


def found(data: Path, year: int, capsys: Any) -> dict[str, set[tuple[str, str]]]:
    """Kind of form → code and place of everything that is told of that year."""
    main(["list", "--year", str(year), "--data", str(data), "--json"])
    kinds = {f["id"]: f["form"].partition("/")[2] for f in json.loads(capsys.readouterr().out)["filings"]}
    main(["check", "--year", str(year), "--data", str(data), "--json"])
    told: dict[str, set[tuple[str, str]]] = {}
    for one in json.loads(capsys.readouterr().out)["filings"]:
        told[kinds[one["id"]]] = {(x["code"], x["where"]) for x in one["findings"]}
    return told


@pytest.mark.parametrize("year", [2021, 2023])
def test_a_clean_year_has_no_finding(data: Path, year: int, capsys: Any) -> None:
    assert {kind: told for kind, told in found(data, year, capsys).items() if told} == {}


def test_the_faulty_year_has_exactly_what_was_planted(data: Path, capsys: Any) -> None:
    assert {kind: told for kind, told in found(data, 2022, capsys).items() if told} == PLANTED
