"""Commands on self-evaluations: score one, score many, make them of the year's targets; the scoring schemes."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from perfdesk import paths
from perfdesk.catalog import Catalog
from perfdesk.commands.beside import beside_in
from perfdesk.commands.files import known_forms, read_files
from perfdesk.commands.saying import DONE, FOUND_NOTHING_OR_ERRORS, REFUSED, WRONG_USAGE, say_json, warn
from perfdesk.commands.scored import ranking_json, ranking_lines, score_json, score_lines
from perfdesk.commands.scored_report import report_json, report_lines
from perfdesk.commands.storing import open_store
from perfdesk.errors import UserError
from perfdesk.evaluation.begin import evaluation_of
from perfdesk.evaluation.entered import MONEY, RESULT, chosen_scheme
from perfdesk.evaluation.evaluated import shown_points
from perfdesk.evaluation.ranking import ranking
from perfdesk.evaluation.ranking_page import TITLE, ranking_document
from perfdesk.evaluation.unevaluated import One, editions, scope_of, unevaluated
from perfdesk.model.filing import Filing
from perfdesk.model.form import Form
from perfdesk.own_schemes import copy_scheme, own_ids
from perfdesk.report.companions import ALONE, Companions, companions
from perfdesk.titles import name_of, title_of

Chosen = tuple[Form, Filing, Companions]
"""What is scored; of a report what it stands beside."""


def score(args: Namespace) -> int:
    """``score (FILE… | ID… | --year Y) [--scheme ID] [--to FILE]``, ``score --schemes``, ``score --copy ID NEW``"""
    forms = known_forms(args)
    if args.schemes:
        return _list_schemes(args, forms)
    if args.copy:
        return _copy_scheme(args)
    if bool(args.what) == (args.year is not None):
        warn("请写明要评分的文件、填报编号，或用 --year 指明年度（两样只能一样）。")
        return WRONG_USAGE
    refused = False
    if args.year is not None:
        found = _of_year(args, forms)
    elif all(w.isdecimal() and not Path(w).exists() for w in args.what):
        found = _of_ids(args, forms)
    else:
        found, refused = _of_files(args, forms)
    chosen = [(form, _by(form, filing, args.scheme), beside) for form, filing, beside in found]
    if not chosen:
        return REFUSED if refused else FOUND_NOTHING_OR_ERRORS
    _tell(args, chosen)
    return REFUSED if refused else DONE


def _tell(args: Namespace, chosen: Sequence[Chosen]) -> None:
    """A year as a table, single ones each on its own; the table goes into a file where one is named."""
    table = ranking([(form, filing) for form, filing, _ in chosen])
    if args.to:
        from perfdesk.formats.write import write

        title = f"{args.year}年度{TITLE}" if args.year is not None else TITLE
        write(ranking_document(table, title), Path(args.to))
    each = args.year is None
    if args.json:
        shown = {"filings": [_one_json(*one) for one in chosen]} if each else ranking_json(table)
        say_json(shown | ({"path": args.to} if args.to else {}))
        return
    told = [_one_lines(*one) for one in chosen] if each else [ranking_lines(table)]
    print("\n\n".join("\n".join(lines) for lines in told))
    if args.to:
        print(f"已写出 {args.to}")


def _one_json(form: Form, filing: Filing, beside: Companions) -> dict[str, Any]:
    return report_json(form, filing, beside) if form.report else score_json(form, filing)


def _one_lines(form: Form, filing: Filing, beside: Companions) -> list[str]:
    return report_lines(form, filing, beside) if form.report else score_lines(form, filing)


def _by(form: Form, filing: Filing, scheme: str | None) -> Filing:
    """The filing scored by another scheme; the stored one stays as it is. Weights and what was scored by them belong to its own."""
    evaluation = form.evaluation
    if scheme is None or evaluation is None or scheme == chosen_scheme(evaluation, filing).id:
        return filing
    if scheme not in (known := [s.id for s in evaluation.schemes]):
        raise UserError("no-scheme", f"“{form.title}”不能按“{scheme}”评分。可选：{'、'.join(known)}。")
    others = {form.tree.id: ("weight", "score"), MONEY: ("weight", "score"), RESULT: ("total", "grade")}
    rows = [
        replace(r, cells={k: v for k, v in r.cells.items() if k not in others.get(r.section, ())})
        for r in filing.rows
    ]
    return replace(filing, rows=tuple(r.with_cell("scheme", scheme) if r.id == RESULT else r for r in rows))


# --- what is scored ---------------------------------------------------------------------------------------------------


def _of_files(args: Namespace, forms: Catalog) -> tuple[list[Chosen], bool]:
    """The self-evaluations and reports in the files, and whether a file was refused; a file without one is told."""
    found: list[Chosen] = []
    refused = False
    for file in read_files(args.what, forms):
        name = Path(file.path).name
        if file.error:
            refused = True
            warn(file.error.message)
            continue
        pairs = [(forms.form(one.filing.form), one.filing) for one in file.recognised.filings]
        own = [(form, filing, companions(filing, pairs)) for form, filing in pairs if _is_scored(form)]
        found += own
        if not pairs:
            warn(f"“{name}”中没有认出任何表样，没有可评分的内容。")
        elif not own:
            refused = True
            warn(f"“{name}”：{_why_not(*pairs[0])}")
    return found, refused


def _why_not(form: Form, filing: Filing) -> str:
    title = title_of(form, filing)
    if scope_of(form) is None:
        return f"“{title}”不是自评表，也不是自评报告，不能评分。"
    year = f" --year {filing.year}" if filing.year else ""
    return f"“{title}”是目标表，没有完成值，不能评分。请导入后用 perfdesk evaluate{year} 做出自评表，填写完成值再评分。"


def _of_ids(args: Namespace, forms: Catalog) -> list[Chosen]:
    with open_store(args, read_only=True) as store:
        filings = [store.filing(int(number)) for number in args.what]
        found = [(forms.form(f.form), f, beside_in(store, forms, f)) for f in filings]
    for form, filing, _ in found:
        if not _is_scored(form):
            raise UserError("no-evaluation", _why_not(form, filing))
    return found


def _is_scored(form: Form) -> bool:
    return form.evaluation is not None or form.report is not None


def _of_year(args: Namespace, forms: Catalog) -> list[Chosen]:
    with open_store(args, read_only=True) as store:
        infos = [i for i in store.filings(args.year) if args.unit in (None, i.unit_name)]
        filings = [store.filing(i.id) for i in infos]
    pairs = [(forms.form(f.form), f) for f in filings]
    found = [(form, filing, ALONE) for form, filing in pairs if form.evaluation is not None]
    if not found:
        warn(f"{args.year} 年度没有自评表。可用 perfdesk evaluate --year {args.year} 由目标表做出。")
    return found


# --- new ones ---------------------------------------------------------------------------------------------------------


def evaluate(args: Namespace) -> int:
    """``evaluate --year Y [--unit NAME] [--form ID]``: a self-evaluation of every target of the year that has none; prints their ids."""
    forms = known_forms(args)
    own = forms.forms.get(args.form or "")
    if args.form and (own is None or own.evaluation is None):
        known = [f.id for f in forms.forms.values() if f.evaluation is not None]
        raise UserError("unknown-form", f"没有自评表样“{args.form}”。可选：{'、'.join(known)}。")
    made: list[Filing] = []
    units: list[str] = []
    with open_store(args) as store:
        infos = [i for i in store.filings(args.year) if args.unit in (None, i.unit_name)]
        for unit in dict.fromkeys(i.unit_name for i in infos):
            year = [store.filing(i.id) for i in infos if i.unit_name == unit]
            new = _begun([(forms.form(f.form), f) for f in year], forms, own, store.new_id)
            made += new
            units += [unit] * len(new)
        ids = store.add_all(made, f"{args.year} 年度自评", units) if made else ()
    named = [(number, f, name_of(forms.form(f.form), f)) for number, f in zip(ids, made, strict=True)]
    if args.json:
        say_json({"filings": [{"id": number, "form": f.form, "name": name} for number, f, name in named]})
    else:
        for number, filing, name in named:
            print(f"#{number}  {filing.unit_name}  {name}")
    if not made:
        warn(f"{args.year} 年度没有还未自评的目标表。")
    return DONE if made else FOUND_NOTHING_OR_ERRORS


def _begun(year: Sequence[One], forms: Catalog, own: Form | None, new_id: Callable[[], str]) -> list[Filing]:
    """``own``: the form that was asked for, taken where it is about the same; else the first that is meant for the year."""
    made: list[Filing] = []
    for form, target in unevaluated(year):
        scope = scope_of(form)
        fit = editions(forms.forms.values(), scope, target.year) if scope else ()
        chosen = own if own in fit else next(iter(fit), None)
        if chosen is not None:
            made.append(evaluation_of(chosen, form, target, new_id))
    return made


# --- schemes ----------------------------------------------------------------------------------------------------------

_SCOPES = {"department": "部门整体", "project": "项目"}


def _list_schemes(args: Namespace, forms: Catalog) -> int:
    own = own_ids(paths.data_dir(args.data))
    if args.json:
        say_json(
            [
                {
                    "id": s.id,
                    "name": s.name,
                    "source": s.source,
                    "unchecked": s.unchecked,
                    "own": s.id in own,
                    "scopes": list(s.scopes),
                    "parts": {p.label: shown_points(p.weight) for p in s.parts},
                }
                for s in forms.schemes.values()
            ]
        )
        return DONE
    for s in forms.schemes.values():
        parts = "，".join(f"{p.label} {shown_points(p.weight)}" for p in s.parts)
        print(
            f"{s.id}{'（自己的）' if s.id in own else ''}  {s.name}  {'、'.join(_SCOPES[x] for x in s.scopes)}"
        )
        print(f"  {parts}\n  来源：{s.source}" + (f"；{s.unchecked}" if s.unchecked else ""))
    return DONE


def _copy_scheme(args: Namespace) -> int:
    scheme, new = args.copy
    path = copy_scheme(paths.data_dir(args.data), scheme, new)
    if args.json:
        say_json({"id": new, "path": str(path)})
    else:
        print(f"已复制到 {path}，可用文本编辑器修改；改完用 perfdesk score --schemes 看有没有写错。")
    return DONE
