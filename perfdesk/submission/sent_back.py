"""A return package (退回意见) as manifest and parts, and back: the same bytes for the same content, and nothing believed that comes in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import Any, cast, get_args

from perfdesk.document.source import Source, SourceText
from perfdesk.errors import InputRefused
from perfdesk.model.filing import Filing
from perfdesk.model.sent_back import KINDS, Decision, Meant, Remark, SentBack
from perfdesk.submission.made import RECEIPT, check_code
from perfdesk.submission.receipt import receipt_of
from perfdesk.submission.whole import whole_json
from perfdesk.values import clean_text

REMARKS = "remarks.json"
SIGNED_AS = b"perfdesk-returned\n"
"""What stands before the message, so that a signature for something else is none for a return."""

_HEAD = ("bureau", "made", "program")
_TEXTS = ("text", "title", "place", "where", "row", "column", "stood")
_WRONG = (KeyError, TypeError, ValueError, AttributeError, IndexError, StopIteration)


def digest_of(filing: Filing) -> str:
    """SHA-256 of everything in it but its number in the store: the same on both sides."""
    text = json.dumps(whole_json(filing), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


# --- out ---------------------------------------------------------------------------------------------------------------


def manifest_of(sent: SentBack) -> dict[str, Any]:
    """Without ``format``, ``version`` and ``files``."""
    return {key: getattr(sent, key) for key in _HEAD} | {
        "unit": {"name": sent.unit_name, "code": sent.unit_code},
        "year": sent.year,
        "decision": sent.decision,
        "answers": {"check_code": sent.answers, "made": sent.handed_in},
    }


def parts_of(sent: SentBack) -> dict[str, bytes]:
    """Name → content of every file but the manifest."""
    filings = [
        {"form": f.form, "title": f.title, "name": f.name, "sha256": f.digest, "rows": list(f.rows)}
        for f in sent.filings
    ]
    remarks = [
        {"filing": r.filing, "kind": r.kind, **{key: getattr(r, key) for key in _TEXTS}} for r in sent.remarks
    ]
    text = json.dumps({"filings": filings, "remarks": remarks}, ensure_ascii=False, indent=1)
    return {REMARKS: (text + "\n").encode()}


# --- in ----------------------------------------------------------------------------------------------------------------


def sent_back_of(source: Source) -> SentBack:
    """InputRefused: ``package-signature`` where it is signed wrongly, ``package-json`` where what it says is no return of ours, whatever
    its digests say."""
    name = PurePath(source.path).name
    texts = {i.where: i.text for i in source.items if isinstance(i, SourceText)}
    try:
        manifest_text = next(iter(texts.values()))
        manifest: dict[str, Any] = json.loads(manifest_text)
        said: dict[str, Any] = json.loads(texts[REMARKS])
        filings = tuple(_meant(one) for one in said["filings"])
        remarks = tuple(_remark(one, len(filings)) for one in said["remarks"])
        told = _told(manifest, manifest_text, filings, remarks)
    except _WRONG as error:
        message = f"文件“{name}”的内容不是本程序的退回意见，没有读取。请让财政局重新生成后再传一次。"
        raise InputRefused("package-json", message, repr(error)) from error
    receipt = texts.get(RECEIPT)
    return told if receipt is None else _signed(told, receipt, manifest_text, name)


def _told(
    manifest: Mapping[str, Any], text: str, filings: tuple[Meant, ...], remarks: tuple[Remark, ...]
) -> SentBack:
    unit, answers, year = manifest["unit"], manifest["answers"], manifest["year"]
    if not isinstance(year, int) or isinstance(year, bool):
        raise ValueError("year")
    if manifest["decision"] not in get_args(Decision):
        raise ValueError("decision")
    return SentBack(
        unit_name=_text(unit["name"]),
        unit_code=_text(unit["code"]),
        year=year,
        decision=cast(Decision, manifest["decision"]),
        bureau=_text(manifest["bureau"]),
        made=_text(manifest["made"]),
        program=_text(manifest["program"]),
        answers=_text(answers["check_code"]),
        handed_in=_text(answers["made"]),
        filings=filings,
        remarks=remarks,
        check_code=check_code(text.encode()),
    )


def _meant(data: Mapping[str, Any]) -> Meant:
    form, title, name, digest = (_text(data[key]) for key in ("form", "title", "name", "sha256"))
    return Meant(form, title, name, digest, tuple(_text(row) for row in data["rows"]))


def _remark(data: Mapping[str, Any], filings: int) -> Remark:
    filing, kind = data["filing"], data["kind"]
    known = filing is None or (type(filing) is int and 0 <= filing < filings)
    if kind not in KINDS or not known:
        raise ValueError("remark")
    return Remark(filing, kind, **{key: _text(data[key]) for key in _TEXTS})


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"text: {value!r}"[:80])
    return clean_text(value)


def _signed(told: SentBack, receipt: str, manifest: str, name: str) -> SentBack:
    try:
        return replace(told, receipt=receipt_of(receipt, manifest, SIGNED_AS))
    except _WRONG as error:
        message = f"文件“{name}”的签名不对：内容被改动过，或不是这个单位签的，没有读取。请向财政局核实。"
        raise InputRefused("package-signature", message, repr(error)) from None
