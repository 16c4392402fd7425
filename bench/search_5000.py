"""How long a search among 5 000 names takes: ``.venv/bin/python -m bench.search_5000`` (aim: 5 ms, the best of 15)."""

from __future__ import annotations

import random
import time

from perfdesk.catalog import load
from perfdesk.search import Index

WORDS = ("服务", "fwmyd", "fuwu", "房屋建当率", "改造ms", "率")


def main(names: int = 5000) -> None:
    pick = random.Random(7)
    letters = sorted({c for name in load().standards for c in name})
    index = Index(("".join(pick.choices(letters, k=9)), n) for n in range(names))
    index.warm()
    for words in WORDS:
        print(f"{words}: {1000 * min(_seconds(index, words) for _ in range(15)):.1f} ms")


def _seconds(index: Index[int], words: str) -> float:
    start = time.perf_counter()
    index.search(words)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
