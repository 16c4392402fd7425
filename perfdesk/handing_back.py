"""A return package (退回意见) as a file: the same bytes for the same content, signed where the bureau has a key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from perfdesk.file_names import plain_stem
from perfdesk.formats.manifest_zip import RETURN, zip_bytes
from perfdesk.handing_in import Package
from perfdesk.model.sent_back import SentBack
from perfdesk.submission.made import check_code
from perfdesk.submission.receipt import receipt_text
from perfdesk.submission.sent_back import SIGNED_AS, manifest_of, parts_of


@dataclass(frozen=True, slots=True)
class Signer:
    """Whose private key (PEM) it is."""

    name: str
    private: bytes


def returned(sent: SentBack, signer: Signer | None = None) -> Package:
    """UserError ``key-refused`` where the signer has no private Ed25519 key."""

    def signed(manifest: bytes) -> bytes:
        assert signer is not None
        day = date.fromisoformat(sent.made)
        return receipt_text(manifest.decode(), signer.private, signer.name, day, SIGNED_AS).encode()

    data, manifest = zip_bytes(RETURN, manifest_of(sent), parts_of(sent), signed if signer else None)
    return Package(data, check_code(manifest))


def suggested_return_name(unit: str, year: int) -> str:
    """``某单位2026年度退回意见.zip``"""
    stem = plain_stem(f"{''.join(unit.split())}{year}年度退回意见")
    return f"{stem}.zip"
