"""The user's own forms: a draft is checked like every form file, kept, and taken away again."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from perfdesk import paths
from perfdesk.catalog import OWN, Catalog, own_forms
from perfdesk.codes import load as load_codes
from perfdesk.errors import FormError, UserError
from perfdesk.evaluation_files import Methods
from perfdesk.form_files import form_of
from perfdesk.formats.atomic import OWNERS_FILE, write_atomically
from perfdesk.model.form import Form
from perfdesk.new_forms.draft import FormDraft
from perfdesk.new_forms.form_toml import form_text
from perfdesk.rates import load_rates
from perfdesk.scoring_catalog import load_schemes
from perfdesk.toml_table import toml_of

SCHEME, KIND = OWN, "form"
BLANKS = (".docx", ".xlsx")


def form_of_draft(draft: FormDraft, scheme: str = SCHEME, kind: str = KIND) -> Form:
    """The form that the draft would be. FormError with all its mistakes."""
    file = f"{scheme}/{kind}.toml"
    text = form_text(draft, scheme, kind)
    lists = load_codes(paths.templates() / "standards" / "codes")
    methods = Methods(load_schemes(), load_rates())
    return form_of(toml_of(text, file), scheme, kind, {}, lists, methods)


def save_form(data: Path, catalog: Catalog, draft: FormDraft, blank: Path | None = None) -> Form:
    """Kept as ``templates/forms/own-<n>/form-<n>.toml`` of the folder of data, with the blank that it was made of beside it.
    UserError ``form-refused`` where it is not whole; then nothing is written."""
    number = _free(data, catalog)
    scheme, kind = f"{SCHEME}-{number}", f"{KIND}-{number}"
    draft = replace(
        draft, title=draft.title.strip(), scheme_name=draft.scheme_name.strip() or draft.title.strip()
    )
    try:
        form = form_of_draft(draft, scheme, kind)
    except FormError as error:
        reasons = "；".join(error.problems[:3])
        raise UserError("form-refused", f"表样还不完整，没有保存：{reasons}。", str(error)) from error
    folder = own_forms(data) / scheme
    with suppress(OSError):  # told by what cannot be written there
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_atomically(folder / f"{kind}.toml", form_text(draft, scheme, kind).encode(), OWNERS_FILE)
    if blank is not None and blank.suffix.lower() in BLANKS:
        with suppress(OSError, UserError):  # the form works without
            write_atomically(folder / f"{kind}{blank.suffix.lower()}", blank.read_bytes(), OWNERS_FILE)
    return form


def blank_of(data: Path, form: Form) -> Path | None:
    """The bureau's blank that the form was taken in from, None where it is not kept."""
    if re.fullmatch(rf"{SCHEME}-\d+", form.scheme) is None:
        return None
    found = (own_forms(data) / form.scheme / f"{form.kind}{ending}" for ending in BLANKS)
    return next((path for path in found if path.is_file()), None)


def _free(data: Path, catalog: Catalog) -> int:
    """A number that no folder and no known form has."""
    known = {f.scheme for f in catalog.forms.values()}
    number = 1
    while f"{SCHEME}-{number}" in known or (own_forms(data) / f"{SCHEME}-{number}").exists():
        number += 1
    return number
