"""The chapters of a form file (``[[chapters]]``): of a budget's explanation or of a report."""

from __future__ import annotations

from collections.abc import Collection
from typing import cast, get_args

from perfdesk.model.chapter import Chapter, Insert
from perfdesk.model.form import Section
from perfdesk.toml_table import Table

Phrases = tuple[tuple[str, str], ...]


def read_phrases(table: Table) -> Phrases:
    return tuple(_phrase(t) for t in table.tables("phrases"))


def _phrase(table: Table) -> tuple[str, str]:
    phrase = table.text("words"), table.text("value")
    table.done()
    return phrase


def read_chapter(
    table: Table, sections: tuple[Section, ...], tables: Collection[str] = (), shared: Phrases = ()
) -> Chapter:
    """``tables``: ids of the tables that may stand in a chapter; ``shared``: phrases that every text knows besides its own."""
    text = table.text("text", "")
    chapter = Chapter(
        heading=table.text("heading"),
        level=table.integer("level", 1),
        text=text,
        tables=table.texts("tables"),
        starter=table.text("starter", "").strip("\n"),
        phrases=(*read_phrases(table), *(shared if text else ())),
        targets=table.flag("targets"),
        aliases=table.texts("aliases"),
        inserts=cast("tuple[Insert, ...]", table.texts("inserts")),
    )
    if text and text not in {f"{s.id}/{f.id}" for s in sections for f in s.fields}:
        table.problem("text", f"没有单元格“{text}”")
    for key, given, known in (
        ("tables", chapter.tables, tables),
        ("inserts", chapter.inserts, get_args(Insert)),
    ):
        if unknown := set(given) - set(known):
            table.problem(key, f"没有 {'、'.join(sorted(unknown))}")
    table.done()
    return chapter
