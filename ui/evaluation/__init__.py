"""Self-evaluations in the window: scores, facts, money, the result, all of a year."""
