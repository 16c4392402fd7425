"""Moved to ``ui/messages/deeds.py``: add words there. This name goes when nobody uses it."""

from ui.messages.deeds import *  # noqa: F403
