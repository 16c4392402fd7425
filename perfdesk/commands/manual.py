"""``manual``: the pages of the help, as text on the screen or as a file."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from perfdesk.commands.saying import DONE, say_json
from perfdesk.formats.write import write
from perfdesk.manual import pages
from perfdesk.manual.paper import manual as composed


def manual(args: Namespace) -> int:
    """``manual [--to FILE.pdf]``: without ``--to`` all pages in Markdown."""
    if args.to:
        write(composed(), Path(args.to))
        said = f"已写出 {args.to}"
    else:
        said = "\n".join(pages.page(topic) for topic in pages.topics())
    if args.json:
        say_json({"path": args.to, "pages": {topic: pages.title(topic) for topic in pages.topics()}})
    else:
        print(said)
    return DONE
