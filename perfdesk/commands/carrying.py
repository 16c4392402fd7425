"""Commands between years and editions: carry."""

from __future__ import annotations

from argparse import ArgumentTypeError, Namespace
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from perfdesk import mapping_files, paths
from perfdesk.carry.amounts import EMPTIED, KEPT, Amounts
from perfdesk.carry.choose import Owned, Skipped, Wish, carried, step_label
from perfdesk.carry.plan import Planned, settled
from perfdesk.carry.proposals import Proposal, option_words
from perfdesk.check import check
from perfdesk.commands.files import known_forms
from perfdesk.commands.filings import open_store
from perfdesk.commands.saying import DONE, FOUND_NOTHING_OR_ERRORS, say_json, summary, warn
from perfdesk.errors import UserError
from perfdesk.model.filing import Filing
from perfdesk.model.form import Form


def amounts_choice(text: str) -> Amounts:
    """``keep``, ``empty`` or a percentage (``105``, ``105%``)."""
    known = {"keep": KEPT, "empty": EMPTIED}
    if text in known:
        return known[text]
    try:
        percent = Decimal(text.removesuffix("%"))
    except InvalidOperation:
        percent = Decimal(-1)
    if not percent.is_finite() or percent <= 0:
        raise ArgumentTypeError(f"“{text}”应是 keep、empty 或百分数，如 105")
    return Amounts(percent)


def carry(args: Namespace) -> int:
    """``carry --from Y --to Y2 [--scheme ID] [--unit NAME] [--amounts keep|empty|N]``: what is sure is done, the rest is listed and
    stays with the new filings; all of them are one deed."""
    forms = known_forms(args)
    if args.scheme and not any(f.scheme == args.scheme for f in forms.forms.values()):
        raise UserError("unknown-scheme", f"没有表样方案“{args.scheme}”。")
    mappings = mapping_files.load(forms, paths.data_dir(args.data))
    with open_store(args) as store:
        infos = [i for i in store.filings(args.source) if args.unit in (None, i.unit_name)]
        last = [Owned(store.filing(i.id), i.unit_name) for i in infos]
        there = [Owned(store.filing(i.id), i.unit_name) for i in store.filings(args.target)]
        wish = Wish(args.target, args.scheme or "", args.amounts)
        found = carried(last, there, wish, forms, mappings, store.new_id)
        filings = [settled(one, one.sure, store.new_id) for one in found.plans]
        ids = store.add_all(filings, step_label(args.source), found.units) if filings else ()
    _say(args, list(zip(ids, found.plans, filings, strict=True)), found.skipped)
    return DONE if filings else FOUND_NOTHING_OR_ERRORS


def _say(args: Namespace, made: Sequence[tuple[int, Planned, Filing]], skipped: Sequence[Skipped]) -> None:
    for one in skipped:
        warn(f"#{one.filing.id}  {one.filing.unit_name}  {one.filing.title}：{one.reason}，没有结转。")
    if not made and not skipped:
        warn(f"{args.source} 年度没有填报。")
    if args.json:
        say_json(
            {
                "filings": [_json(*one) for one in made],
                "skipped": [{"id": s.filing.id, "reason": s.reason} for s in skipped],
            }
        )
        return
    for number, planned, filing in made:
        said = summary(check(planned.route.target, filing))
        print(f"#{number}  {filing.unit_name}  {filing.title}（{planned.route.target.scheme_name}）：{said}")
        for one in _open(planned):
            print(f"  {_KINDS[one.kind]}  {one.where}  {_line(planned.route.target, one)}")


_KINDS = {
    "year": "年份",
    "target": "指标值",
    "group": "归类",
    "cell": "归栏",
    "look": "请看",
    "left": "没有位置",
}


def _line(form: Form, one: Proposal) -> str:
    others = [option_words(form, option) for option in one.options if option != one.after]
    after = option_words(form, one.after) if one.options else one.after
    arrow = f" → {after}" if after else ""
    return f"{one.around or one.before or '（空）'}{arrow}" + (
        f"（或 {'、'.join(others)}）" if others else ""
    )


def _open(planned: Planned) -> list[Proposal]:
    """What a person still has to look at."""
    return [p for n, p in enumerate(planned.proposals) if n not in planned.sure]


def _json(number: int, planned: Planned, filing: Filing) -> dict[str, Any]:
    return {
        "id": number,
        "from": planned.route.last.id,
        "form": filing.form,
        "unit_name": filing.unit_name,
        "year": filing.year,
        "accepted": len(planned.sure),
        "open": [
            {
                "kind": p.kind,
                "where": p.where,
                "before": p.before,
                "after": p.after,
                "options": list(p.options),
            }
            for p in _open(planned)
        ],
    }
