from django.db import models
from django.db.models.functions import MD5
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers.people.models import Student


class Bookmark(models.Model):
    """A posting that a student has saved for herself."""

    student = models.ForeignKey(Student, models.PROTECT, related_name="bookmarks")
    posting = models.ForeignKey("board.Posting", models.CASCADE, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-saved_at", "-pk"]
        verbose_name = _("saved posting")
        verbose_name_plural = _("saved postings")
        constraints = [
            models.UniqueConstraint(fields=["student", "posting"], name="bookmark_once"),
        ]

    def __str__(self):
        return f"{self.pk}"


class BookmarkCalendar(models.Model):
    """The key under which a calendar reads the deadlines of what a student saved."""

    student = models.OneToOneField(Student, models.PROTECT, related_name="+")
    # The key is known to her alone; we keep what is enough to recognise it.
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("calendar of saved postings")
        verbose_name_plural = _("calendars of saved postings")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(digest__regex=r"^[0-9a-f]{64}$"),
                name="bookmark_calendar_keeps_a_digest",
            ),
        ]

    def __str__(self):
        return f"{self.pk}"


class LetterChoices(models.Model):
    """Which letters about the board a student wants. The row is made when it is first needed."""

    student = models.OneToOneField(Student, models.PROTECT, related_name="letter_choices")
    deadlines = models.BooleanField(_("before something I saved closes"), default=True)

    class Meta:
        verbose_name = _("choice of letters")
        verbose_name_plural = _("choices of letters")

    def __str__(self):
        return f"{self.pk}"


class Told(models.Model):
    """That a letter has told a student something of a posting: it is never said again."""

    class What(models.TextChoices):
        NEW = "new", _("new for a saved search")
        THREE_DAYS = "3_days", _("closes in three days")
        ONE_DAY = "1_day", _("closes in 24 hours")

    student = models.ForeignKey(Student, models.PROTECT, related_name="+")
    posting = models.ForeignKey("board.Posting", models.CASCADE, related_name="+")
    what = models.CharField(max_length=6, choices=What.choices)
    # The deadline that was told: a later one is worth another letter.
    closes_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-told_at", "-pk"]
        verbose_name = _("what a letter told")
        verbose_name_plural = _("what letters told")
        constraints = [
            models.UniqueConstraint(
                fields=["student", "posting", "what", "closes_at"],
                nulls_distinct=False,
                name="told_once",
            ),
            models.CheckConstraint(
                condition=models.Q(what="new", closes_at=None)
                | ~models.Q(what="new") & models.Q(closes_at__isnull=False),
                name="told_of_a_deadline",
            ),
        ]

    def __str__(self):
        return f"{self.what} {self.pk}"


class SavedSearch(models.Model):
    """What a student looks for again and again."""

    class Letters(models.TextChoices):
        NONE = "none", _("No letters")
        DAILY = "daily", _("Every day, if there is something new")
        WEEKLY = "weekly", _("Every Monday, if there is something new")

    student = models.ForeignKey(Student, models.PROTECT, related_name="saved_searches")
    name = models.CharField(_("name"), max_length=100)
    # As `Search.query` gives it. It may hold filters that mean something for her alone.
    query = models.TextField(blank=True)
    letters = models.CharField(
        _("letters"), max_length=6, choices=Letters.choices, default=Letters.NONE
    )
    # What came on the board later is new to her.
    news_from = models.DateTimeField(default=timezone.now)
    # When letters were last thought of, whether there was anything to write or not.
    looked_at = models.DateTimeField(default=timezone.now)
    # The address of its feeds is known to her alone; we keep what is enough to recognise it.
    feed_digest = models.CharField(max_length=64, unique=True, null=True, blank=True)
    feed_made_at = models.DateTimeField(null=True, blank=True)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        indexes = [
            models.Index(
                fields=["letters", "looked_at"],
                condition=~models.Q(letters="none"),
                name="search_with_letters",
            )
        ]
        constraints = [
            # By its digest: a long query does not fit into an index.
            models.UniqueConstraint("student", MD5("query"), name="search_saved_once"),
            models.CheckConstraint(
                condition=~models.Q(name=""),
                name="search_has_a_name",
                violation_error_message=_("Write a name."),
            ),
            models.CheckConstraint(
                condition=models.Q(letters__in=["none", "daily", "weekly"]),
                name="search_letters_known",
            ),
            models.CheckConstraint(
                condition=models.Q(feed_digest=None) ^ models.Q(feed_made_at__isnull=False),
                name="search_feed_has_a_time",
            ),
        ]

    def __str__(self):
        return self.name
