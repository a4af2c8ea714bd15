from datetime import UTC, datetime, timedelta

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from careers.people.models import User, in_language
from careers.prefectures import PREFECTURES, prefecture_name
from careers.record.changes import marks_changes_of
from internships.board import search
from internships.board.models.organisation import Organisation
from internships.board.models.reference import synonyms

# A posting that waits for its first approval, or one whose pending version does.
TO_REVIEW = models.Q(state="in_review") | models.Q(pending_state="in_review")
SENT_BACK = models.Q(state="returned") | models.Q(pending_state="returned")


# Three months at their longest: after that a posting nobody touched is marked.
STALE_AFTER = timedelta(days=92)
UPDATES = (
    "created_at",
    "published_at",
    "words_changed_ja_at",
    "words_changed_en_at",
    "confirmed_at",
)


# An organisation may be merged away while somebody moves a posting to it: the posting goes along.
_OF_WHO_STANDS_FOR_ITSELF = pgtrigger.Trigger(
    name="of_who_stands_for_itself",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("organisation_id"),
    declare=[("present", "bigint")],
    func="""
        IF TG_OP = 'UPDATE' THEN
            IF NEW.organisation_id = OLD.organisation_id THEN RETURN NEW; END IF;
        END IF;
        SELECT merged_into_id INTO present FROM board_organisation
            WHERE id = NEW.organisation_id FOR KEY SHARE;
        IF present IS NOT NULL THEN NEW.organisation_id := present; END IF;
        RETURN NEW;
    """,
)


def stale(at: datetime) -> models.Q:
    """Open at that moment, and nobody has written or confirmed what it says for long."""
    fresh = models.Q()
    for name in UPDATES:
        fresh |= models.Q(**{f"{name}__gt": at - STALE_AFTER})
    return models.Q(state="published", opens_at__lte=at, closes_at__gt=at) & ~fresh


class PostingQuerySet(models.QuerySet):
    def open(self, at: datetime) -> "PostingQuerySet":
        """Give what everybody may apply for at that moment."""
        return self.filter(state="published", opens_at__lte=at, closes_at__gt=at)

    def closing_after(self, at: datetime) -> "PostingQuerySet":
        """Leave out whole months before a moment; for the index of the text search alone."""
        return self.filter(closing_months__overlap=months_from(at))

    def public(self, at: datetime) -> "PostingQuerySet":
        """Give what has an address for everybody: open ones, and closed ones that say so."""
        shown = models.Q(state="published", opens_at__lte=at)
        closed_early = models.Q(state="withdrawn", withdrawn_at__gt=models.F("opens_at"))
        return self.filter(shown | closed_early)

    def visible_to(self, user, at: datetime) -> "PostingQuerySet":
        """Give what somebody may open: the office everything, others what was on the board."""
        return self if user and user.has_perm("board.view_posting") else self.public(at)

    def matching(self, text: str) -> "PostingQuerySet":
        """Give the postings a text search finds; an empty text leaves the list whole."""
        if not text.strip():
            return self
        return self.filter(search.condition(search.read(text, synonyms())))

    def like(self, posting: "Posting") -> "PostingQuerySet":
        """Give postings that have something in common with one, those with most first."""
        shared = (
            ("organisation", posting.organisation_id, 3),
            ("organisation__industry", posting.organisation.industry, 2),
            ("prefecture", posting.prefecture, 2),
            ("programme_type", posting.programme_type, 1),
            ("japanese_level", posting.japanese_level, 1),
        )
        # What neither of two says is nothing in common.
        points = sum(
            models.Case(models.When(**{name: value}, then=weight), default=0)
            for name, value, weight in shared
            if value
        )
        return (
            self.annotate(in_common=points)
            .filter(in_common__gte=2)
            .order_by("-in_common", "closes_at", "pk")
        )


class PostingManager(models.Manager.from_queryset(PostingQuerySet)):
    def get_queryset(self):
        # Nobody reads the n-grams, and they are larger than the posting itself.
        return super().get_queryset().defer("search", "closing_months")


YEN_AN_HOUR = models.DecimalField(max_digits=12, decimal_places=2)
# What closes later counts as closing in this year.
LAST_YEAR = 2050
CLOSING_YEAR = "EXTRACT(YEAR FROM %(expressions)s AT TIME ZONE 'UTC')::int"
CLOSING_MONTH = f"12 * {CLOSING_YEAR} + {CLOSING_YEAR.replace('YEAR', 'MONTH')}"


