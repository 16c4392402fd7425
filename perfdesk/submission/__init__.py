"""What a unit hands in: its filings of a year with everything they have, their findings, and who they are of."""
