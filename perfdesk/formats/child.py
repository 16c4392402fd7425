"""The child process that reads: one office file after the other, within a limit of memory; answers on stdout, in lines of JSON.

``.`` alone on a line means "still at work"; every other line is ``{"source": …}`` or ``{"refused": {code, message, detail}}``, one
for each path of the list that came in on stdin. The parent (``read``) keeps the time and kills. On Windows the limit of memory
is missing: it would take a job object made by the parent.
"""

from __future__ import annotations

import errno
import json
import os
import sys
import time
import zipfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from perfdesk.document.source import Source, source_json
from perfdesk.errors import InputRefused
from perfdesk.formats.budget import MIB, Budget, Limits, nothing
from perfdesk.formats.kinds import HEAD, kind_of

T = TypeVar("T")
MEMORY = 512 * MIB
LARGEST_FILE = 256 * MIB
"""What LibreOffice may write for us; the reader itself writes none."""
BEAT_SECONDS = 0.5


_FILE_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,  # a way of packing that zipfile does not know
    SyntaxError,  # what lxml's XMLSyntaxError is
)


def child_main(argv: Sequence[str] = ()) -> int:
    """Reads what stdin names. ``argv`` is what stood behind the hidden argument of the frozen program; nothing is expected."""
    limit_memory(MEMORY)
    with open(0, "rb", closefd=False) as stdin, open(1, "wb", closefd=False) as stdout:
        beat = Beat(stdout)
        for path in json.loads(stdin.read()):
            stdout.write(_answer(path, beat) + b"\n")  # a path to read, or a job on a blank
            stdout.flush()
    return 0


def limit_memory(size: int) -> None:
    """Of this process and what it starts; no core dump is left behind, and no file grows without end. Nothing on Windows."""
    try:
        import resource
    except ImportError:
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (size, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))


