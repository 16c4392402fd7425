"""Packs of forms for tests, with a key pair of the test's own.

keys = key_pair()                                    (private PEM, public 32 bytes)
write_source(folder, release="2027.1")               what a publisher keeps: pack.toml and a form
path = made_pack(folder, keys)                       a signed .pdpack of it
repacked(path, {"forms/…": b"…"})                    other files under the old manifest and signature
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from perfdesk import paths
from perfdesk.formats.manifest_zip import MANIFEST, SIGNATURE, listed
from perfdesk.pack_making import pack_bytes
from perfdesk.packs import SIGNED_AS
from perfdesk.signing import sign
from tests.packages.made import parts_in, zipped

DAY = date(2026, 9, 1)
FORM = "henan-2027/overall-target"
FORM_FILE = f"forms/{FORM}.toml"


def key_pair() -> tuple[bytes, bytes]:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return pem, key.public_key().public_bytes_raw()


def form_text() -> str:
    """The newest overall target under an edition that the program does not have."""
    text = (paths.templates() / "forms" / "zhengzhou-2023" / "overall-target.toml").read_text(
        encoding="utf-8"
    )
    return text.replace("zhengzhou-2023/", "henan-2027/")


def write_source(
    folder: Path, release: str = "2027.1", name: str = "henan", files: Mapping[str, str] | None = None
) -> Path:
    about = f'format = 1\nname = "{name}"\ntitle = "河南 2027 年度表样"\nrelease = "{release}"\npublisher = "某省财政厅"\n'
    for file, text in {"pack.toml": about, **(files or {FORM_FILE: form_text()})}.items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text, encoding="utf-8")
    return folder


def made_pack(source: Path, private_pem: bytes, path: Path) -> Path:
    path.write_bytes(pack_bytes(source, private_pem, DAY).data)
    return path


def repacked(path: Path, changed: Mapping[str, bytes | None]) -> Path:
    """None takes a file out."""
    parts = {**parts_in(path.read_bytes()), **changed}
    path.write_bytes(zipped({n: c for n, c in parts.items() if c is not None}))
    return path


def signed_again(path: Path, private_pem: bytes, changed: Mapping[str, bytes], **manifest: object) -> Path:
    """With these files and a manifest and signature that fit: what a publisher could sign by mistake."""
    parts = {**parts_in(path.read_bytes()), **changed}
    rest = {n: c for n, c in parts.items() if n not in (MANIFEST, SIGNATURE)}
    head = json.dumps({**json.loads(parts[MANIFEST]), "files": listed(rest), **manifest}).encode()
    public, signature = sign(private_pem, SIGNED_AS + head)
    told = {"key": base64.b64encode(public).decode(), "signature": base64.b64encode(signature).decode()}
    path.write_bytes(zipped({MANIFEST: head, SIGNATURE: json.dumps(told).encode(), **rest}))
    return path
