"""What the program may cost, counted and not timed, so that a slow change is seen on any machine. One number a line, with the tests that
hold the program to it.

A bound goes up only with a reason in the commit that moves it.
"""

from __future__ import annotations

GROWTH = 2.2
"""Doubling the work costs at most so much more than the doubling before: ``test_growth``. 2 is linear."""

STATEMENTS_PER_EDIT = 16
"""Of SQL, for one cell that is left, in a form of any length: ``ui/test_costs``."""

ROWS_DRAWN_PER_EDIT = 3
"""The views are told to draw no more anew: ``ui/test_costs``."""

LEAVES_CHECKED_PER_EDIT = 1
"""The rules look again at no other indicator: ``ui/test_costs``."""

ROWS_WRITTEN_PER_EDIT = 1
"""Of the form in the store: ``test_growth``."""

SUMS_PER_EDIT = 4
"""Codes of a budget that are added up again for one amount: the code, two above it, the sum of all: ``test_growth``."""

SAME = 1.1
"""So much more may a deed that does not depend on the length cost in a form eight times as long: ``test_growth``."""

MODULES = 180
"""At the first paint, ours and others'; each is waited for before anything is seen: ``ui/test_start``."""

MODULES_AT_THE_CURSOR = 480
"""When a letter can be typed, with the form of the last time open: ``ui/test_start``."""
