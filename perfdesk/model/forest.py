"""Whether the rows of a filing stand as they must: known ids once, parents before their children, subtrees in one piece."""

from __future__ import annotations

from perfdesk.model.filing import Filing, Row


def flaws(filing: Filing) -> tuple[str, ...]:
    """What is wrong, one sentence each; empty: nothing."""
    found: list[str] = []
    path: list[Row] = []
    seen: set[str] = set()
    rank = {section: n for n, section in enumerate(filing.sections)}
    last = 0
    for row in filing.rows:
        if row.id in seen:
            found.append(f"行 {row.id} 出现了两次")
        while path and path[-1].id != row.parent:
            path.pop()
        if row.parent is not None and (not path or path[-1].section != row.section):
            found.append(f"行 {row.id} 不在它的上级行 {row.parent} 之下")
        own = rank.get(row.section, len(rank))
        if own < last:
            found.append(f"行 {row.id} 不在它的部分 {row.section} 之内")
        last = own
        seen.add(row.id)
        path.append(row)
    return tuple(found)
