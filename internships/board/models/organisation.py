from datetime import date, timedelta

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from careers.people.models import in_language
from careers.record.changes import marks_changes_of
from internships.board import search
from internships.board.folding import LONGEST_NAME, name_key


class Industry(models.TextChoices):
    AGRICULTURE = "agriculture", _("Agriculture, forestry, fisheries")
    CONSTRUCTION = "construction", _("Construction")
    EDUCATION = "education", _("Education")
    ENTERTAINMENT = "entertainment", _("Entertainment")
    FINANCE = "finance", _("Finance")
    HOSPITALITY = "hospitality", _("Hotels, food and travel")
    IT = "it", _("Information technology")
    MANUFACTURING = "manufacturing", _("Manufacturing")
    MEDIA = "media", _("Media")
    MEDICAL_WELFARE = "medical_welfare", _("Medical care and welfare")
    NGO = "ngo", _("Non-profit organisations")
    PROFESSIONAL = "professional", _("Professional services")
    PUBLIC = "public", _("Public service")
    REAL_ESTATE = "real_estate", _("Real estate")
    RESEARCH = "research", _("Research")
    TRANSPORT = "transport", _("Transport")
    UTILITIES = "utilities", _("Electricity, gas and water")
    WHOLESALE_RETAIL = "wholesale_retail", _("Wholesale and retail")


class NameKey(models.CharField):
    """What a name is found by, kept beside it: `name_ja_key` of `name_ja`."""

    def __init__(self, **options):
        super().__init__(**{"max_length": LONGEST_NAME, "default": "", "editable": False} | options)

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def pre_save(self, organisation, add):
        return name_key(getattr(organisation, self.attname.removesuffix("_key")))


class OrganisationQuerySet(models.QuerySet):
    def present(self) -> "OrganisationQuerySet":
        """Give those that stand for themselves; merged ones only keep their name and address."""
        return self.filter(merged_into=None)


class Organisation(models.Model):
    class Flag(models.TextChoices):
        WARNING = "warning", _("warning")
        STOP = "stop", _("stop")

    class Declaration(models.TextChoices):
        """What it says of itself: whether a ground to decline its postings (求人不受理) applies."""

        NONE_APPLIES = "none_applies", _("no ground applies")
        ONE_APPLIES = "one_applies", _("a ground applies")

    name_ja = models.CharField(_("name in Japanese"), max_length=200, blank=True)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    name_kana = models.CharField(_("name in kana"), max_length=200, blank=True)
    name_ja_key = NameKey()
    name_en_key = NameKey()
    url = models.URLField(_("website"), blank=True)
    industry = models.CharField(_("industry"), max_length=20, choices=Industry.choices, blank=True)
    # Carried over to every posting of it: the first for the office alone, the others for all.
    memo = models.TextField(_("memo of the office"), blank=True)
    addendum_ja = models.TextField(_("addendum in Japanese"), blank=True)
    addendum_en = models.TextField(_("addendum in English"), blank=True)
    # With "stop" none of its postings can be put on the board.
    flag = models.CharField(_("flag"), max_length=10, choices=Flag.choices, blank=True)
    flag_staff = models.TextField(_("for the office"), max_length=2000, blank=True)
    flag_student_ja = models.TextField(_("for students, in Japanese"), max_length=1000, blank=True)
    flag_student_en = models.TextField(_("for students, in English"), max_length=1000, blank=True)
    declaration = models.CharField(
        _("self-declaration"), max_length=20, choices=Declaration.choices, blank=True
    )
    declared_on = models.DateField(_("declared on"), null=True, blank=True)
    declared_by = models.CharField(_("who declared it"), max_length=200, blank=True)
    # The same organisation under another name: its old address leads there.
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="former", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name_kana", "name_ja", "pk"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        triggers = [marks_changes_of("board")]
        indexes = [
            models.Index("name_ja_key", name="organisation_by_name_ja"),
            models.Index("name_en_key", name="organisation_by_name_en"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(models.Q(name_ja="") | ~models.Q(name_ja_key=""))
                & (models.Q(name_en="") | ~models.Q(name_en_key="")),
                name="organisation_can_be_found_by_its_names",
            ),
            models.CheckConstraint(
                condition=~models.Q(name_ja="", name_en=""),
                name="organisation_has_a_name",
                violation_error_message=_("Write the name in at least one language."),
            ),
            models.CheckConstraint(
                condition=models.Q(flag="") | ~models.Q(flag_staff=""),
                name="organisation_flag_says_why",
                violation_error_message=_("Write for the office why there is a flag."),
            ),
            models.CheckConstraint(
                condition=models.Q(declaration="", declared_on=None)
                | ~models.Q(declaration="") & models.Q(declared_on__isnull=False),
                name="organisation_declared_on_a_day",
                violation_error_message=_("Write on what day it was declared."),
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into=None) | ~models.Q(merged_into=models.F("pk")),
                name="organisation_not_merged_into_itself",
            ),
        ]

    def __str__(self):
        return in_language(self.name_ja, self.name_en)

    def save(self, *args, update_fields=None, **kwargs):
        """Keep it and its postings findable by its present name."""
        is_new = self._state.adding
        named = update_fields is None or not set(search.ORGANISATION_FIELDS).isdisjoint(
            update_fields
        )
        if update_fields and named:
            update_fields = {*update_fields, "name_ja_key", "name_en_key"}
        super().save(*args, update_fields=update_fields, **kwargs)
        if named and not is_new:
            search.refresh(self.postings.all())

    def get_absolute_url(self):
        return reverse("organisation_detail", args=[self.pk])

    @property
    def present(self) -> "Organisation":
        """Itself, or the one it was merged into."""
        return self.merged_into or self

    @property
    def is_stopped(self) -> bool:
        return self.flag == self.Flag.STOP

    @property
    def may_be_declined(self) -> bool:
        """Whether it says of itself what the office may decline its postings for."""
        return self.declaration == self.Declaration.ONE_APPLIES

    @property
    def student_message(self) -> str:
        return in_language(self.flag_student_ja, self.flag_student_en)


class Agreement(models.Model):
    """What the university and an organisation have agreed on, and for how long."""

    SOON = timedelta(days=90)

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="agreements")
    title = models.CharField(_("agreement"), max_length=200)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    note = models.TextField(_("note"), max_length=2000, blank=True)

    class Meta:
        ordering = [models.F("valid_until").desc(nulls_first=True), "-pk"]
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until=None)
                | models.Q(valid_until__gte=models.F("valid_from")),
                name="agreement_ends_after_it_starts",
                violation_error_message=_("The last day is before the first day."),
            )
        ]

    def __str__(self):
        return self.title

    def state(self, on: date) -> str:
        """One of: to_come, ended, soon (ends within 90 days), valid. Both days count."""
        if self.valid_from > on:
            return "to_come"
        if self.valid_until and self.valid_until < on:
            return "ended"
        return "soon" if self.valid_until and self.valid_until - on <= self.SOON else "valid"
