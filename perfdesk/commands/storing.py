"""The store that a command works on."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from perfdesk import paths
from perfdesk.errors import UserError
from perfdesk.switched_off import SETTING, Off, read_off

if TYPE_CHECKING:
    from perfdesk.store import Store


def open_store(args: Namespace, read_only: bool = False) -> Store:
    """The store in the folder that ``--data`` names; imported here because it is dear."""
    from perfdesk.store import Store

    return Store.open(paths.data_dir(args.data), read_only=read_only, server=paths.store_address())


def private_key(path: str) -> bytes:
    """The bytes of a key's file; UserError ``key-refused`` where it cannot be read."""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise UserError("key-refused", f"读不到私钥文件“{path}”，请检查路径。", str(error)) from error


def off_in(store: Store) -> Mapping[str, Off]:
    """The checks that the user switched off, by code."""
    return read_off(store.setting(SETTING))
