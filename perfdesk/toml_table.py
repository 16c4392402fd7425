"""Reading a TOML file strictly: every mistake is collected with its path, nothing is guessed, unknown keys are mistakes."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from perfdesk.errors import FormError


class Table:
    """One table of the file. ``text``, ``number`` … take a key out and check it; ``done`` says which keys nobody asked for."""

    def __init__(self, data: dict[str, Any], path: str, problems: list[str]) -> None:
        self._data = dict(data)
        self.path = path
        self.problems = problems

    def problem(self, key: str, reason: str) -> None:
        """Note a mistake at ``key`` of this table."""
        self.problems.append(f"{self.at(key)}：{reason}")

    def at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def _take(self, key: str, kind: type, name: str, default: Any) -> Any:
        if key not in self._data:
            if default is None:
                self.problem(key, "缺少")
                return kind()
            return default
        value = self._data.pop(key)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.problem(key, f"应为{name}")
            return kind() if default is None else default
        return value

    def has(self, key: str) -> bool:
        return key in self._data

    def text(self, key: str, default: str | None = None) -> str:
        """A string; without a default the key must be there and must not be empty."""
        value: str = self._take(key, str, "文字", default)
        if default is None and value == "" and not any(p.startswith(self.at(key)) for p in self.problems):
            self.problem(key, "不能为空")
        return value

    def flag(self, key: str) -> bool:
        return self._take(key, bool, "true 或 false", False)

    def integer(self, key: str, default: int | None = None) -> int:
        return self._take(key, int, "整数", default)

    def optional_integer(self, key: str) -> int | None:
        return self._take(key, int, "整数", 0) if key in self._data else None

    def decimal(self, key: str, default: Decimal | None = None) -> Decimal:
        """A whole or a decimal number, exact (``12.5`` is read as a Decimal)."""
        if isinstance(self._data.get(key), int) and not isinstance(self._data[key], bool):
            return Decimal(self._data.pop(key))
        value: Decimal = self._take(key, Decimal, "数", default)
        if value.is_finite():
            return value
        self.problem(key, "应为数")
        return default if default is not None else Decimal()

    def choice(self, key: str, choices: tuple[str, ...], default: str | None = None) -> str:
        value: str = self._take(key, str, "文字", default)
        if value not in choices and key not in self._data and value != default:
            self.problem(key, f"“{value}”不在可选值之内：{'、'.join(c or '（空）' for c in choices)}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings, empty where the key is missing."""
        values: list[Any] = self._take(key, list, "一组文字", [])
        if not all(isinstance(v, str) for v in values):
            self.problem(key, "应为一组文字")
            return ()
        return tuple(values)

    def numbers(self, key: str) -> tuple[float, ...]:
        values: list[Any] = self._take(key, list, "一组数", [])
        if not values or not all(isinstance(v, int | Decimal) for v in values):
            self.problem(key, "应为一组数")
            return ()
        return tuple(float(v) for v in values)

    def table(self, key: str) -> Table:
        return Table(self._take(key, dict, "表", None), self.at(key), self.problems)

    def tables(self, key: str) -> Iterator[Table]:
        """The tables of an array of tables, each with its number from 1 in its path."""
        values: list[Any] = self._take(key, list, "一组表", [])
        for n, value in enumerate(values, 1):
            if isinstance(value, dict):
                yield Table(cast("dict[str, Any]", value), f"{self.at(key)}[{n}]", self.problems)
            else:
                self.problem(key, f"第 {n} 项应为表")

    def named_tables(self) -> Iterator[tuple[str, Table]]:
        """Every key that holds a table, with it."""
        for key in [k for k, v in self._data.items() if isinstance(v, dict)]:
            yield key, self.table(key)

    def optional_table(self, key: str) -> Table | None:
        """None where the key is missing."""
        return self.table(key) if key in self._data else None

    def done(self) -> None:
        """Every key that nobody took is a mistake (a typing error would otherwise pass in silence)."""
        for key in self._data:
            self.problem(key, "不认识的键")


def read_toml(path: Path) -> Table:
    """The whole file as a table; FormError where it is not TOML or not UTF-8."""
    try:
        return toml_of(path.read_text(encoding="utf-8-sig"), path.name)
    except UnicodeDecodeError as error:
        raise FormError(path.name, (f"不是有效的 TOML：{error}",)) from error
    except OSError as error:
        raise FormError(path.name, (f"无法读取：{error.strerror}",)) from error


def toml_of(text: str, name: str) -> Table:
    """The text of a file of that name as a table; FormError where it is not TOML."""
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise FormError(name, (f"不是有效的 TOML：{error}",)) from error
    table = Table(data, "", [])
    if table.integer("format") != 1 and not table.problems:
        table.problem("format", "本程序只认识格式 1，请升级程序")
    return table
