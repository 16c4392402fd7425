"""The pivot between filings and files: pages of headings, paragraphs and tables."""
