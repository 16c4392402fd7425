"""The bureau's receipt: it signs the manifest of a package that it accepts, with its name and the day."""

from __future__ import annotations

import base64
import json
from datetime import date

from perfdesk.model.submission import Receipt
from perfdesk.signing import fingerprint, is_signed, sign

SIGNED_AS = b"perfdesk-accepted\n"
"""What stands before the message, so that a signature for something else is no receipt."""


def receipt_text(
    manifest: str, private_pem: bytes, signer: str, day: date, signed_as: bytes = SIGNED_AS
) -> str:
    """UserError ``key-refused`` where it is no private key. ``signed_as``: see ``SIGNED_AS``."""
    told = {"signer": signer, "day": day.isoformat()}
    public, signature = sign(private_pem, _message(manifest, told["signer"], told["day"], signed_as))
    keys = {"key": base64.b64encode(public).decode(), "signature": base64.b64encode(signature).decode()}
    return json.dumps({"algorithm": "ed25519", **told, **keys}, ensure_ascii=False, indent=1) + "\n"


def receipt_of(text: str, manifest: str, signed_as: bytes = SIGNED_AS) -> Receipt:
    """ValueError, KeyError or TypeError where it is none of this manifest."""
    data = json.loads(text)
    public, signature = (base64.b64decode(data[key], validate=True) for key in ("key", "signature"))
    signer, day = str(data["signer"]), str(data["day"])
    if not is_signed(public, signature, _message(manifest, signer, day, signed_as)):
        raise ValueError("signature")
    return Receipt(signer, day, fingerprint(public), base64.b64encode(public).decode())


def _message(manifest: str, signer: str, day: str, signed_as: bytes) -> bytes:
    return signed_as + json.dumps([signer, day]).encode() + b"\n" + manifest.encode()
