"""``fill ID BLANK OUT``: a stored filing into the bureau's own file."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict, replace
from pathlib import Path

from perfdesk.commands.files import known_forms
from perfdesk.commands.filings import open_store
from perfdesk.commands.saying import DONE, counter, say_json, warn
from perfdesk.export import refuse_open
from perfdesk.filling.plan import Plan, plan
from perfdesk.values import one_line

_WHY = {"no-place": "空表里没有这一格", "taken": "已有内容", "there": "已经印在表上"}


def fill(args: Namespace) -> int:
    """``fill ID BLANK OUT [--draft] [--over] [--no-wrap]``"""
    from perfdesk.formats.fill import fill as write_filled
    from perfdesk.formats.fill import open_blank

    forms = known_forms(args)
    with open_store(args, read_only=True) as store:
        filing = store.filing(args.id)
    form = forms.form(filing.form)
    if not args.draft:
        refuse_open(form, filing)
    blank, target = Path(args.blank), Path(args.out)
    made = plan(open_blank(blank), form, filing, forms, counter(), args.over)
    wrapped = write_filled(blank, replace(made.edits, wrap=not args.no_wrap), target)
    if args.json:
        said = {"goes": [asdict(g) for g in made.goes], "stays": [asdict(s) for s in made.stays]}
        counted = {"added_rows": made.added_rows, "wrapped_cells": wrapped}
        say_json({"path": str(target), "form": made.form.id, **counted, **said})
        return DONE
    also = f"，{wrapped} 格放不下，设为自动换行" if wrapped else ""
    print(f"已写出 {target}：填入 {len(made.goes)} 格，增加 {made.added_rows} 行{also}")
    for line in _unwritten(made):
        warn(line)
    return DONE


def _unwritten(made: Plan) -> list[str]:
    lines: list[str] = []
    for one in made.missing:
        where = f"，{one.where}“{one.before}”" if one.before else ""
        lines.append(
            f"没有填入  {one.address}  {one.what}：{one_line(one.value)[:40]}（{_WHY[one.why]}{where}）"
        )
    return lines
