"""A submission package as read → its filings, exactly as they were: nothing is recognised, nothing is guessed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from perfdesk.catalog import Catalog
from perfdesk.document.source import Source, SourceText
from perfdesk.errors import InputRefused
from perfdesk.model.filing import Filing
from perfdesk.model.form import Form
from perfdesk.model.submission import Answered, FormUsed, HandedIn, Receipt, Told
from perfdesk.recognise import Recognised, RecognisedFiling
from perfdesk.submission.made import FINDINGS, PAPERS, RECEIPT, check_code
from perfdesk.submission.receipt import receipt_of
from perfdesk.submission.whole import unknown_columns, whole_filing

_WRONG = (KeyError, TypeError, ValueError, AttributeError, IndexError)


def taken(source: Source, catalog: Catalog) -> Recognised:
    """InputRefused: ``package-form`` where it was made with an edition that this program has not, ``package-json`` where what it says
    is no package of ours, whatever its digests say."""
    name = PurePath(source.path).name
    texts = {i.where: i.text for i in source.items if isinstance(i, SourceText)}
    try:
        manifest_text = next(iter(texts.values()))
        manifest: dict[str, Any] = json.loads(manifest_text)
        findings = json.loads(texts[FINDINGS])
        told = replace(_handed_in(manifest, findings, manifest_text), answers=_answers(manifest, findings))
        if (receipt := texts.get(RECEIPT)) is not None:
            told = replace(told, receipt=_receipt(receipt, manifest_text, name))
        _refuse_unknown_forms(told, catalog, name)
        same = {f.id for f in told.forms if f.digest == catalog.digest(f.id)}
        filings = tuple(
            RecognisedFiling(_filing(texts[one["file"]], one["form"], same, catalog), (), one["file"])
            for one in manifest["filings"]
        )
    except _Unfit as unfit:
        raise _other_form(catalog.form(str(unfit)), name) from None
    except (*_WRONG, StopIteration) as error:
        message = f"文件“{name}”的内容不是本程序的填报数据，没有读取。请让对方重新生成后再传一次。"
        raise InputRefused("package-json", message, repr(error)) from error
    return Recognised(filings, (), told)


def said_of(found: Recognised, filing: Filing) -> Mapping[str, str]:
    """Finding's key → what the unit says, of a filing of the package; it is known by its rows, whatever was typed over them since."""
    ids = [row.id for row in filing.rows]
    for number, one in enumerate(found.filings):
        if found.handed_in and one.filing.form == filing.form and [r.id for r in one.filing.rows] == ids:
            return found.handed_in.explained(number)
    return {}


def _receipt(text: str, manifest: str, name: str) -> Receipt:
    try:
        return receipt_of(text, manifest)
    except _WRONG as error:
        message = (
            f"文件“{name}”里的受理签名不对：内容被改动过，或不是这个单位签的，没有读取。请向受理单位核实。"
        )
        raise InputRefused("package-signature", message, repr(error)) from None


def _handed_in(manifest: Mapping[str, Any], findings: Any, text: str) -> HandedIn:
    unit = manifest["unit"]
    if not isinstance(manifest["year"], int) or not isinstance(manifest["filings"], list):
        raise ValueError("manifest")
    return HandedIn(
        _text(unit["name"]),
        _text(unit["code"]),
        manifest["year"],
        _text(manifest["made"]),
        _text(manifest["program"]),
        manifest["draft"] is True,
        tuple(
            FormUsed(*(_text(f[k]) for k in ("id", "title", "scheme", "sha256"))) for f in manifest["forms"]
        ),
        tuple(_text(f["name"]) for f in manifest["files"] if f["name"].startswith(PAPERS)),
        tuple(_told(n, f) for n, one in enumerate(findings["filings"]) for f in one["findings"]),
        check_code(text.encode()),
    )


def _told(filing: int, data: Mapping[str, Any]) -> Told:
    keys = ("key", "severity", "where", "title", "message", "explanation")
    return Told(filing, *(_text(data[key]) for key in keys))


def _answers(manifest: Mapping[str, Any], findings: Mapping[str, Any]) -> tuple[Answered, ...]:
    """What the unit says about the bureau's remarks on an earlier package; packages of older programs say nothing of that."""
    count = len(manifest["filings"])
    return tuple(_answered(one, count) for one in findings.get("answers", ()))


def _answered(data: Mapping[str, Any], count: int) -> Answered:
    number, filing = data["number"], data["filing"]
    if type(number) is not int or not (filing is None or (type(filing) is int and 0 <= filing < count)):
        raise ValueError("answer")
    place, where, text, answer = (_text(data[key]) for key in ("place", "where", "text", "answer"))
    return Answered(_text(data["return"]), number, filing, place, where, text, data["done"] is True, answer)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"text: {value!r}"[:80])
    return value


def _refuse_unknown_forms(told: HandedIn, catalog: Catalog, name: str) -> None:
    if unknown := [f for f in told.forms if f.id not in catalog.forms]:
        first = unknown[0]
        called = f"{first.title}（{first.scheme}，编号 {first.id}）"
        message = (
            f"文件“{name}”用了本机没有的表样：{called}。请先安装带有它的表样更新包，或更新本程序，再读一次。"
        )
        raise InputRefused("package-form", message, "\n".join(f.id for f in unknown))


class _Unfit(Exception):
    """The form is another one here under the same id."""


def _filing(text: str, form_id: str, same: set[str], catalog: Catalog) -> Filing:
    data = json.loads(text)
    form = catalog.forms[form_id]
    if data["form"] != form_id:
        raise ValueError("form")
    try:
        filing = whole_filing(data, form)
    except ValueError:
        if form_id in same:
            raise
        raise _Unfit(form_id) from None
    if form_id not in same and (catalog.is_own(form_id) or unknown_columns(filing, form)):
        raise _Unfit(form_id)
    return filing


def _other_form(form: Form, name: str) -> InputRefused:
    called = f"“{form.title}”（编号 {form.id}）"
    message = f"文件“{name}”用的表样{called}与本机同一编号的表样不同。请双方先用同一个表样更新包或同一版程序，再读一次。"
    return InputRefused("package-form", message, form.id)
