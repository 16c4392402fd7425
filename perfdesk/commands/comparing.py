"""``compare``: two filings, two states of one, or what was printed against what is computed."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from perfdesk import mapping_files, paths
from perfdesk.catalog import Catalog
from perfdesk.commands.files import known_forms
from perfdesk.commands.filings import open_store
from perfdesk.commands.saying import DONE, counter, say_json, warn
from perfdesk.compare.filings import Side, compare
from perfdesk.compare.lines import Comparison, Line
from perfdesk.compare.paper import KINDS, comparison_document
from perfdesk.compare.printed import printed_against_computed
from perfdesk.errors import UserError
from perfdesk.model.filing import Filing
from perfdesk.model.way import state_at
from perfdesk.titles import name_of
from perfdesk.values import plain_number

if TYPE_CHECKING:
    from perfdesk.store import Store


def compare_filings(args: Namespace) -> int:
    """``compare ID [OTHER] [--step N] [--printed] [--all] [--to OUT]``"""
    if (args.other is not None) + (args.step is not None) + args.printed != 1:
        raise UserError("compare-what", "请指明和什么比较：另一份填报的编号、--step N 或 --printed。")
    forms = known_forms(args)
    with open_store(args, read_only=True) as store:
        filing = store.filing(args.id)
        found = _compared(args, store, forms, filing)
    title = f"{filing.unit_name} {name_of(forms.form(filing.form), filing)} "
    if args.to:
        from perfdesk.formats.write import write

        write(comparison_document(found, title, args.all), Path(args.to))
    lines = found.lines if args.all else found.differences
    if args.json:
        say_json(
            {"left": found.left, "right": found.right, "unit": found.unit, "lines": [_json(x) for x in lines]}
        )
    elif args.to:
        print(args.to)
    else:
        for line in lines:
            print(
                f"{KINDS[line.kind]}  {line.part} · {line.where}：{line.left or '（空）'} → {line.right or '（空）'}"
            )
        if not lines:
            warn("没有不同。")
    return DONE


def _compared(args: Namespace, store: Store, forms: Catalog, filing: Filing) -> Comparison:
    form = forms.form(filing.form)
    if args.printed:
        return printed_against_computed(form, filing)
    if args.step is not None:
        known = [e for e in store.history(args.id) if not e.replaced and e.number <= args.step]
        if not known or known[-1].number != args.step:
            raise UserError("unknown-step", f"没有第 {args.step} 步；用 history 可以查看全部步骤。")
        then = state_at([e.changes for e in known], filing)
        sides = Side(form, then, f"第 {args.step} 步之后"), Side(form, filing, "现在")
    else:
        other = store.filing(args.other)
        sides = (
            Side(form, filing, _name(filing, other)),
            Side(forms.form(other.form), other, _name(other, filing)),
        )
    return compare(*sides, mapping_files.load(forms, paths.data_dir(args.data)), counter("new"))


def _name(filing: Filing, other: Filing) -> str:
    """What tells it from the other: unit, year, number."""
    unit = filing.unit_name if filing.unit_name != other.unit_name else ""
    year = f"{filing.year} 年度" if filing.year is not None else ""
    number = f"#{filing.id}" if filing.year == other.year and not unit else ""
    return " ".join(t for t in (unit, year, number) if t)


def _json(line: Line) -> dict[str, Any]:
    more = None if line.more is None else plain_number(line.more)
    return {
        "part": line.part, "where": line.where, "kind": line.kind, "left": line.left, "right": line.right, "more": more,
    }  # fmt: skip
