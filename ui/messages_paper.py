"""Moved to ``ui/messages/paper.py``: add words there. This name goes when nobody uses it."""

from ui.messages.paper import *  # noqa: F403
