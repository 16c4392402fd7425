"""The user's own codes: one is added or taken away in ``own.toml``; everything else in that file stays as it was written."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from perfdesk import codes
from perfdesk.budget.facts import Facts
from perfdesk.errors import FormError, UserError
from perfdesk.formats.atomic import OWNERS_FILE, write_atomically
from perfdesk.model.filing import Filing
from perfdesk.model.ledger import CodeKind, code_levels
from perfdesk.values import one_line

EMPTY = "format = 1\n"
_STRING = r'("""(?:[^\\]|\\.)*?"""|\'\'\'.*?\'\'\'|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\')'


@dataclass(frozen=True, slots=True)
class OwnCode:
    kind: CodeKind
    code: str
    name: str


def own_codes(folder: Path) -> tuple[OwnCode, ...]:
    """The codes in ``folder`` (``codes.own_folder``), by kind, as they stand in the file. FormError where it is not TOML."""
    texts = _texts(_file_text(folder))
    return tuple(
        OwnCode(kind, *found)
        for kind in get_args(CodeKind)
        for line in texts.get(kind, "").splitlines()
        if (found := codes.read_line(line))
    )


def unlisted(facts: Facts, filing: Filing, row_id: str) -> tuple[OwnCode, ...]:
    """What the list lacks of a row's code and the codes above it, outermost first, as the filing names them (``""``: it does not)."""
    code = facts.parsed[row_id][0] if row_id in facts.parsed else ""
    kind, known = facts.ledger.codes, facts.ledger.names
    lacking = [c for c in code_levels(kind, code) if c not in known] if code.isdecimal() else []
    rows = {c: [filing.row(r) for r in facts.nodes[c].rows] for c in lacking}
    return tuple(OwnCode(kind, c, next((r.get("name") for r in rows[c] if r), "")) for c in lacking)


def add_code(folder: Path, one: OwnCode) -> None:
    """Written at once; the name of a code that is there already becomes this one. UserError ``code-refused`` where the code is not whole
    or what stands above it is in no list; then nothing is written."""
    one = OwnCode(one.kind, one.code.strip(), one_line(one.name))
    line = f"{one.code} {one.name}"
    if codes.read_line(line) != (one.code, one.name):
        raise UserError("code-refused", "科目编码只能是数字，名称不能空着。请补齐后再加入。")
    _change(folder, one.kind, [one.code], [line])


def remove_code(folder: Path, one: OwnCode) -> None:
    """UserError ``code-refused`` where own codes stand below it. A code that is not there is no mistake."""
    _change(folder, one.kind, [one.code], [])


def _change(folder: Path, kind: CodeKind, out: Sequence[str], more: Sequence[str]) -> None:
    """The lines of the codes ``out`` go; ``more`` come where the first of them stood, else at the end."""
    text = _file_text(folder)
    lines = _texts(text).get(kind, "").strip("\n").splitlines()
    gone = [n for n, line in enumerate(lines) if (found := codes.read_line(line)) and found[0] in out]
    at = gone[0] if gone else len(lines)
    kept = [line for n, line in enumerate(lines) if n not in gone]
    after = _with_text(text, kind, "\n".join([*kept[:at], *more, *kept[at:]]))
    try:
        codes.check_added(after, folder)
    except FormError as error:
        reasons = "；".join(p.partition("：")[2] for p in error.problems)
        raise UserError("code-refused", f"科目目录没有改动：{reasons}。", str(error)) from error
    with suppress(OSError):  # told by what cannot be written there
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_atomically(folder / codes.ADDED, after.encode(), OWNERS_FILE)


def _file_text(folder: Path) -> str:
    path = folder / codes.ADDED
    try:
        return path.read_text(encoding="utf-8-sig") if path.exists() else EMPTY
    except (OSError, UnicodeDecodeError) as error:
        raise FormError(codes.ADDED, (f"无法读取：{error}",)) from error


def _texts(text: str) -> dict[str, str]:
    try:
        return {k: v for k, v in tomllib.loads(text).items() if isinstance(v, str)}
    except tomllib.TOMLDecodeError as error:
        raise FormError(codes.ADDED, (f"不是有效的 TOML：{error}",)) from error


def _with_text(text: str, key: str, value: str) -> str:
    """The file with another text at ``key``. FormError where it is written so oddly that something else would change."""
    plain = value.replace("\\", "\\\\").replace('"', '\\"')
    new = f'{key} = """\n{plain}\n"""'
    found = re.search(rf"^[ \t]*{key}[ \t]*=[ \t]*{_STRING}", text, re.MULTILINE | re.DOTALL)
    made = text[: found.start()] + new + text[found.end() :] if found else f"{text.rstrip()}\n{new}\n"
    if _texts(made) != _texts(text) | {key: f"{value}\n"}:
        raise FormError(codes.ADDED, ("这个文件的写法不能自动修改，请手工修改",))
    return made
