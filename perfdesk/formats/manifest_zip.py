"""A zip of our own: ``manifest.json`` lists every other file with its size and SHA-256. Submission packages, what a bureau sends
back and form packs are such.

Written stored, without times, so that the same files give the same bytes. What is read is what the manifest lists, no file less and no
file more; a name can lead nowhere, and every byte that comes out is counted (``budget``).
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from perfdesk.errors import ExportRefused, InputRefused
from perfdesk.formats.budget import MIB, Budget, Limits
from perfdesk.formats.kinds import encrypted
from perfdesk.formats.ooxml import broken, refuse_many_parts

MANIFEST, SIGNATURE = "manifest.json", "signature.json"
SUBMISSION, RETURN, PACK = "perfdesk-submission", "perfdesk-return", "perfdesk-pack"
VERSIONS = {SUBMISSION: 1, RETURN: 1, PACK: 1}
"""The newest layout of each kind that this program reads, and the one that it writes."""
LONGEST_NAME = 200

_CHUNK = 1 << 16
_HEAD = 30 + len(MANIFEST)
_PIECE = re.compile(r"(?!\.{1,2}$)[^\x00-\x1f\x7f/\\:*?\"<>|]*[^\x00-\x1f\x7f/\\:*?\"<>|. ]")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Listed:
    """A file as the manifest lists it."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Opened:
    """``manifest``: its very text, which a signature is over; ``kept``: the texts of the files that were asked for, by name; ``signature``:
    the text of that file, empty where there is none."""

    manifest: str
    kept: Mapping[str, str]
    signature: str = ""


# --- out ---------------------------------------------------------------------------------------------------------------


def listed(parts: Mapping[str, bytes]) -> list[dict[str, Any]]:
    """What the manifest says of these files, in the order of their names."""
    return [
        {"name": name, "bytes": len(parts[name]), "sha256": hashlib.sha256(parts[name]).hexdigest()}
        for name in sorted(parts)
    ]


