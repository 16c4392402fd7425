"""The report of a self-evaluation: the filings that it stands beside, the numbers that its texts are bound to, its document."""
