"""The manual's pages in their order: one file a page, but for the page of the rules, which is made from them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from perfdesk import paths
from perfdesk.errors import FormError
from perfdesk.rule_book import rule_book
from perfdesk.toml_table import read_toml

CHECKS = "checks"
SEVERITIES = {"error": "错误", "warning": "提醒", "hint": "提示"}


@dataclass(frozen=True, slots=True)
class Part:
    """``topics`` are the names of its pages."""

    title: str
    topics: tuple[str, ...]


def folder() -> Path:
    """Where the pages are; the pictures that they name stand beside it."""
    return paths.resources() / "manual"


@lru_cache(maxsize=1)
def parts() -> tuple[Part, ...]:
    """As ``contents.toml`` says; FormError where it is faulty or names a page that is not there."""
    path = folder() / "contents.toml"
    table = read_toml(path)
    found: list[Part] = []
    for one in table.tables("parts"):
        found.append(Part(one.text("title"), one.texts("pages")))
        one.done()
    table.done()
    missing = [t for p in found for t in p.topics if t != CHECKS and not (folder() / f"{t}.md").is_file()]
    table.problems += [f"没有 {topic}.md" for topic in missing]
    if table.problems:
        raise FormError(path.name, tuple(table.problems))
    return tuple(found)


def topics() -> tuple[str, ...]:
    return tuple(topic for part in parts() for topic in part.topics)


@lru_cache(maxsize=64)
def page(topic: str) -> str:
    """The page in Markdown; its first line is its heading."""
    return _checks() if topic == CHECKS else (folder() / f"{topic}.md").read_text(encoding="utf-8")


def title(topic: str) -> str:
    return page(topic).partition("\n")[0].removeprefix("# ").strip()


def _checks() -> str:
    """Every rule of the check, by topic."""
    lines, topic = ["# 全部审核规则"], ""
    for rule in rule_book():
        if rule.topic != topic:
            topic = rule.topic
            lines += ["", f"## {topic}", ""]
        based = f"依据：{rule.source}。" if rule.source else ""
        lines.append(
            f"- **{rule.title}**（{SEVERITIES[rule.severity]}）：{rule.why}例：{rule.example}{based}"
        )
    return "\n".join(lines) + "\n"
