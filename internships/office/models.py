from django.db import models


class DemoClock(models.Model):
    """One row in a database that holds the sample university: the day it was built for."""

    built_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="demo_clock_one_row"),
        ]

    def __str__(self):
        return self.built_on.isoformat()
