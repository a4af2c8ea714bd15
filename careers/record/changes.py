"""What may be kept in memory from one request to the next: as long as nothing of it has changed.

Every statement that changes a marked table adds a row to `Change`, in the same transaction. Rows
are only added and old ones taken away, so writers never wait for each other; and the marks of a
topic are the same again only if nothing was changed in between, or all of it was rolled back.
"""

import pgtrigger
from django.db.models import Count, Sum

from careers.record.models import Change

Marks = dict[str, tuple[int, int]]
# So many marks of a topic are kept; older ones say nothing that these do not say.
KEPT = 200

_MARK = """
    INSERT INTO record_change (topic) VALUES ('{topic}');
    DELETE FROM record_change WHERE id IN (
        SELECT id FROM record_change WHERE topic = '{topic}' AND id < (
            SELECT id FROM record_change WHERE topic = '{topic}'
            ORDER BY id DESC OFFSET {kept} LIMIT 1)
        ORDER BY id LIMIT 2 FOR UPDATE SKIP LOCKED);
    RETURN NULL;
"""


def marks_changes_of(topic: str) -> pgtrigger.Trigger:
    """Give the trigger for a model whose rows belong to a topic."""
    return pgtrigger.Trigger(
        name="marks_change",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete | pgtrigger.Truncate,
        func=_MARK.format(topic=topic, kept=KEPT),
    )


def marks() -> Marks:
    """Give what stands for the present state of each topic."""
    rows = Change.objects.order_by().values("topic").annotate(count=Count("pk"), sum=Sum("pk"))
    return {row["topic"]: (row["count"], row["sum"]) for row in rows}
