"""Whether two texts speak of the same: they share a pair of neighbouring characters, common words left out (``templates/words``).

Chinese has no blanks between words, and a dictionary to part them by is heavy and old; pairs find what people mean by "the same words".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from perfdesk import paths
from perfdesk.errors import FormError
from perfdesk.toml_table import read_toml
from perfdesk.values import one_line

NUMBERING = re.compile(r"(?:^|(?<=\s)|(?<=[；;。]))\d{1,2}\s*[.、．]|(?:^|(?<=\n))\d{1,2}\s")
"""The numbers that items of a list begin with."""

_HAN = re.compile(r"[\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Limits:
    """See ``templates/words/own-words.toml``; ``alike`` and ``pasted`` in percent."""

    common: tuple[str, ...]
    deeds: tuple[str, ...]
    least: int
    foreign: int
    alike: int
    pasted: int
    pasted_least: int


@lru_cache(maxsize=1)
def limits() -> Limits:
    """FormError where the file is wrong."""
    path = paths.templates() / "words" / "own-words.toml"
    table = read_toml(path)
    table.text("id")
    common = tuple(sorted(table.texts("common"), key=len, reverse=True))
    deeds = table.texts("deeds")
    numbers = {key: table.integer(key) for key in ("least", "foreign", "alike", "pasted", "pasted_least")}
    table.done()
    if table.problems:
        raise FormError(path.name, tuple(table.problems))
    return Limits(common, deeds, **numbers)


@lru_cache(maxsize=4096)
def core(text: str) -> str:
    """The text's runs of Chinese characters without common words, blanks between them."""
    bare = one_line(NUMBERING.sub(" ", text))
    for word in limits().common:
        bare = bare.replace(word, " ")
    return " ".join(_HAN.findall(bare))


@lru_cache(maxsize=4096)
def pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of ``core``."""
    return frozenset(run[n : n + 2] for run in core(text).split() for n in range(len(run) - 1))
