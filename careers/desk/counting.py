"""Counting several lists in one query, none of them further than anybody reads."""

from collections.abc import Mapping

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


def count_each(lists: Mapping[str, QuerySet], most: int | None = None) -> dict[str, int]:
    """Give the number of rows of each list; of longer ones than `most`, one more than that."""
    parts, values = [], []
    for rows in lists.values():
        keys = rows.order_by().values_list("pk")
        try:
            sql, found = (keys[: most + 1] if most else keys).query.sql_with_params()
        except EmptyResultSet:
            sql, found = "SELECT 1 WHERE FALSE", ()
        parts.append(f"(SELECT COUNT(*) FROM ({sql}) AS rows)")
        values += found
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        return dict(zip(lists, cursor.fetchone(), strict=True))
