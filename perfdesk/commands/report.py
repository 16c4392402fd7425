"""``report``: the self-evaluation report of a unit's year as a document."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from perfdesk.catalog import Catalog
from perfdesk.commands.beside import companions_in
from perfdesk.commands.files import known_forms
from perfdesk.commands.saying import DONE, FOUND_NOTHING_OR_ERRORS, say_json, warn
from perfdesk.commands.storing import open_store
from perfdesk.errors import ExportRefused
from perfdesk.export import export_filing
from perfdesk.model.filing import Filing
from perfdesk.report.begin import report_form, report_of
from perfdesk.report.companions import EVALUATION, REPORT, of_department, of_unit

if TYPE_CHECKING:
    from perfdesk.store import Store


def report(args: Namespace) -> int:
    """``report (ID | --year Y) --to OUT.docx|.pdf [--draft]``: ID is a self-evaluation or a report. Where the year has no report yet it is
    made of the self-evaluation, and nothing is stored."""
    forms = known_forms(args)
    with open_store(args, read_only=True) as store:
        source = _source(store, forms, args)
        if source is None:
            warn("没有可用的自评表或自评报告。先用 perfdesk import 导入，或在窗口里由申报表生成自评表。")
            return FOUND_NOTHING_OR_ERRORS
        beside = companions_in(store, forms, source)
        filing = _report(store, forms, source) or _made(forms, source, store)
    form = forms.form(filing.form)
    export_filing(form, filing, Path(args.to), args.draft, beside)
    if args.json:
        say_json({"path": args.to, "id": filing.id})
    else:
        print(f"已写出 {args.to}")
    return DONE


def _source(store: Store, forms: Catalog, args: Namespace) -> Filing | None:
    """What the command names; of a year its report, else its self-evaluation."""
    if args.id is not None:
        filing = store.filing(args.id)
        form = forms.form(filing.form)
        if form.kind not in (REPORT, EVALUATION):
            raise ExportRefused("no-evaluation", f"编号 {args.id} 不是自评表，也不是自评报告。")
        if form.kind == EVALUATION and not of_department(form):
            message = f"编号 {args.id} 是项目的自评表，部门整体绩效自评报告由部门的自评表生成。"
            raise ExportRefused("no-evaluation", message)
        return filing
    known = [(i, forms.forms.get(i.form)) for i in store.filings(args.year)]
    reports = [i for i, form in known if form and form.report]
    evaluations = [i for i, form in known if form and of_department(form)]
    named = [
        f"{i.unit_name}（编号 {i.id}）" for i in {i.unit_name: i for i in evaluations + reports}.values()
    ]
    if len(named) > 1:
        raise ExportRefused("which-unit", f"有几个单位：{'、'.join(named)}。请写明编号。")
    return store.filing((reports + evaluations)[0].id) if named else None


def _report(store: Store, forms: Catalog, source: Filing) -> Filing | None:
    """The report itself, or the one of the self-evaluation's unit and year."""
    if forms.form(source.form).report:
        return source
    own = [i.id for i in store.filings(source.year) if i.form in forms.forms and forms.form(i.form).report]
    return next((f for f in map(store.filing, own) if of_unit(source, f)), None)


def _made(forms: Catalog, source: Filing, store: Store) -> Filing:
    form = report_form(tuple(forms.forms.values()), source.year)
    if form is None:
        raise ExportRefused("no-report-form", "没有自评报告的表样。")
    return report_of(form, source, companions_in(store, forms, source))
