"""A filing's values into the bureau's own blank: which cell is which field, found by marking the empty cells and reading the blank."""