class Beat:
    """Tells the parent now and then that work goes on."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._last = time.monotonic()

    def __call__(self) -> None:
        now = time.monotonic()
        if now - self._last > BEAT_SECONDS:
            self._last = now
            self._out.write(b".\n")
            self._out.flush()


def _answer(asked: str | dict[str, Any], progress: Callable[[], None]) -> bytes:
    name = Path(asked if isinstance(asked, str) else asked["path"]).name
    return answer(name, lambda: _done(asked, progress))


def answer(name: str, work: Callable[[], dict[str, Any]]) -> bytes:
    """The line of JSON that says what ``work`` on the file made, or why it was refused, whatever happened."""
    try:
        return _line(work())
    except InputRefused as refusal:
        told = refusal
    except MemoryError:
        told = _too_large(name)
    except Exception as error:
        # Whatever else a broken file brings about is told as one line, by a process that ends anyway.
        told = _broken(name, error)
    return _line({"refused": {"code": told.code, "message": told.message, "detail": told.detail}})


def _done(asked: str | dict[str, Any], progress: Callable[[], None]) -> dict[str, object]:
    if isinstance(asked, str):
        return {"source": source_json(read_or_convert(asked, progress))}
    if "page" in asked:
        from perfdesk.formats.page_pictures import draw

        return draw(asked, progress)
    if "receipt" in asked:
        from perfdesk.formats.package_read import add_receipt

        return add_receipt(asked, progress)
    if "pack" in asked:
        from perfdesk.formats.package_read import read_pack

        return read_pack(asked, progress)
    from perfdesk.formats.fill_job import do

    return do(asked, progress)


def read_or_convert(path: str, progress: Callable[[], None]) -> Source:
    """As ``read_file``; what this program cannot read itself is converted first, where LibreOffice is there."""
    try:
        return read_file(path, progress)
    except InputRefused as told:
        from perfdesk.formats.convert import read_converted

        return read_converted(path, told, progress, lambda made: read_file(made, progress))


def _line(answer: dict[str, object]) -> bytes:
    return json.dumps(answer, separators=(",", ":")).encode()


def read_file(
    path: str | Path, progress: Callable[[], None] = nothing, limits: Limits | None = None
) -> Source:
    """One file, read in this very process: for the child, and for tests. InputRefused is the only error a file can cause, but
    that memory may run out (told as too large)."""
    return work_on(path, _read, progress, limits)


def work_on(
    path: str | Path,
    work: Callable[[str, BinaryIO, Budget], T],
    progress: Callable[[], None] = nothing,
    limits: Limits | None = None,
) -> T:
    """What ``work`` makes of the open file; InputRefused as ``read_file``."""
    budget = Budget(Path(path).name, limits, progress)
    with _opened(Path(path), budget.name) as file:
        try:
            return work(os.fspath(path), file, budget)
        except MemoryError:
            told = _too_large(budget.name)
        except _FILE_FAULTS as error:
            told = _broken(budget.name, error)
        except OSError as error:
            # A damaged package points before its own start; other errors are the disk's.
            senseless = error.errno in (None, errno.EINVAL)
            told = (_broken if senseless else _unreadable)(budget.name, error)
        raise told


def _read(path: str, file: BinaryIO, budget: Budget) -> Source:
    kind = kind_of(budget.name, file.read(HEAD), file)
    if kind == "zip":
        return _read_package(path, file, budget)
    budget.file(file.seek(0, 2), budget.limits.part)
    file.seek(0)
    data = file.read()
    if kind == "pdf":
        from perfdesk.formats.pdf_read import read_pdf

        return read_pdf(path, budget.name, data, budget)
    if kind == "xls":
        from perfdesk.formats.xls_read import read_xls

        return read_xls(path, budget.name, data, budget)
    if kind == "json":
        from perfdesk.formats.json_read import read_json

        return read_json(path, budget.name, data)
    from perfdesk.formats.text_read import read_text

    return read_text(path, data, budget)


def _read_package(path: str, file: BinaryIO, budget: Budget) -> Source:
    from perfdesk.formats.manifest_zip import is_ours, open_zip
    from perfdesk.formats.ooxml import Package, office_kind

    with open_zip(file, budget) as archive:
        if is_ours(archive):
            from perfdesk.formats.package_read import read_submission

            return read_submission(path, archive, budget)
    package = Package(file, budget)
    kind, main = office_kind(package)
    if kind == "docx":
        from perfdesk.formats.docx_read import read_docx

        return read_docx(path, package, main)
    from perfdesk.formats.xlsx_read import read_xlsx

    return read_xlsx(path, package, main)


def _opened(path: Path, name: str) -> BinaryIO:
    try:
        if path.is_dir():
            raise InputRefused("folder", f"“{name}”是文件夹，请选择里面的文件。")
        if path.exists() and not path.is_file():
            raise InputRefused("unknown", f"“{name}”不是普通文件，不能读取。请选择 Word、Excel 或 PDF 文件。")
        return path.open("rb")
    except FileNotFoundError:
        raise InputRefused("missing", f"找不到文件“{path}”，请检查路径，或它是否已被移动、改名。") from None
    except PermissionError:
        raise InputRefused(
            "no-permission",
            f"没有权限读取文件“{name}”，它可能正被别的程序占用。请关闭该程序或换一个位置再试。",
        ) from None
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno == errno.ELOOP:
            message = f"“{name}”是一个绕回自己的链接，后面没有文件。请选择真正的文件。"
            raise InputRefused("shortcut", message) from None
        raise _unreadable(name, error) from None


def _too_large(name: str) -> InputRefused:
    return InputRefused(
        "too-large", f"文件“{name}”太大，读取它需要的内存超过限制。请只保留要用的表格，另存后再试。"
    )


def _unreadable(name: str, error: Exception) -> InputRefused:
    return InputRefused("unreadable", f"文件“{name}”读不出来，请检查磁盘或网络后再试。", str(error))


def _broken(name: str, error: Exception) -> InputRefused:
    from perfdesk.formats.ooxml import broken

    return broken(name, f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    sys.exit(child_main(sys.argv[1:]))
