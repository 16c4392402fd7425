"""A source, whatever it is, → recognised filings: tables and texts by recognition, our own .json and packages by their codecs. What a
bureau sends back holds no filings, but remarks on them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath

from perfdesk.catalog import Catalog
from perfdesk.document.source import Source, SourceText
from perfdesk.filing_json import filings_from_json
from perfdesk.recognise import Recognised, RecognisedFiling, recognise
from perfdesk.submission.sent_back import sent_back_of
from perfdesk.submission.taken import taken


def take_in(source: Source, catalog: Catalog, new_id: Callable[[], str]) -> Recognised:
    """What the source holds. InputRefused where a .json file or a package is not one of ours."""
    if source.format == "package":
        return taken(source, catalog)
    if source.format == "return":
        return Recognised((), (), sent_back=sent_back_of(source))
    if source.format != "json":
        return recognise(source, catalog, new_id)
    text = "\n".join(i.text for i in source.items if isinstance(i, SourceText))
    filings = filings_from_json(json.loads(text), catalog, new_id, PurePath(source.path).name)
    return Recognised(tuple(RecognisedFiling(f, (), "全文") for f in filings), source.leftovers)


def read_as(
    source: Source, catalog: Catalog, form_id: str, where: str, new_id: Callable[[], str]
) -> RecognisedFiling | None:
    """The form that begins at ``where``, read as that edition, whatever fits it best; None where it is no such form at all."""
    only = replace(catalog, forms={form_id: catalog.form(form_id)})
    found = take_in(source, only, new_id).filings
    return next((one for one in found if one.where == where), found[0] if len(found) == 1 else None)
