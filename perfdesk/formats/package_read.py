"""Our own zips as they come in: a submission package and a bureau's return as sources of JSON texts, a form pack as the texts of its
files."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any, BinaryIO

from perfdesk.document.source import Source, SourceText
from perfdesk.errors import InputRefused
from perfdesk.formats.budget import Budget
from perfdesk.formats.child import work_on
from perfdesk.formats.manifest_zip import (
    MANIFEST,
    PACK,
    RETURN,
    SIGNATURE,
    SUBMISSION,
    Opened,
    entry,
    kind_of,
    open_zip,
    read_zip,
)


def read_submission(path: str, archive: zipfile.ZipFile, budget: Budget) -> Source:
    """The manifest, then every ``.json`` of it and the bureau's signature, each as one text whose ``where`` is its name; what a bureau
    sends back is a source ``return``.

    InputRefused as ``read_zip``, and where one is no JSON."""
    kind = RETURN if kind_of(archive, budget) == RETURN else SUBMISSION
    opened = read_zip(archive, kind, budget, lambda name: name.endswith(".json"))
    for name, text in opened.kept.items():
        try:
            json.loads(text)
        except (ValueError, RecursionError) as error:
            message = (
                f"文件“{budget.name}”里的“{name}”不是正确的 JSON，没有读取。请让对方重新生成后再传一次。"
            )
            raise InputRefused("package-json", message, str(error)) from None
    texts = {MANIFEST: opened.manifest, **opened.kept}
    if opened.signature:
        texts[SIGNATURE] = opened.signature
    items = tuple(SourceText(text, name) for name, text in texts.items())
    return Source(path, "return" if kind == RETURN else "package", items)


def add_receipt(asked: dict[str, Any], progress: Callable[[], None]) -> dict[str, Any]:
    """Answers the job ``{"receipt": text, "manifest": text, "path": …}``: the package, proved once more to be the one of that manifest,
    with the receipt in it, in base64. InputRefused ``package-accepted`` where it has one already."""

    def work(_path: str, file: BinaryIO, budget: Budget) -> bytes:
        with open_zip(file, budget) as archive:
            opened = read_zip(archive, SUBMISSION, budget, lambda _name: False)
        if opened.signature:
            raise InputRefused("package-accepted", f"报送包“{budget.name}”已经受理签名，不用再签。")
        if opened.manifest != asked["manifest"]:
            raise InputRefused("package-changed", f"报送包“{budget.name}”刚才被换成了另一个，没有签名。")
        file.seek(0)
        out = io.BytesIO(file.read())
        with zipfile.ZipFile(out, "a", zipfile.ZIP_STORED) as archive:
            archive.writestr(entry(SIGNATURE), str(asked["receipt"]).encode())
        return out.getvalue()

    return {"package": base64.b64encode(work_on(asked["path"], work, progress)).decode()}


def read_pack(asked: dict[str, Any], progress: Callable[[], None]) -> dict[str, Any]:
    """Answers the job ``{"pack": true, "path": …}``: manifest, signature and the texts of all files, proved against the manifest."""

    def work(_path: str, file: BinaryIO, budget: Budget) -> Opened:
        return read_zip(_pack_archive(file, budget), PACK, budget, lambda _name: True)

    opened = work_on(asked["path"], work, progress)
    return {"manifest": opened.manifest, "signature": opened.signature, "files": dict(opened.kept)}


def _pack_archive(file: BinaryIO, budget: Budget) -> zipfile.ZipFile:
    if file.read(4) != b"PK\x03\x04":
        raise InputRefused(
            "not-a-pack", f"文件“{budget.name}”不是表样更新包（.pdpack），请选择发布单位给的文件。"
        )
    archive = open_zip(file, budget)
    if MANIFEST not in archive.namelist():
        raise InputRefused(
            "not-a-pack", f"文件“{budget.name}”不是表样更新包（.pdpack），请选择发布单位给的文件。"
        )
    return archive