def zip_bytes(
    kind: str,
    manifest: Mapping[str, Any],
    parts: Mapping[str, bytes],
    signed: Callable[[bytes], bytes] | None = None,
) -> tuple[bytes, bytes]:
    """The zip of these files and, once more, its manifest; what is handed over lacks the manifest's ``format``, ``version`` and ``files``.
    ``signed``: the signature's file for the bytes of the manifest. ExportRefused where our own reader would find it too large."""
    _refuse_large(parts)
    manifest = {"format": kind, "version": VERSIONS[kind], **manifest, "files": listed(parts)}
    head = (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()
    own = {MANIFEST: head, **({SIGNATURE: signed(head)} if signed else {})}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in (*own.items(), *((name, parts[name]) for name in sorted(parts))):
            archive.writestr(entry(name), data)
    return out.getvalue(), head


def entry(name: str) -> zipfile.ZipInfo:
    """Without a time, and the same on every system."""
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = 0o644 << 16
    return info


def _refuse_large(parts: Mapping[str, bytes]) -> None:
    limits = Limits()
    large = (
        sum(map(len, parts.values())) > limits.inflated
        or max(map(len, parts.values()), default=0) > limits.part
    )
    if large or len(parts) + 2 > limits.parts:
        most = f"{limits.parts} 个文件、每个 {limits.part // MIB} MB、合计 {limits.inflated // MIB} MB"
        raise ExportRefused(
            "too-large", f"内容太多，没有写成：最多 {most}。请少选几种导出格式，或按单位分开。"
        )


# --- in ----------------------------------------------------------------------------------------------------------------


def open_zip(file: BinaryIO, budget: Budget) -> zipfile.ZipFile:
    """InputRefused where it is none, or has too many files."""
    refuse_many_parts(file, budget)
    try:
        archive = zipfile.ZipFile(file)
    except (ValueError, struct.error, zipfile.BadZipFile) as error:
        raise broken(budget.name, f"{type(error).__name__}: {error}") from None
    budget.parts(len(archive.infolist()))
    file.seek(0)
    if file.read(_HEAD)[30:] == MANIFEST.encode() and MANIFEST not in archive.namelist():
        # Cut off: what was found as the end is the end of a Word file that lies in it as it is.
        raise broken(budget.name, "the manifest is not in the directory")
    return archive


def is_ours(archive: zipfile.ZipFile) -> bool:
    """A manifest, or one of our folders without it, and nothing of an Office file."""
    names = {i.filename for i in archive.infolist()}
    ours = MANIFEST in names or any(n.startswith("filings/") and n.endswith(".json") for n in names)
    return ours and "[Content_Types].xml" not in names


def kind_of(archive: zipfile.ZipFile, budget: Budget) -> str:
    """What the manifest says that it is; empty where it says nothing that can be read, which ``read_zip`` refuses."""
    try:
        data = json.loads(_bytes(archive, archive.getinfo(MANIFEST), budget))
        return str(data["format"])
    except (KeyError, TypeError, ValueError, RuntimeError):  # also where it is encrypted, or too deep
        return ""


def read_zip(archive: zipfile.ZipFile, kind: str, budget: Budget, kept: Callable[[str], bool]) -> Opened:
    """Every file that the manifest lists proved to be what it says; the texts of those that ``kept`` wants. InputRefused otherwise."""
    infos = _by_name(archive.infolist(), budget.name)
    if MANIFEST not in infos:
        raise _refused(budget, "package-missing", f"里缺少“{MANIFEST}”，不完整")
    text = _text(_bytes(archive, infos[MANIFEST], budget), MANIFEST, budget)
    files = _files(_table(text, MANIFEST, budget), kind, budget)
    signature = infos.pop(SIGNATURE, None)
    del infos[MANIFEST]
    names = {one.name for one in files}
    if missing := sorted(names - infos.keys()):
        raise _refused(budget, "package-missing", f"里缺少清单中的“{missing[0]}”，不完整")
    if extra := sorted(infos.keys() - names):
        raise _refused(budget, "package-extra", f"里多出清单之外的“{extra[0]}”，可能被人改动过")
    texts: dict[str, str] = {}
    for one in files:
        data = _bytes(archive, infos[one.name], budget, one, keep=kept(one.name))
        if kept(one.name):
            texts[one.name] = _text(data, one.name, budget)
    signed = _text(_bytes(archive, signature, budget), SIGNATURE, budget) if signature else ""
    return Opened(text, texts, signed)


def _refused(budget: Budget, code: str, what: str) -> InputRefused:
    return InputRefused(code, f"文件“{budget.name}”{what}，没有读取。请让对方重新生成后再传一次。")


def _by_name(infos: Sequence[zipfile.ZipInfo], file: str) -> dict[str, zipfile.ZipInfo]:
    """Folders are left out; InputRefused for a name or a kind of entry that could lead elsewhere, and for two of one name."""
    found: dict[str, zipfile.ZipInfo] = {}
    folded: set[str] = set()
    for info in infos:
        name = info.orig_filename
        if info.flag_bits & 1:
            raise encrypted(file)
        mode = info.external_attr >> 16
        plain = stat.S_IFMT(mode) in (0, stat.S_IFREG) or (name.endswith("/") and stat.S_ISDIR(mode))
        if not plain or name != info.filename or not is_safe(name.removesuffix("/")):
            shown = "".join(c if c.isprintable() else "?" for c in name)[:80]
            message = f"文件“{file}”里有不安全的文件名“{shown}”，没有读取。它不是本程序生成的，请向对方核实。"
            raise InputRefused("package-name", message)
        if name.casefold() in folded:
            message = f"文件“{file}”里有两个“{name}”，没有读取。它不是本程序生成的，请向对方核实。"
            raise InputRefused("package-twice", message)
        folded.add(name.casefold())
        if not name.endswith("/"):
            found[name] = info
    return found


def is_safe(name: str) -> bool:
    """Relative, below the folder it is put in, and a file name on every system."""
    return len(name) <= LONGEST_NAME and all(_PIECE.fullmatch(piece) for piece in name.split("/"))


def _table(text: str, name: str, budget: Budget) -> dict[str, Any]:
    try:
        data = json.loads(text)
        if not isinstance(data, dict):
            raise ValueError("no table")
        return cast("dict[str, Any]", data)
    except (ValueError, RecursionError) as error:
        what = f"里的“{name}”不是正确的 JSON"
        message = f"文件“{budget.name}”{what}，没有读取。请让对方重新生成后再传一次。"
        raise InputRefused("package-json", message, str(error)) from None


def _files(manifest: dict[str, Any], kind: str, budget: Budget) -> tuple[Listed, ...]:
    """InputRefused where it is another kind, made by a newer program, or no list of files."""
    found, version = manifest.get("format"), manifest.get("version")
    if found not in VERSIONS:
        raise InputRefused("archive", f"文件“{budget.name}”是压缩包，请先解压，再导入里面的文件。")
    if found != kind:
        raise _other_kind(budget.name, str(found))
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise _refused(budget, "package-json", "的清单没有写明格式号")
    if version > VERSIONS[kind]:
        message = f"文件“{budget.name}”是更新的程序生成的（格式 {version}，本程序读到 {VERSIONS[kind]}）。请更新本程序后再读。"
        raise InputRefused("package-newer", message)
    rows = manifest.get("files")
    if not isinstance(rows, list):
        raise _refused(budget, "package-json", "的清单不完整")
    files = tuple(_listed(row, budget) for row in cast("list[Any]", rows))
    if len({one.name for one in files}) != len(files):
        raise _refused(budget, "package-twice", "的清单把一个文件列了两次")
    return files


def _other_kind(name: str, found: str) -> InputRefused:
    if found == PACK:
        return InputRefused("is-pack", f"文件“{name}”是表样更新包，里面没有填报。请用“表样更新”安装它。")
    if found == RETURN:
        return InputRefused("is-return", f"文件“{name}”是财政局的退回意见。请用“导入文件”打开它。")
    return InputRefused("is-submission", f"文件“{name}”是报送包，不是表样更新包。请用“导入文件”打开它。")


def _listed(row: Any, budget: Budget) -> Listed:
    match row:
        case {"name": str(name), "bytes": int(size), "sha256": str(digest)} if _SHA256.fullmatch(digest):
            if name not in (MANIFEST, SIGNATURE):
                return Listed(name, size, digest)
        case _:
            pass
    raise _refused(budget, "package-json", "的清单不完整")


def _bytes(
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    budget: Budget,
    expected: Listed | None = None,
    keep: bool = True,
) -> bytes:
    """Its content (``keep``), proved where something is ``expected``: InputRefused ``package-changed`` names the file."""
    told = _refused(budget, "package-changed", f"里的“{info.filename}”与清单不符（传送中损坏或被改动）")
    digest, size, chunks = hashlib.sha256(), 0, list[bytes]()
    try:
        with archive.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                budget.part(size, len(chunk))
                size += len(chunk)
                digest.update(chunk)
                if keep:
                    chunks.append(chunk)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, struct.error, NotImplementedError) as error:
        raise InputRefused(told.code, told.message, f"{type(error).__name__}: {error}") from None
    if expected is not None and (size, digest.hexdigest()) != (expected.bytes, expected.sha256):
        raise told
    return b"".join(chunks)


def _text(data: bytes, name: str, budget: Budget) -> str:
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        message = f"文件“{budget.name}”里的“{name}”不是 UTF-8 文字，没有读取。请让对方重新生成后再传一次。"
        raise InputRefused("package-json", message, str(error)) from None
    budget.text(len(text))
    return text
