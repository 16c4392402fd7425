"""``self-test``: the installed or frozen program proves itself in seconds, in a folder of its own that it leaves no trace of."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from perfdesk import catalog
from perfdesk.catalog import Catalog
from perfdesk.check import check
from perfdesk.commands.saying import DONE, REFUSED, counter, say_json
from perfdesk.compose import compose
from perfdesk.errors import UserError
from perfdesk.evaluation.evaluated import evaluate, shown_points
from perfdesk.filing_json import filing_json
from perfdesk.intake import take_in
from perfdesk.sample import sample_evaluations, sample_filings
from perfdesk.steps import set_cell


@dataclass(slots=True)
class _Trial:
    """What the tests share: the catalog and an empty folder."""

    folder: Path
    forms: Catalog = field(default_factory=catalog.load)


def _check_sample(trial: _Trial) -> str:
    found = [len(check(trial.forms.form(f.form), f)) for f in sample_filings(trial.forms, counter())]
    _ensure(any(found) and not all(found), "示例的审核结果不对")
    return f"{len(trial.forms.forms)} 个表样，示例审核发现 {sum(found)} 处"


def _round_trip(trial: _Trial) -> str:
    from perfdesk.formats.read import read
    from perfdesk.formats.write import write

    filings = sample_filings(trial.forms, counter())
    for filing in filings:
        form = trial.forms.form(filing.form)
        for ending in ("docx", "xlsx", "pdf", "txt"):
            path = trial.folder / f"{filing.year}.{ending}"
            write(compose(form, filing).document, path)
            if ending in ("docx", "xlsx"):
                found = take_in(read(path), trial.forms, counter()).filings
                same = len(found) == 1 and _amounts_apart(
                    filing_json(form, found[0].filing)
                ) == _amounts_apart(filing_json(form, filing))
                _ensure(same, f"写出的 {ending} 读回后不一样")
    return f"{len(filings)} 份填报写成 Word、Excel、PDF、文本，读回一致"


def _amounts_apart(data: dict[str, object]) -> dict[str, object]:
    """What must come back the same: spelling of amounts (``100`` or ``100.00``) apart."""
    sections = data["sections"]
    assert isinstance(sections, dict)
    return {name: content for name, content in sections.items() if name != "budget"}  # type: ignore[reportUnknownVariableType]


def _scores(trial: _Trial) -> str:
    filings = sample_evaluations(trial.forms, counter())
    found = [evaluate(trial.forms.form(f.form), f) for f in filings]
    totals = [shown_points(e.scored.total) for e in found if e is not None and e.scored.grade]
    _ensure(bool(filings) and len(totals) == len(filings), "示例的自评没有评完")
    return f"{len(trial.forms.schemes)} 个评分方案，示例自评 {'、'.join(totals)} 分"


def _store(trial: _Trial) -> str:
    from perfdesk.store import Store

    folder = trial.folder / "data"
    with Store.open(folder) as store:
        filing = sample_filings(trial.forms, counter())[0]
        form = trial.forms.form(filing.form)
        number = store.add(filing, "自检")
        store.apply(number, set_cell(form, filing, "basic", "goal", "改过的目标"))
        store.undo(number)
    with Store.open(folder) as store:
        _ensure(store.filing(number).cell("basic/goal") == filing.cell("basic/goal"), "撤销后内容不对")
        store.redo(number)
        _ensure(store.filing(number).cell("basic/goal") == "改过的目标", "重做后内容不对")
        _ensure(not store.verify(), "数据检查不通过")
    return "保存、撤销、重做、检查正常"


def _signature(trial: _Trial) -> str:
    """The second example of RFC 8032: Ed25519 with a message of one byte."""
    from perfdesk.signing import is_signed

    public, signed = bytes.fromhex(_PUBLIC), bytes.fromhex(_SIGNED)
    _ensure(is_signed(public, signed, b"\x72"), "对的签名没有认出来")
    _ensure(not is_signed(public, signed, b"\x73"), "不对的签名没有认出来")
    return "对的签名认得，改过的不认"


def _window(trial: _Trial) -> str:
    """In a process of its own: a toolkit that finds a library missing ends the process it is in."""
    arguments = ["--window-trial", str(trial.folder)]
    command = [sys.executable, *arguments]
    if not getattr(sys, "frozen", False):
        root = str(Path(__file__).resolve().parents[2])
        start = f"import sys; sys.path.insert(0, {root!r}); from perfdesk.__main__ import main; sys.exit(main({arguments!r}))"
        command = [sys.executable, "-X", "utf8", "-c", start]
    try:
        done = subprocess.run(
            command,
            env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UserError("self-test", f"窗口没有反应（{type(error).__name__}）") from error
    said = done.stdout.decode("utf-8", "replace").strip()
    last = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
    _ensure(done.returncode == 0, said or f"窗口打不开：{last or done.returncode}")
    return said


_PUBLIC = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
_SIGNED = (
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
)


def _ensure(true: bool, message: str) -> None:
    if not true:
        raise UserError("self-test", message)


_TRIALS: tuple[tuple[str, Callable[[_Trial], str]], ...] = (
    ("表样与审核", _check_sample),
    ("写出与读回", _round_trip),
    ("评分", _scores),
    ("数据", _store),
    ("签名", _signature),
    ("窗口", _window),
)
PATIENCE = 60
"""Seconds for the window, which needs one or two."""


def self_test(args: Namespace) -> int:
    """Every trial says what it proved; the first failure makes the exit code 3."""
    results: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory(prefix="perfdesk-") as folder:
        for name, trial in _TRIALS:
            start = time.monotonic()
            try:
                text, good = trial(_Trial(Path(folder))), True
            except UserError as error:
                text, good = error.message, False
            results.append(
                {"name": name, "ok": good, "message": text, "seconds": round(time.monotonic() - start, 2)}
            )
            if not args.json:
                print(f"{'✓' if good else '✗'} {name}：{text}（{results[-1]['seconds']} 秒）")
    good = all(r["ok"] for r in results)
    if args.json:
        say_json({"ok": good, "trials": results})
    elif good:
        print("自检通过。")
    return DONE if good else REFUSED
