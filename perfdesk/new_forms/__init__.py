"""A blank of a kind that the program has never seen becomes a form: proposed from its cells, corrected by the user, kept as a form file."""
