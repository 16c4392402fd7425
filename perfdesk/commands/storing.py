"""The store that a command works on."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from typing import TYPE_CHECKING

from perfdesk import paths
from perfdesk.switched_off import SETTING, Off, read_off

if TYPE_CHECKING:
    from perfdesk.store import Store


def open_store(args: Namespace, read_only: bool = False) -> Store:
    """The store in the folder that ``--data`` names; imported here because it is dear."""
    from perfdesk.store import Store

    return Store.open(paths.data_dir(args.data), read_only=read_only)


def off_in(store: Store) -> Mapping[str, Off]:
    """The checks that the user switched off, by code."""
    return read_off(store.setting(SETTING))
