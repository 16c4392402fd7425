"""Packs of forms (表样更新包, ``.pdpack``): read by the reading process, proved, checked whole, installed beside the shipped forms."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import secrets
import shutil
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from perfdesk import catalog as catalogs
from perfdesk import library, mapping_files
from perfdesk.catalog import OWN, Catalog
from perfdesk.errors import FormError, InputRefused, UserError
from perfdesk.formats.atomic import write_atomically
from perfdesk.formats.read import ask
from perfdesk.model.form import Form
from perfdesk.pack_folders import ABOUT, Pack, installed, order_of, packs_folder
from perfdesk.pack_trust import OWNERS_FILE, trust, trusted
from perfdesk.signing import fingerprint, is_signed

SIGNED_AS = b"perfdesk-pack\n"
"""What stands before the manifest when it is signed, so that a signature for something else is none for a pack."""

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_RELEASE = re.compile(r"\d{1,6}(\.\d{1,6}){0,3}")
_FILE = re.compile(
    r"(forms|mappings)/[\w-]+/[\w.-]+\.toml|(scoring|standards|standards/codes|library)/[\w-]+\.toml"
)
_REFUSED_FILES = ("standards/codes/own.toml",)


@dataclass(frozen=True, slots=True)
class Offered:
    """A pack as its file says, signed by the key of that fingerprint; not installed yet. ``files``: name → text."""

    name: str
    title: str
    release: str
    publisher: str
    made: str
    public: bytes
    origin: str
    files: Mapping[str, str]

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.public)


class UnknownKey(UserError):
    """The pack is signed by a key that nobody has confirmed; ``offered`` says which."""

    def __init__(self, offered: Offered) -> None:
        message = (
            f"表样更新包“{offered.origin}”由本机还不认识的密钥签名（自称“{offered.publisher}”），没有安装。"
            f"请向发布单位核对指纹：{offered.fingerprint}，一致才能信任。"
        )
        super().__init__("unknown-key", message, offered.fingerprint)
        self.offered = offered


# --- reading -----------------------------------------------------------------------------------------------------------


def offered(path: Path) -> Offered:
    """What the file holds, every byte proved by the manifest and the manifest by its signature. InputRefused otherwise."""
    answer = ask({"pack": True, "path": str(path)}, path.name)
    return proved(path.name, str(answer["manifest"]), answer["files"], str(answer["signature"]))


def proved(origin: str, manifest_text: str, files: Mapping[str, str], signature: str) -> Offered:
    """Once more here, whatever the reading process said: nobody takes its word for what is to be installed. InputRefused."""
    public = _signer(origin, manifest_text, signature)
    try:
        manifest: dict[str, Any] = json.loads(manifest_text)
        digests = {f["name"]: f["sha256"] for f in manifest["files"]}
        keys = ("name", "title", "release", "publisher", "made")
        if not all(isinstance(manifest[key], str) for key in keys):
            raise ValueError("manifest")
        name, title, release, publisher, made = (manifest[key] for key in keys)
        found = Offered(name, title, release, publisher, made, public, origin, files)
    except (KeyError, TypeError, ValueError) as error:
        raise _refused(origin, "pack-manifest", "的清单不完整", repr(error)) from None
    if digests != {name: hashlib.sha256(text.encode()).hexdigest() for name, text in files.items()}:
        raise _refused(origin, "package-changed", "里有文件与清单不符（传送中损坏或被改动）")
    if not _NAME.fullmatch(found.name) or not _RELEASE.fullmatch(found.release):
        raise _refused(origin, "pack-manifest", "的名称或版本号不合规矩")
    if strange := [name for name in files if not is_pack_file(name)]:
        raise _refused(origin, "pack-content", f"里有不属于表样的“{strange[0]}”")
    return found


def is_pack_file(name: str) -> bool:
    """What a pack may carry: forms, scoring schemes, standards, lists of codes, mappings, indicators of the library."""
    return _FILE.fullmatch(name) is not None and name not in _REFUSED_FILES


def _refused(name: str, code: str, what: str, detail: str = "") -> InputRefused:
    return InputRefused(code, f"表样更新包“{name}”{what}，没有安装。请向发布单位重新索取。", detail)


def _signer(name: str, manifest: str, signature: str) -> bytes:
    """The public key that signed the manifest."""
    if not signature:
        raise _refused(name, "pack-unsigned", "没有签名，不能确认是谁发布的")
    try:
        told = json.loads(signature)
        public, signed = (base64.b64decode(told[key], validate=True) for key in ("key", "signature"))
    except (ValueError, KeyError, TypeError) as error:
        raise _refused(name, "pack-signature", "的签名读不出来", repr(error)) from None
    if not is_signed(public, signed, SIGNED_AS + manifest.encode()):
        raise _refused(name, "pack-signature", "的签名不对：内容被改动过，或不是这个密钥签的")
    return public


# --- installing and removing -------------------------------------------------------------------------------------------


def install(
    data: Path,
    pack: Offered,
    used: Collection[str],
    today: date,
    confirmed: str = "",
    keys: Path | None = None,
) -> Pack:
    """Beside the shipped forms; older releases of the same pack give way. ``used``: ids of forms that filings were made with;
    ``confirmed``: the fingerprint that the user has compared; ``keys``: the shipped keys, where they are not the program's.

    UnknownKey; UserError ``pack-older``, ``pack-faulty``, ``pack-in-use``: then nothing has changed.
    """
    known = trusted(data, keys)
    if pack.fingerprint not in known and _plain(confirmed) != _plain(pack.fingerprint):
        raise UnknownKey(pack)
    here = installed(data)
    same = [p for p in here if p.name == pack.name]
    for one in same:
        if order_of(pack.release) <= order_of(one.release):
            message = f"已经装有“{one.title}”{one.release} 版，这个文件是 {pack.release} 版，没有安装。"
            raise UserError("pack-older", message)
        if one.fingerprint != pack.fingerprint:
            message = f"“{one.title}”原来由另一个密钥签名，没有安装。确认要换发布单位时，请先卸载原来的。"
            raise UserError("pack-other-key", message)
    others = [p.folder for p in here if p.name != pack.name]
    target = packs_folder(data) / f"{pack.name}-{pack.release}"
    beside = packs_folder(data) / f".new-{secrets.token_hex(6)}"
    try:
        _write(beside, pack, today)
        _refuse_faulty(data, pack, others, beside)
        _refuse_missing(
            pack.title, catalogs.load(own=data), catalogs.load(own=data, packs=[*others, beside]), used
        )
        if pack.fingerprint not in known:
            trust(data, pack.publisher, pack.public)
        shutil.rmtree(target, ignore_errors=True)
        beside.rename(target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    for one in same:
        shutil.rmtree(one.folder, ignore_errors=True)
    return next(p for p in installed(data) if p.folder == target)


def remove(data: Path, name: str, used: Collection[str]) -> Pack:
    """UserError ``no-pack``; ``pack-in-use`` where filings, own forms or other packs would be left without what it brings."""
    here = installed(data)
    found = [p for p in here if p.name == name]
    if not found:
        raise UserError("no-pack", f"没有安装名为“{name}”的表样更新包。用 pack-list 可以查看全部。")
    others = [p.folder for p in here if p.name != name]
    _refuse_left_alone(found[-1].title, data, others, used)
    for one in found:
        shutil.rmtree(one.folder)
    return found[-1]


def _plain(text: str) -> str:
    return "".join(text.split()).upper()


def _write(folder: Path, pack: Offered, today: date) -> None:
    about = {key: getattr(pack, key) for key in ("name", "title", "release", "publisher", "made", "origin")}
    about |= {"installed": today.isoformat(), "fingerprint": pack.fingerprint}
    for name, text in {**pack.files, ABOUT: json.dumps(about, ensure_ascii=False, indent=1)}.items():
        target = folder / name
        with suppress(OSError):  # told by what cannot be written there
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomically(target, text.encode(), OWNERS_FILE)


def refuse_faulty(data: Path, pack: Offered, today: date) -> None:
    """What ``install`` would say of it where nothing else is installed; ``data`` is a folder that may be written in."""
    folder = data / "trial"
    _write(folder, pack, today)
    _refuse_faulty(data, pack, (), folder)


def _refuse_faulty(data: Path, pack: Offered, others: Sequence[Path], folder: Path) -> None:
    before = catalogs.load(own=data, packs=others)
    try:
        after = catalogs.load(own=data, packs=[*others, folder])
        mapping_files.load(after, data, [*others, folder])
        library.load(after, packs=[*others, folder])
    except FormError as error:
        raise _faulty(pack, error) from None
    told = {fault.message for fault in before.faults}
    if wrong := [fault for fault in after.faults if fault.message not in told]:
        raise _faulty(pack, wrong[0])
    mine = [f"{n.split('/')[1]}/{n.split('/')[2][:-5]}" for n in pack.files if n.startswith("forms/")]
    if own := [form for form in mine if form.startswith(f"{OWN}-")]:
        message = f"表样更新包“{pack.origin}”用了本机自己的编号“{own[0]}”，没有安装。请发布单位换一个编号。"
        raise UserError("pack-faulty", message)
    for form in mine:
        if form in before.forms and (lost := lost_places(before.form(form), after.form(form))):
            message = f"表样更新包“{pack.origin}”里的“{after.form(form).title}”少了原有的“{lost[0]}”，没有安装。请发布单位给它新的编号。"
            raise UserError("pack-faulty", message, "\n".join(lost))


def lost_places(old: Form, new: Form) -> list[str]:
    """Sections and ``section/column`` of the old form that the new one lacks: filings could have something there."""
    found: list[str] = []
    for section in old.sections:
        if not new.has(section.id) or new.section(section.id).kind != section.kind:
            found.append(section.id)
            continue
        columns = {f.id for f in new.section(section.id).fields}
        found += [f"{section.id}/{f.id}" for f in section.fields if f.id not in columns]
    return found


def _faulty(pack: Offered, error: FormError) -> UserError:
    """A mistake in the pack, or what of the user's own would have one beside it."""
    if not any(name.endswith(error.file) for name in pack.files):
        message = f"装上“{pack.origin}”以后，自己的 {error.file} 就不对了：{error.problems[0]}。没有安装，请先改正自己的文件。"
        return UserError("pack-clashes", message, "\n".join(error.problems))
    message = (
        f"表样更新包“{pack.origin}”里的 {error.file} 有错误：{error.problems[0]}。没有安装，请发布单位改正。"
    )
    return UserError("pack-faulty", message, "\n".join(error.problems))


def _refuse_left_alone(title: str, data: Path, others: Sequence[Path], used: Collection[str]) -> None:
    here = catalogs.load(own=data)
    left = catalogs.load(own=data, packs=others)
    _refuse_missing(title, here, left, used)
    told = {fault.message for fault in here.faults}
    broken = [fault for fault in left.faults if fault.message not in told]
    try:
        mapping_files.load(left, data, others)
    except FormError as error:
        broken.append(error)
    if broken:
        message = f"“{title}”还有别的表样在用（{broken[0].file}），不能卸载。请先卸载或改正用到它的。"
        raise UserError("pack-in-use", message, broken[0].message)


def _refuse_missing(title: str, here: Catalog, left: Catalog, used: Collection[str]) -> None:
    if missing := sorted((set(used) & here.forms.keys()) - left.forms.keys()):
        message = (
            f"还有填报用着“{title}”的表样：{'、'.join(missing[:3])}。没有它这些填报就打不开，所以保留原样。"
        )
        raise UserError("pack-in-use", message, "\n".join(missing))
