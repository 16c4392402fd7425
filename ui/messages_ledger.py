"""Moved to ``ui/messages/ledger.py``: add words there. This name goes when nobody uses it."""

from ui.messages.ledger import *  # noqa: F403
