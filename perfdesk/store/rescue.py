"""A store that is damaged or lost is told together with the newest good backup and the command that brings it back."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from perfdesk.errors import StoreRefused
from perfdesk.store import backup
from perfdesk.store.faults import system_refusal


def nothing_at(path: Path) -> bool:
    """No file, or an empty one (a crash at the very first start leaves that)."""
    return not path.exists() or path.stat().st_size == 0


def refuse_lost(path: Path, version: int) -> None:
    """Where backups are and no store, the store was lost: an empty one in its place would look as if all work were gone."""
    if nothing_at(path) and (good := backup.newest_good(path.parent, version)):
        raise StoreRefused(
            "lost", f"数据文件 {path} 不见了或是空的。最近的完好备份可以恢复：{_command(good)}"
        )


@contextmanager
def advice(path: Path, version: int) -> Generator[None]:
    """Around the opening of ``path``: adds the way out to what is refused as damaged."""
    try:
        yield
    except OSError as error:
        raise system_refusal(error, path) from error
    except StoreRefused as error:
        if error.code != "damaged":
            raise
        raise StoreRefused("damaged", _way_out(path, version), error.detail) from error


def _way_out(path: Path, version: int) -> str:
    damaged = f"数据文件 {path} 已损坏，没有改动它。"
    good = backup.newest_good(path.parent, version)
    if good is None:
        return f"{damaged}没有找到完好的备份；请先复制整个数据文件夹，再联系支持人员。"
    return f"{damaged}最近的完好备份可以恢复：{_command(good)}（损坏的文件会另外保留）。"


def _command(good: Path) -> str:
    return f'perfdesk --data "{good.parent.parent}" restore "{good}"'
