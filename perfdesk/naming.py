"""Names folded for comparing."""

from __future__ import annotations

from functools import lru_cache

from perfdesk.values import one_line


@lru_cache(maxsize=1 << 16)
def label_key(text: str) -> str:
    """A label folded for comparing: width, blanks, quotation marks, brackets and separators do not count."""
    return "".join(c for c in one_line(text) if c not in "“”\"'‘’「」《》()（）[]【】:：;；,，、。.·-—_/")
