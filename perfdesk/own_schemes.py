"""The user's own scoring schemes: a scheme copied under another id, changed as text, checked whole before it is kept."""

from __future__ import annotations

import re
import tomllib
from contextlib import suppress
from pathlib import Path

from perfdesk import paths
from perfdesk.errors import FormError, UserError
from perfdesk.formats.atomic import OWNERS_FILE, write_atomically
from perfdesk.model.scheme import Scheme
from perfdesk.pack_folders import roots
from perfdesk.scoring_catalog import own_folder, scheme_of
from perfdesk.toml_table import toml_of

_ID = re.compile(r"[\w-]{1,60}")
_STRING = r'(?:"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\')'


def own_ids(data: Path) -> tuple[str, ...]:
    """The ids of the user's schemes, faulty ones among them. ``data``: the folder of the user's data."""
    return tuple(sorted(p.stem for p in own_folder(data).glob("*.toml")))


def scheme_text(data: Path, scheme: str) -> str:
    """The file of a scheme, the user's own before the shipped one. UserError ``no-scheme`` where there is none."""
    for folder in _folders(data):
        path = folder / f"{scheme}.toml"
        if _ID.fullmatch(scheme) and path.is_file():
            try:
                return path.read_text(encoding="utf-8-sig")
            except (OSError, UnicodeDecodeError) as error:
                raise FormError(path.name, (f"无法读取：{error}",)) from error
    raise UserError("no-scheme", f"没有评分方案“{scheme}”。可用 perfdesk score --schemes 看有哪些。")


def id_of(name: str) -> str:
    """An id for a scheme of that name: its letters, digits and Chinese characters; empty where there are none."""
    return re.sub(r"[^\w-]+", "-", name).strip("-")[:60]


def copy_scheme(data: Path, scheme: str, new: str, name: str = "") -> Path:
    """The file of the copy, which has the same text but for ``id`` and ``name`` (not given: the old one with ``new`` behind).
    UserError ``scheme-refused`` where ``new`` is no id or is taken."""
    if not _ID.fullmatch(new):
        raise UserError("scheme-refused", f"“{new}”不能作编号：只用字母、数字、汉字、- 和 _，不超过 60 个。")
    if any((f / f"{new}.toml").exists() for f in _folders(data)):
        raise UserError("scheme-refused", f"已经有评分方案“{new}”，请换一个编号。")
    text = scheme_text(data, scheme)
    old = _strings(text)
    wanted = {"id": new, "name": name.strip() or f"{old.get('name', scheme)}（{new}）"}
    save_scheme(data, new, _with_strings(text, wanted, scheme))
    return own_folder(data) / f"{new}.toml"


def save_scheme(data: Path, scheme: str, text: str) -> Scheme:
    """Written at once. FormError with all mistakes of the text; then nothing is written."""
    file = f"{own_folder(data).name}/{scheme}.toml"
    found = scheme_of(toml_of(text, file), scheme, file)
    with suppress(OSError):  # told by what cannot be written there
        own_folder(data).mkdir(mode=0o700, parents=True, exist_ok=True)
    write_atomically(own_folder(data) / f"{scheme}.toml", text.encode(), OWNERS_FILE)
    return found


def _folders(data: Path) -> tuple[Path, ...]:
    """The user's own before those of packs, the newest first, before the shipped ones."""
    packs = (pack / "scoring" for pack in reversed(roots(data)))
    return own_folder(data), *packs, paths.templates() / "scoring"


def _strings(text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return {}


def _with_strings(text: str, wanted: dict[str, str], scheme: str) -> str:
    """The file with other strings at the top. FormError where it is written so oddly that something else would change."""
    made = text
    for key, value in wanted.items():
        plain = value.replace("\\", "\\\\").replace('"', '\\"')
        line = f'{key} = "{plain}"'
        made = re.sub(
            rf"^{key}[ \t]*=[ \t]*{_STRING}", lambda _, new=line: new, made, count=1, flags=re.MULTILINE
        )
    before = _strings(text)
    if not before or _strings(made) != before | wanted:
        raise FormError(f"scoring/{scheme}.toml", ("这个文件的写法不能自动修改，请手工复制后修改",))
    return made
