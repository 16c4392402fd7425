"""Many filings to many files: one after the other, or by several processes where that is faster."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from perfdesk.errors import UserError
from perfdesk.export import Job, write_job
from perfdesk.switched_off import NONE_OFF, Off


def _nothing(_number: int, _file: Path) -> None:
    pass


def _never() -> bool:
    return False


def export_many(
    jobs: Sequence[Job],
    off: Mapping[str, Off] = NONE_OFF,
    say: Callable[[int, Path], None] = _nothing,
    cancelled: Callable[[], bool] = _never,
) -> Iterator[tuple[int, UserError | None]]:
    """Each job's number (from 0) and None, or why it was not written, as they are done. ``say``: number (from 1) and file, when one is
    begun. Where ``cancelled()`` becomes true nothing more is begun."""
    from perfdesk.export_crew import hands, write_together

    if count := hands(len(jobs)):
        yield from write_together(jobs, off, count, say, cancelled)
        return
    for number, job in enumerate(jobs):
        if cancelled():
            return
        say(number + 1, job.target)
        try:
            write_job(job, off)
        except UserError as error:
            yield number, error
        else:
            yield number, None
