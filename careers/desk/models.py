from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers.law.dates import working_days_after
from careers.people.models import User
from careers.people.office import office_settings


class Letter(models.Model):
    """A mail in the outbox. It waits a little, so that an undo sends nothing."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    kind = models.SlugField(_("kind"), max_length=60)
    to_user = models.ForeignKey(
        User,
        models.PROTECT,
        verbose_name=_("to"),
        null=True,
        blank=True,
        related_name="letters",
    )
    to_email = models.EmailField(_("address"), blank=True)
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=[("ja", "日本語"), ("en", "English")],
        blank=True,
        help_text=_("Where it is not known, letters are written in both languages."),
    )
    context = models.JSONField(default=dict)
    # What the letter is about; an undo cancels by it.
    object_kind = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60)
    # The same thing is never said twice: a digest, a reminder.
    key = models.CharField(max_length=120, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.WAITING
    )
    send_after = models.DateTimeField(_("goes out"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.CharField(_("what went wrong"), max_length=200, blank=True)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    body = models.TextField(_("text"), blank=True)
    created_at = models.DateTimeField(_("written"), auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        indexes = [
            models.Index(
                fields=["send_after"],
                condition=models.Q(state="waiting"),
                name="letter_waiting",
            ),
            models.Index(fields=["object_kind", "object_id"], name="letter_object"),
            models.Index(fields=["-created_at", "-id"], name="letter_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(to_user__isnull=False) ^ ~models.Q(to_email=""),
                name="letter_has_one_reader",
            ),
            models.UniqueConstraint(
                fields=["key"], condition=~models.Q(key=""), name="letter_said_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="sent") | models.Q(sent_at__isnull=False),
                name="letter_sent_has_a_time",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"

    @property
    def address(self):
        return self.to_user.email if self.to_user else self.to_email


class OneTimeLink(models.Model):
    """A link for somebody without an account. Only a hash of its token is kept."""

    digest = models.CharField(max_length=64, unique=True)
    purpose = models.SlugField(max_length=40)
    object_kind = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("one-time link")
        verbose_name_plural = _("one-time links")
        indexes = [models.Index(fields=["object_kind", "object_id"], name="link_object")]

    def __str__(self):
        return f"{self.purpose} {self.object_id}"


class PrivateFile(models.Model):
    """A file that only a checked view hands out. The name on disk tells nothing."""

    stored_as = models.CharField(max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=200)
    content_type = models.CharField(_("kind"), max_length=60)
    size = models.PositiveIntegerField(_("bytes"))
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def __str__(self):
        return self.name


class EnquiryQuerySet(models.QuerySet):
    def with_marks(self) -> "EnquiryQuerySet":
        """Add what either side has not read yet, the first answer's time and the last words."""
        shown = EnquiryMessage.objects.filter(enquiry=OuterRef("pk"), withdrawn_at=None)
        unread = shown.filter(read_at=None)
        answers = shown.filter(from_office=True).order_by("written_at", "pk")
        return self.annotate(
            new_for_asker=Exists(unread.filter(from_office=True)),
            new_for_office=Exists(unread.filter(from_office=False)),
            last_words=Subquery(shown.order_by("-written_at", "-pk").values("text")[:1]),
            answered_at=Subquery(answers.values("written_at")[:1]),
        )


class Enquiry(models.Model):
    """A question to the office, from a student or a visitor, until it is answered."""

    class Topic(models.TextChoices):
        PERMISSION = "permission", _("permission to work")
        CREDIT = "credit", _("academic credit")
        POSTING = "posting", _("a posting")
        PROBLEM = "problem", _("a problem with a posting")
        OTHER = "other", _("something else")

    class State(models.TextChoices):
        OPEN = "open", _("waits for the office")
        ANSWERED = "answered", _("answered")
        CLOSED = "closed", _("closed")

    topic = models.CharField(_("about"), max_length=12, choices=Topic.choices)
    asker = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="enquiries")
    name = models.CharField(_("your name"), max_length=100, blank=True)
    email = models.EmailField(_("your e-mail"), blank=True)
    language = models.CharField(max_length=2, choices=[("ja", "日本語"), ("en", "English")])
    object_kind = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=60, blank=True)
    # The wizard's answers, as its address holds them: seen by the asker and by reviewers.
    answers = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    owner = models.ForeignKey(
        User,
        models.PROTECT,
        verbose_name=_("looked after by"),
        null=True,
        blank=True,
        related_name="+",
    )
    form_key = models.UUIDField(unique=True)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    waits_since = models.DateTimeField()

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        ordering = ["waits_since", "pk"]
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")
        indexes = [models.Index(fields=["state", "waits_since"], name="enquiry_queue")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(asker__isnull=False) | ~models.Q(email=""),
                name="enquiry_can_be_answered",
                violation_error_message=_("Write an e-mail address, so that we can answer."),
            ),
        ]

    def __str__(self):
        return f"{self.get_topic_display()} {self.pk}"

    @property
    def answer_by(self) -> date:
        """The last of the working days in which the office promises to answer."""
        days = office_settings().enquiry_answer_days
        return working_days_after(timezone.localdate(self.waits_since), days)

    @property
    def days_waited(self) -> int:
        return (timezone.localdate() - timezone.localdate(self.waits_since)).days

    @property
    def days_taken(self) -> int | None:
        """From the question to the first answer; on rows of `with_marks`."""
        if self.answered_at is None:
            return None
        return (timezone.localdate(self.answered_at) - timezone.localdate(self.asked_at)).days

    @property
    def is_late(self) -> bool:
        return self.state == self.State.OPEN and self.answer_by < timezone.localdate()

    @property
    def asked_by(self) -> str:
        return str(self.asker) if self.asker else self.name or self.email


class EnquiryMessage(models.Model):
    enquiry = models.ForeignKey(Enquiry, models.PROTECT, related_name="messages")
    author = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField(_("text"))
    from_office = models.BooleanField(default=False)
    form_key = models.UUIDField(unique=True)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    # When the other side first saw it.
    read_at = models.DateTimeField(null=True, blank=True)
    # An answer taken back before its letter went out: the asker never sees it.
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    letter = models.ForeignKey(Letter, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["written_at", "pk"]
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None)
                | models.Q(from_office=True, read_at__isnull=True),
                name="message_withdrawn_unread",
            ),
            models.CheckConstraint(
                condition=models.Q(from_office=False) | models.Q(author__isnull=False),
                name="message_of_the_office_has_an_author",
            ),
        ]

    def __str__(self):
        return self.text[:60]
