"""A publisher's side: a folder of form files into a signed ``.pdpack`` (packaging/README.md says how keys are made and kept)."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from perfdesk.errors import FormError, UserError
from perfdesk.formats.atomic import write_atomically
from perfdesk.formats.manifest_zip import PACK, zip_bytes
from perfdesk.packs import SIGNED_AS, Offered, is_pack_file, offered, refuse_faulty
from perfdesk.signing import fingerprint, sign
from perfdesk.toml_table import read_toml

ABOUT = "pack.toml"


@dataclass(frozen=True, slots=True)
class Made:
    """``public``: the 32 bytes of the key, which the receivers compare by ``fingerprint``."""

    data: bytes
    public: bytes

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.public)


def pack_bytes(folder: Path, private_pem: bytes, day: date) -> Made:
    """``folder`` holds ``pack.toml`` (name, title, release, publisher) and the files, laid out like ``templates/``. FormError where
    ``pack.toml`` has mistakes, UserError ``pack-content`` where a file belongs in no pack, ``key-refused``."""
    about = _about(folder)
    files = _files(folder)
    public: list[bytes] = []

    def signed(manifest: bytes) -> bytes:
        key, signature = sign(private_pem, SIGNED_AS + manifest)
        public.append(key)
        told = {
            "algorithm": "ed25519",
            **{k: base64.b64encode(v).decode() for k, v in (("key", key), ("signature", signature))},
        }
        return (json.dumps(told, indent=1) + "\n").encode()

    data, _ = zip_bytes(PACK, {**about, "made": day.isoformat()}, files, signed)
    return Made(data, public[0])


def make_pack(folder: Path, private_pem: bytes, target: Path, day: date) -> Offered:
    """Written only where the program itself would take it; UserError as ``packs.install`` says of a faulty one."""
    made = pack_bytes(folder, private_pem, day)
    with TemporaryDirectory() as trial:
        path = Path(trial, target.name)
        write_atomically(path, made.data)
        found = offered(path)
        refuse_faulty(Path(trial, "data"), found, day)
    write_atomically(target, made.data)
    return found


def _about(folder: Path) -> dict[str, str]:
    path = folder / ABOUT
    if not path.is_file():
        raise UserError("no-pack-toml", f"“{folder}”里没有 {ABOUT}：要写明 name、title、release、publisher。")
    table = read_toml(path)
    about = {key: table.text(key) for key in ("name", "title", "release", "publisher")}
    table.done()
    if table.problems:
        raise FormError(ABOUT, tuple(table.problems))
    return about


def _files(folder: Path) -> dict[str, bytes]:
    found = {
        path.relative_to(folder).as_posix(): path.read_bytes().replace(b"\r\n", b"\n")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path != folder / ABOUT and not path.name.startswith(".")
    }
    if strange := [name for name in found if not is_pack_file(name)]:
        message = f"“{strange[0]}”不能放进表样更新包。只放 forms、scoring、standards、mappings、library 下的 .toml 文件。"
        raise UserError("pack-content", message)
    if not found:
        raise UserError("pack-content", f"“{folder}”里没有表样文件。")
    return found
