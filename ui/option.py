"""What the toolkit's stubs do not know of a style option."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem


def rect_of(option: QStyleOptionViewItem) -> QRect:
    """Where the item is drawn."""
    return cast(Any, option).rect


def has_state(option: QStyleOptionViewItem, flag: QStyle.StateFlag) -> bool:
    return bool(cast(Any, option).state & flag)
