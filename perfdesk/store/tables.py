"""The tables as SQLAlchemy knows them, for queries. The DDL itself stands in ``migrations.py`` and never changes afterwards."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, MetaData, Table, Text

metadata = MetaData()
WHOLE = BigInteger().with_variant(Integer(), "sqlite")
"""A whole number of 8 bytes; SQLite calls all of them INTEGER."""

meta = Table("meta", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

setting = Table(
    "setting", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False)
)

# kept: made or named by a person, so it stays without a filing. deleted: when, empty where it is not.
unit = Table(
    "unit",
    metadata,
    Column("id", WHOLE, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("code", Text, nullable=False),
    Column("kept", WHOLE, nullable=False),
    Column("archived", WHOLE, nullable=False),
    Column("deleted", Text, nullable=False),
)

# unit_named: the unit was named by the user at the import and does not follow the cell "basic/unit_name".
# place: it stands in the list where the filing with this id came (0: where it came itself), so that new ones are always the last.
# revision: grows with every change, undo and redo; a writer that finds another number has been overtaken.
filing = Table(
    "filing",
    metadata,
    Column("id", WHOLE, primary_key=True),
    Column("unit", WHOLE, nullable=False),
    Column("unit_named", WHOLE, nullable=False),
    Column("form", Text, nullable=False),
    Column("year", WHOLE),
    Column("title", Text, nullable=False),
    Column("amount_unit", Text, nullable=False),
    Column("sections", Text, nullable=False),
    Column("withdrawn", WHOLE, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    Column("revision", WHOLE, nullable=False),
    Column("archived", WHOLE, nullable=False),
    Column("deleted", Text, nullable=False),
    Column("place", WHOLE, nullable=False),
)

# place: order of all rows of a filing, with gaps, so that an insertion writes one row.
row = Table(
    "row",
    metadata,
    Column("filing", WHOLE, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("section", Text, nullable=False),
    Column("parent", Text),
    Column("place", WHOLE, nullable=False),
    Column("cells", Text, nullable=False),
)

# state: done, undone (can be redone), replaced (undone, then overtaken by a new step). who: empty in steps older than version 3.
# visit: the stay in a cell that the step was saved in, empty where it stands alone. undone_at: empty where it is done.
step = Table(
    "step",
    metadata,
    Column("filing", WHOLE, primary_key=True),
    Column("number", WHOLE, primary_key=True),
    Column("label", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("changes", Text, nullable=False),
    Column("inverse", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("visit", Text, nullable=False),
    Column("undone_at", Text, nullable=False),
)

# finding: the key of the finding that is explained (it changes with the cells it speaks of).
explanation = Table(
    "explanation",
    metadata,
    Column("filing", WHOLE, primary_key=True),
    Column("finding", Text, primary_key=True),
    Column("text", Text, nullable=False),
    Column("at", Text, nullable=False),
)

# What was handed in, and why it was opened again. at: the seal was set; package: the check code of the package it went with; opened_at,
# opened_by, reason: empty as long as it is closed. Nothing takes a line of it back.
seal = Table(
    "seal",
    metadata,
    Column("number", WHOLE, primary_key=True),
    Column("filing", WHOLE, nullable=False),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("package", Text, nullable=False),
    Column("opened_at", Text, nullable=False),
    Column("opened_by", Text, nullable=False),
    Column("reason", Text, nullable=False),
)

# What the bureau sent back. unit: of ours; answers: the check code of the package that is meant, or, of plain files, what tells their
# content; signer, fingerprint: empty where it is not signed; counts: of a unit's year one does.
returned = Table(
    "returned",
    metadata,
    Column("number", WHOLE, primary_key=True),
    Column("unit", WHOLE, nullable=False),
    Column("year", WHOLE, nullable=False),
    Column("decision", Text, nullable=False),
    Column("bureau", Text, nullable=False),
    Column("made", Text, nullable=False),
    Column("answers", Text, nullable=False),
    Column("handed_in", Text, nullable=False),
    Column("check_code", Text, nullable=False),
    Column("signer", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("counts", WHOLE, nullable=False),
)

# filing: NULL where it is about everything, or about a filing that is not here (about: its name). place, words: the place as a path and in
# the words of the form; row_id, field: what it means here. seen_at, seen_by: who said last that it is done or open, empty: nobody yet.
remark = Table(
    "remark",
    metadata,
    Column("returned", WHOLE, primary_key=True),
    Column("number", WHOLE, primary_key=True),
    Column("filing", WHOLE),
    Column("kind", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("row_id", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("stood", Text, nullable=False),
    Column("done", WHOLE, nullable=False),
    Column("answer", Text, nullable=False),
    Column("seen_at", Text, nullable=False),
    Column("seen_by", Text, nullable=False),
)

# The journal of what was done to units and whole filings; states as in step. who: empty in deeds older than version 7.
deed = Table(
    "deed",
    metadata,
    Column("number", WHOLE, primary_key=True),
    Column("label", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("changes", Text, nullable=False),
    Column("inverse", Text, nullable=False),
    Column("undone_at", Text, nullable=False),
    Column("who", Text, nullable=False),
)


# --- the bureau's side. Every key begins with the year and the unit, so that a server can keep years and units apart. ---

# key: the code, or the name where there is none; path: the keys from the top down to itself, each between slashes.
node = Table(
    "node",
    metadata,
    Column("key", Text, primary_key=True),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("parent", Text),
    Column("path", Text, nullable=False),
    Column("place", WHOLE, nullable=False),
    Column("expected", WHOLE, nullable=False),
)

# What one unit handed in for one year; of those that are not replaced there is one.
handing = Table(
    "handing",
    metadata,
    Column("year", WHOLE, primary_key=True),
    Column("unit", Text, primary_key=True),
    Column("number", WHOLE, primary_key=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("made", Text, nullable=False),
    Column("check_code", Text, nullable=False),
    Column("program", Text, nullable=False),
    Column("draft", WHOLE, nullable=False),
    Column("signer", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("state", Text, nullable=False),
)

# data: the whole filing (submission.whole).
paper = Table(
    "paper",
    metadata,
    Column("year", WHOLE, primary_key=True),
    Column("unit", Text, primary_key=True),
    Column("handing", WHOLE, primary_key=True),
    Column("number", WHOLE, primary_key=True),
    Column("form", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("total", Text, nullable=False),
    Column("grade", Text, nullable=False),
    Column("printed", Text, nullable=False),
    Column("data", Text, nullable=False),
)

# Of the handing that counts alone. value: whole 10⁻⁴ 元, NULL where ``text`` is nothing to add.
amount = Table(
    "amount",
    metadata,
    Column("year", WHOLE, primary_key=True),
    Column("unit", Text, primary_key=True),
    Column("paper", WHOLE, primary_key=True),
    Column("section", Text, primary_key=True),
    Column("line", Text, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("form", Text, nullable=False),
    Column("value", WHOLE),
    Column("text", Text, nullable=False),
)

# Of the handing that counts alone. value, actual_value: whole 10⁻⁴ of the measure.
indicator = Table(
    "indicator",
    metadata,
    Column("year", WHOLE, primary_key=True),
    Column("unit", Text, primary_key=True),
    Column("paper", WHOLE, primary_key=True),
    Column("number", WHOLE, primary_key=True),
    Column("form", Text, nullable=False),
    Column("level1", Text, nullable=False),
    Column("level2", Text, nullable=False),
    Column("level3", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("op", Text, nullable=False),
    Column("value", WHOLE),
    Column("measure", Text, nullable=False),
    Column("actual", Text, nullable=False),
    Column("actual_value", WHOLE),
    Column("weight", Text, nullable=False),
    Column("score", Text, nullable=False),
)

# Of the handing that counts alone: the bureau's check of it.
finding = Table(
    "finding",
    metadata,
    Column("year", WHOLE, primary_key=True),
    Column("unit", Text, primary_key=True),
    Column("paper", WHOLE, primary_key=True),
    Column("number", WHOLE, primary_key=True),
    Column("code", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("explanation", Text, nullable=False),
)

# What the bureau says to the unit. sent: the day it went out, empty: not yet. done, answer: what the unit says about it since.
note = Table(
    "note",
    metadata,
    Column("year", WHOLE, primary_key=True),
    Column("unit", Text, primary_key=True),
    Column("number", WHOLE, primary_key=True),
    Column("handing", WHOLE, nullable=False),
    Column("paper", WHOLE, nullable=False),
    Column("place", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("sent", Text, nullable=False),
    Column("done", WHOLE, nullable=False),
    Column("answer", Text, nullable=False),
)

BUREAU = (node, handing, paper, amount, indicator, finding, note)
"""All of the bureau's side."""


# --- many people ---

# login: as the server knows the person. node: what a unit's person or a reviewer is there for (nodes.key); empty: everything.
person = Table(
    "person",
    metadata,
    Column("login", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("node", Text, nullable=False),
)

# What neither steps nor deeds nor seals tell. Nothing changes a line of it or takes one away.
audit = Table(
    "audit",
    metadata,
    Column("number", WHOLE, primary_key=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("verb", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("detail", Text, nullable=False),
)

# Each program that has a server's store open; change: the number of its last change that came through. Unused in a file.
writer = Table(
    "writer",
    metadata,
    Column("id", Text, primary_key=True),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("change", WHOLE, nullable=False),
)
