"""The year of tables that print none: what the other tables of the file tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from perfdesk.model.finding import Repair
from perfdesk.recognise.claim import RecognisedFiling
from perfdesk.recognise.labels import YEAR
from perfdesk.values import one_line

_HEADS = re.compile(r"(20\d{2})年(?:度)?(?!\d|\d*月).{0,30}$")
"""A cover's title: it begins with the year and is short."""

_TOLD = "本表没有印年度，按同一文件里的其他表填为 {} 年"
_COVER = "本表没有印年度，按封面填为 {} 年"
_NAMED = "本文件没有印年度，按各表名称里写的填为 {} 年，请核对"


def with_years(
    filings: Sequence[RecognisedFiling], beside: Iterable[str] = ()
) -> tuple[RecognisedFiling, ...]:
    """Filings without a year get the one year that the others have; where none has any, the one of the cover (``beside``: texts that
    stand in no form), else the one that at least two of them have in their names. A year that is taken over so is told as a repair."""
    told = {one.filing.year for one in filings if one.filing.year is not None}
    named = [year for one in filings for year in _named(one)]
    if len(told) == 1:
        return _filled(filings, told.pop(), _TOLD)
    cover = {int(m[1]) for text in beside if (m := _HEADS.match(one_line(text)))}
    if not told and len(cover) == 1:
        return _filled(filings, cover.pop(), _COVER)
    if not told and len(named) > 1 and len(set(named)) == 1:
        return _filled(filings, named[0], _NAMED)
    return tuple(filings)


def _named(one: RecognisedFiling) -> set[int]:
    texts = (one.filing.title, one.filing.cell("basic/name"))
    return {int(m[1]) for t in texts if (m := YEAR.search(one_line(t)))}


def _filled(filings: Iterable[RecognisedFiling], year: int, message: str) -> tuple[RecognisedFiling, ...]:
    repair = Repair("year-taken", "basic", message.format(year))
    return tuple(
        one
        if one.filing.year is not None
        else replace(one, filing=replace(one.filing, year=year), repairs=(*one.repairs, repair))
        for one in filings
    )
