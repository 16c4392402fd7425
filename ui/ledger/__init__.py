"""Pages for budgets by code: entry sheets and printed tables."""
