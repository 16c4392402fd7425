"""``new-form BLANK``: a blank of a kind that the program does not know, as a form of the user's own."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from perfdesk import paths
from perfdesk.catalog import own_forms
from perfdesk.commands.files import known_forms
from perfdesk.commands.saying import DONE, say_json
from perfdesk.model.form import Form
from perfdesk.new_forms.draft import FormDraft
from perfdesk.new_forms.propose import propose
from perfdesk.own_forms import save_form

_KINDS = {"fields": "固定的格", "list": "可增减的行", "tree": "三级指标"}


def new_form(args: Namespace) -> int:
    """``new-form BLANK [--title T] [--sheet N] [--save]``: shows what is recognised; with ``--save`` it is kept as a form file, which
    may be corrected by hand."""
    from perfdesk.formats.read import read

    blank, forms = Path(args.blank), known_forms(args)
    draft = propose(read(blank), forms.forms.values(), blank.name, args.sheet - 1)
    if args.title:
        draft = replace(draft, title=args.title, scheme_name=args.title)
    form: Form | None = None
    path = ""
    if args.save:
        data = paths.data_dir(args.data)
        form = save_form(data, forms, draft, blank)
        path = str(own_forms(data) / f"{form.id}.toml")
    if args.json:
        say_json({"id": form.id if form else None, "path": path or None, **_json(draft)})
        return DONE
    for line in _lines(draft):
        print(line)
    if form:
        print(f"已保存为表样 {form.id}：{path}")
    return DONE


def _json(draft: FormDraft) -> dict[str, Any]:
    head = {"title": draft.title, "amount_unit": draft.amount_unit, "year": draft.year}
    return head | {"sections": [asdict(s) for s in draft.sections], "notes": list(draft.notes)}


def _lines(draft: FormDraft) -> list[str]:
    lines = [f"{draft.title}（{draft.amount_unit}）"]
    for section in draft.sections:
        lines.append(f"【{section.label}】{_KINDS[section.kind]}")
        lines += [f"  {c.id}  {c.label}  {c.kind}{'  必填' if c.required else ''}" for c in section.columns]
        lines += [f"    {one} / {two}" for one, two in section.groups]
    return lines
