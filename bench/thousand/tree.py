"""Where the made units stand: province → city → county → department → unit, told by their codes (2, 3, 4, 6 and 9 digits)."""

from __future__ import annotations

from dataclasses import dataclass

from bench.thousand.words import FIELDS, Field

DEPARTMENTS, UNITS = 10, 10
"""In a county, in a department."""
COUNTIES = 5
"""In a city."""

_PROVINCE = "99"
_CITIES = ("晨川市", "云埠市", "霁岭市", "苇河市", "玉屿市", "沙渚市", "枫桥湾市", "青畴市", "晴沙市")
_COUNTIES = ("望溪县", "石门峪县", "临泽湾县", "松岗县", "白鹭洲县")
_LEVELS = {2: "省", 3: "市", 4: "县", 6: "部门", 9: "单位"}
_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Node:
    """``level``: 省, 市, 县, 部门 or 单位; ``above``: the code of the node it belongs to, empty of the province."""

    code: str
    name: str

    @property
    def level(self) -> str:
        return _LEVELS[len(self.code)]

    @property
    def above(self) -> str:
        lengths = [0, *_LEVELS]
        return self.code[: lengths[lengths.index(len(self.code)) - 1]]


def unit_node(number: int) -> Node:
    """``number`` from 0; there are 4 500."""
    above = department_node(number // UNITS)
    kinds = field_of(number // UNITS).units
    which = number % UNITS
    name = f"{_county(number // UNITS // DEPARTMENTS).name}第{_NUMERALS[which // len(kinds)]}{kinds[which % len(kinds)]}"
    return Node(f"{above.code}{which + 1:03}", name)


def department_node(number: int) -> Node:
    county = _county(number // DEPARTMENTS)
    return Node(f"{county.code}{number % DEPARTMENTS + 1:02}", f"{county.name}{field_of(number).department}")


def field_of(department: int) -> Field:
    return FIELDS[department % len(FIELDS)]


def _county(number: int) -> Node:
    city = _city(number // COUNTIES)
    name = f"{city.name[:-1]}{_COUNTIES[number % COUNTIES]}"
    return Node(f"{city.code}{number % COUNTIES + 1}", name)


def _city(number: int) -> Node:
    return Node(f"{_PROVINCE}{number + 1}", _CITIES[number])


def departments(units: int) -> int:
    """How many there are of so many units; the last may have fewer than ten."""
    return -(-units // UNITS)


def nodes(units: int) -> tuple[Node, ...]:
    """Everything from the province down to so many units, a node before what is below it."""
    found = {_PROVINCE: Node(_PROVINCE, "示例省")}
    for number in range(units):
        department = number // UNITS
        county = department // DEPARTMENTS
        for node in (
            _city(county // COUNTIES),
            _county(county),
            department_node(department),
            unit_node(number),
        ):
            found.setdefault(node.code, node)
    return tuple(found[code] for code in sorted(found))
