"""Moved to ``ui/messages/units.py``: add words there. This name goes when nobody uses it."""

from ui.messages.units import *  # noqa: F403
