"""Moved to ``ui/messages/library.py``: add words there. This name goes when nobody uses it."""

from ui.messages.library import *  # noqa: F403
