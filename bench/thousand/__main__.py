"""``python -m bench.thousand FOLDER [UNITS] [FORMS] [SEED]``: the packages of so many made units and their list, and what must be found."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

from bench.thousand.made import Size
from bench.thousand.packages import write_all


def main(words: list[str]) -> int:
    if not words:
        print(__doc__)
        return 2
    folder, size = Path(words[0]), Size(*(int(word) for word in words[1:4]))
    done = write_all(folder, size)
    expected = {
        "size": asdict(size),
        "planted": [asdict(one) for one in done.planted],
        "sums": [[*cell, value] for cell, value in sorted(done.sums.items())],
    }
    text = json.dumps(expected, ensure_ascii=False, indent=1)
    (folder / "expected.json").write_text(text + "\n", encoding="utf-8")
    print(f"{len(done.files)} 个报送包，{len(done.planted)} 处错误，{len(done.sums)} 个合计")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
