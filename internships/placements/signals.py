"""Told in the transaction of the deed, so that what hangs on a placement changes with it.

`facts_changed`: placement, before and verdict (each a Verdict or None; the same where only the
placement itself was cancelled or restored), actor, moved (whether its days have changed).
`placement_saved`: placement, actor; once for each new placement.
"""

from django.dispatch import Signal

facts_changed = Signal()
placement_saved = Signal()
