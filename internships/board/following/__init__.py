"""What a student keeps of the board: postings, searches, and the letters and feeds about them.

All of it is hers alone. No role may view these rows, and no event is written: that somebody
looks at a company is no deed of the office.
"""