def months_from(at: datetime) -> list[int]:
    """Give what `closing_months` may hold for a posting that closes after a moment."""
    year, month = at.astimezone(UTC).year, at.astimezone(UTC).month
    months = [year * 12 + number for number in range(month, 13)]
    return months + list(range(min(year + 1, LAST_YEAR), LAST_YEAR + 1))


class Posting(models.Model):
    """A place that students can apply for, in Japanese, English or both."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")
        RETURNED = "returned", _("returned")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("closed early")

    class PendingState(models.TextChoices):
        IN_REVIEW = "in_review", _("a change is in review")
        RETURNED = "returned", _("a change was returned")

    class ProgrammeType(models.IntegerChoices):
        OPEN_COMPANY = 1, _("Type 1, open company")
        CAREER_EDUCATION = 2, _("Type 2, career education")
        INTERNSHIP = 3, _("Type 3, internship (general or professional)")
        ADVANCED = 4, _("Type 4, advanced professional internship")

    class WorkStyle(models.TextChoices):
        ONSITE = "onsite", _("On site")
        HYBRID = "hybrid", _("Partly from home")
        REMOTE = "remote", _("From home")

    class PayKind(models.TextChoices):
        NONE = "none", _("Nothing")
        ACTUAL_COSTS = "actual_costs", _("Only actual costs, by receipt")
        FLAT_ALLOWANCE = "flat_allowance", _("A fixed allowance")
        WAGE = "wage", _("A wage or salary")

    class PayUnit(models.TextChoices):
        HOUR = "hour", _("an hour")
        DAY = "day", _("a day")
        MONTH = "month", _("a month")
        TOTAL = "total", _("in all")

    class ApplyMethod(models.TextChoices):
        OFFICE = "office", _("through the career office")
        URL = "url", _("on the organisation's website")
        EMAIL = "email", _("by e-mail")

    class Source(models.TextChoices):
        OFFICE = "office", _("Career office")
        EMPLOYER = "employer", _("The organisation itself")
        JOB_SITE = "job_site", _("A job site")
        AGENT = "agent", _("An internship agent")
        METI = "meti", _("METI Japan Internship Program")

    class Venue(models.TextChoices):
        ORDINARY = "ordinary", _("Ordinary business")
        FUEIHO = "fueiho", _("Restricted (amusement) business")

    ref = models.CharField(_("number"), max_length=20, unique=True)
    # The same form sent twice carries the same key, and makes one posting.
    form_key = models.UUIDField(null=True, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("organisation"), related_name="postings"
    )
    title_ja = models.CharField(_("title in Japanese"), max_length=300, blank=True)
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    description_ja = models.TextField(_("description in Japanese"), blank=True)
    description_en = models.TextField(_("description in English"), blank=True)
    requirements_ja = models.TextField(_("requirements in Japanese"), blank=True)
    requirements_en = models.TextField(_("requirements in English"), blank=True)
    words_changed_ja_at = models.DateTimeField(null=True, blank=True, editable=False)
    words_changed_en_at = models.DateTimeField(null=True, blank=True, editable=False)
    programme_type = models.PositiveSmallIntegerField(
        _("kind of programme"), choices=ProgrammeType.choices, null=True, blank=True
    )
    prefecture = models.CharField(
        _("prefecture"),
        max_length=2,
        blank=True,
        choices=[(code, names[0]) for code, names in PREFECTURES.items()],
    )
    city_ja = models.CharField(_("city in Japanese"), max_length=100, blank=True)
    city_en = models.CharField(_("city in English"), max_length=100, blank=True)
    work_style = models.CharField(
        _("where the work is done"), max_length=10, choices=WorkStyle.choices, blank=True
    )
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    weekly_hours = models.DecimalField(
        _("hours in the largest week"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(168)],
    )
    daily_hours = models.DecimalField(
        _("hours a day, at most"),
        max_digits=4,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(24)],
    )
    days_per_week = models.DecimalField(
        _("days a week"),
        max_digits=2,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(7)],
    )
    schedule_note = models.CharField(_("note on the schedule"), max_length=500, blank=True)
    pay_kind = models.CharField(
        _("what the student receives"), max_length=20, choices=PayKind.choices, blank=True
    )
    pay_yen = models.PositiveIntegerField(_("yen"), null=True, blank=True)
    pay_unit = models.CharField(_("per"), max_length=10, choices=PayUnit.choices, blank=True)
    pay_note_ja = models.CharField(_("note on pay in Japanese"), max_length=500, blank=True)
    pay_note_en = models.CharField(_("note on pay in English"), max_length=500, blank=True)
    japanese_level = models.CharField(
        _("Japanese"),
        max_length=10,
        blank=True,
        choices=[("none", _("none needed")), *((f"N{n}", f"N{n}") for n in (5, 4, 3, 2, 1))],
    )
    english_level = models.CharField(
        _("English"),
        max_length=10,
        blank=True,
        choices=[("none", _("none needed")), ("daily", _("everyday")), ("business", _("business"))],
    )
    faculties = ArrayField(
        models.CharField(max_length=50), verbose_name=_("faculties"), default=list, blank=True
    )
    study_years = ArrayField(
        models.CharField(max_length=2), verbose_name=_("study years"), default=list, blank=True
    )
    credit_bearing = models.BooleanField(_("gives credit"), default=False)
    course_code = models.CharField(_("course"), max_length=20, blank=True)
    accepts_from_abroad = models.BooleanField(
        _("open to students of universities abroad"), null=True, blank=True
    )
    openings = models.PositiveSmallIntegerField(_("places"), null=True, blank=True)
    opens_at = models.DateTimeField(_("on the board from"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    apply_method = models.CharField(
        _("how to apply"), max_length=10, choices=ApplyMethod.choices, blank=True
    )
    apply_to = models.CharField(_("apply to"), max_length=300, blank=True)
    source = models.CharField(
        _("where it comes from"), max_length=10, choices=Source.choices, default=Source.OFFICE
    )
    venue = models.CharField(
        _("line of business"), max_length=20, choices=Venue.choices, default=Venue.ORDINARY
    )
    # What the pay comes to in an hour, to sort and filter by; unknown for sums "in all".
    yen_an_hour = models.GeneratedField(
        expression=models.Case(
            models.When(~models.Q(pay_kind__in=["wage", "flat_allowance"]), then=None),
            models.When(pay_unit="hour", then=models.F("pay_yen")),
            models.When(
                pay_unit="day",
                daily_hours__gt=0,
                then=Cast("pay_yen", YEN_AN_HOUR) / models.F("daily_hours"),
            ),
            models.When(
                pay_unit="month",
                weekly_hours__gt=0,
                then=Cast("pay_yen", YEN_AN_HOUR) * 12 / (models.F("weekly_hours") * 52),
            ),
            default=None,
            output_field=YEN_AN_HOUR,
        ),
        output_field=YEN_AN_HOUR,
        db_persist=True,
    )
    # Keys of private files, in the order of the page. They are never deleted: an earlier version
    # of the posting may be restored with them.
    attachments = ArrayField(
        models.BigIntegerField(), verbose_name=_("attachments"), default=list, blank=True
    )
    problems = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    posted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("posted by")
    )
    # What somebody wants it to say instead, while the approved version stays up: the fields that
    # differ, as the log holds them.
    pending = models.JSONField(null=True, blank=True, editable=False, encoder=DjangoJSONEncoder)
    pending_state = models.CharField(
        max_length=10, choices=PendingState.choices, blank=True, editable=False
    )
    # Nobody, where a file said so that no person sent.
    pending_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    # Who looks after it, where that is not whoever wrote it.
    assignee = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("looked after by"),
    )
    labels = ArrayField(
        models.CharField(max_length=30), verbose_name=_("labels"), default=list, blank=True
    )
    # Read again and found right as it stands.
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    outcome_applied = models.PositiveSmallIntegerField(
        _("students who applied"), null=True, blank=True, editable=False
    )
    outcome_accepted = models.PositiveSmallIntegerField(
        _("students who were accepted"), null=True, blank=True, editable=False
    )
    outcome_note = models.TextField(_("note on the outcome"), blank=True, editable=False)
    outcome_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(_("why it was closed"), blank=True)
    search = SearchVectorField(null=True, editable=False)
    # The month of closing, and its year, as plain numbers. Beside the words they let the index of
    # the text search pass over all that ran out long ago.
    closing_months = models.GeneratedField(
        expression=models.Func(
            "closes_at", template=f"ARRAY[{CLOSING_MONTH}, LEAST({CLOSING_YEAR}, {LAST_YEAR})]"
        ),
        output_field=ArrayField(models.IntegerField()),
        db_persist=True,
    )

    objects = PostingManager()

    class Meta:
        ordering = ["closes_at", "pk"]
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        triggers = [marks_changes_of("board"), _OF_WHO_STANDS_FOR_ITSELF]
        permissions = [("publish_posting", "Can publish a posting")]
        indexes = [
            GinIndex(fields=["search", "closing_months"], name="posting_words"),
            # The board in each of its orders, and its count, without reading the postings.
            models.Index(
                "closes_at",
                "id",
                include=["opens_at"],
                condition=models.Q(state="published"),
                name="posting_closing",
            ),
            models.Index(
                models.F("opens_at").desc(),
                models.F("id").desc(),
                include=["closes_at"],
                condition=models.Q(state="published"),
                name="posting_newest",
            ),
            # The lists of the office: all by closing, and the few that are not on the board.
            models.Index("closes_at", "id", name="posting_by_closing"),
            models.Index(
                "state",
                "changed_at",
                condition=~models.Q(state="published"),
                name="posting_not_published",
            ),
            models.Index(
                "pending_state",
                condition=~models.Q(pending_state=""),
                name="posting_with_a_change",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(title_ja="", title_en=""),
                name="posting_has_a_title",
                violation_error_message=_("Write the title in at least one language."),
            ),
            models.CheckConstraint(
                condition=models.Q(starts_on=None)
                | models.Q(ends_on=None)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="posting_ends_after_it_starts",
                violation_error_message=_("The last day is before the first day."),
            ),
            models.CheckConstraint(
                condition=models.Q(weekly_hours=None)
                | models.Q(weekly_hours__gte=0, weekly_hours__lte=168),
                name="posting_hours_in_a_week",
            ),
            models.CheckConstraint(
                condition=models.Q(daily_hours=None)
                | models.Q(daily_hours__gte=0, daily_hours__lte=24),
                name="posting_hours_in_a_day",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="published")
                | models.Q(opens_at__isnull=False, closes_at__isnull=False),
                name="posting_published_with_dates",
                violation_error_message=_("A published posting needs a closing date."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state="withdrawn") | models.Q(withdrawn_at__isnull=False),
                name="posting_withdrawn_with_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(pending__isnull=True, pending_state="", pending_by=None)
                | models.Q(
                    pending__isnull=False,
                    pending_state__in=["in_review", "returned"],
                    state__in=["published", "withdrawn"],
                ),
                name="posting_pending_version_is_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome_accepted=None)
                | models.Q(outcome_accepted__lte=models.F("outcome_applied")),
                name="posting_accepted_of_those_who_applied",
                violation_error_message=_("More were accepted than applied."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state="published", venue="fueiho"),
                name="posting_restricted_business_never_published",
                violation_error_message=_(
                    "A place of restricted (amusement) business can never be published."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.ref} {self.title}"

    def save(self, *args, update_fields=None, **kwargs):
        if update_fields is None and self.organisation.merged_into_id:
            self.organisation = self.organisation.present  # an old version may name the other
        if update_fields is None or not set(search.FIELDS).isdisjoint(update_fields):
            self.search = search.vector_of(self)
            update_fields = update_fields and {*update_fields, "search"}
        super().save(*args, update_fields=update_fields, **kwargs)

    def get_absolute_url(self):
        return reverse("posting_detail", args=[self.ref])

    @property
    def whole_address(self) -> str:
        """For what is read elsewhere: letters, feeds, calendars, search engines."""
        return settings.SITE_ADDRESS + self.get_absolute_url()

    def is_open(self, at: datetime) -> bool:
        return self.state == self.State.PUBLISHED and self.opens_at <= at < self.closes_at

    def is_closed(self, at: datetime) -> bool:
        """Whether it was on the board and is over."""
        if self.state == self.State.WITHDRAWN:
            return True
        return self.state == self.State.PUBLISHED and self.closes_at <= at

    @property
    def responsible(self) -> User | None:
        """Give who is asked about it."""
        return self.assignee or self.posted_by

    @property
    def updated_at(self) -> datetime:
        """When somebody last wrote or confirmed what it says."""
        known = (getattr(self, name) for name in UPDATES)
        return max(moment for moment in known if moment)

    def is_stale(self, at: datetime) -> bool:
        return self.is_open(at) and self.updated_at <= at - STALE_AFTER

    @property
    def title(self):
        return in_language(self.title_ja, self.title_en)

    @property
    def prefecture_name(self):
        return prefecture_name(self.prefecture)

    @property
    def is_paid(self) -> bool:
        return self.pay_kind in (self.PayKind.WAGE, self.PayKind.FLAT_ALLOWANCE)

    @property
    def has_japanese(self) -> bool:
        return bool(self.title_ja or self.description_ja or self.requirements_ja)

    @property
    def has_english(self) -> bool:
        return bool(self.title_en or self.description_en or self.requirements_en)
