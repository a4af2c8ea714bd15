from django.db import models

from internships.board.models.posting import Posting


class ViewCount(models.Model):
    """How often a posting was opened on one day. Nothing here, nor elsewhere, says by whom."""

    posting = models.ForeignKey(Posting, models.CASCADE, related_name="view_counts")
    day = models.DateField()
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["posting", "day"], name="view_count_once_a_day"),
            models.CheckConstraint(condition=models.Q(count__gt=0), name="view_count_positive"),
        ]

    def __str__(self):
        return f"{self.posting} {self.day}: {self.count}"
