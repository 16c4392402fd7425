"""Two filings side by side: years, versions, editions, or what a file printed against what is computed."""
