"""The board for programs: open postings as JSON, and the document that describes it."""
