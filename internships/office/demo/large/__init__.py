"""The same university at its real size: everybody and everything beside the small sample.

Drawn by lot with one seed, so that two builds of a day are alike. What the law and the verbs
decide is asked of them; only the writing is done in bulk.
"""
