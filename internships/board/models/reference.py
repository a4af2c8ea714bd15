from collections.abc import Iterable
from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from careers.people.kept import kept_until_changed
from careers.people.models import in_language
from careers.prefectures import PREFECTURES, prefecture_name
from careers.record.changes import marks_changes_of
from internships.board import search


class Confidence(models.TextChoices):
    """How well a piece of reference data is known; said beside it wherever it is shown."""

    PRIMARY = "primary", _("Official page")
    SECONDARY = "secondary", _("Secondary source")
    UNVERIFIED = "unverified", _("Unverified")


# More than this in one group makes a search slow and its result vague.
MOST_SYNONYMS = 12

# A row the office has changed is its own: loading the shipped data again leaves it alone.
KEPT_BY_OFFICE = {
    "verbose_name": _("kept by the office"),
    "help_text": _("Changed by the office: an update of the shipped data leaves it alone."),
    "default": False,
}


class Resource(models.Model):
    """A source outside the office: job site, agent, programme, official page."""

    class Category(models.TextChoices):
        JOB_SITE = "job_site", _("Job-search websites")
        INTERNSHIP_AGENT = "internship_agent", _("Internship agents")
        PROGRAMME = "programme", _("Internship programmes")
        PUBLIC_EMPLOYMENT = "public_employment", _("Public employment offices")
        STUDY_SUPPORT = "study_support", _("Support for international students")
        IMMIGRATION = "immigration", _("Immigration Services Agency")
        STANDARD = "standard", _("Standards and insurance")

    category = models.CharField(_("category"), max_length=40, choices=Category.choices)
    name_ja = models.CharField(_("name in Japanese"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    url = models.URLField(_("address"), max_length=500, blank=True)
    description_ja = models.TextField(_("description in Japanese"), blank=True)
    description_en = models.TextField(_("description in English"), blank=True)
    source = models.CharField(_("how we know"), max_length=500, blank=True)
    confidence = models.CharField(
        _("confidence"), max_length=20, choices=Confidence.choices, default=Confidence.UNVERIFIED
    )
    checked_on = models.DateField(_("last checked"))
    is_shown = models.BooleanField(_("shown in the directory"), default=True)
    kept_by_office = models.BooleanField(**KEPT_BY_OFFICE)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("source")
        verbose_name_plural = _("directory of sources")
        constraints = [
            models.UniqueConstraint(fields=["category", "name_en"], name="resource_listed_once"),
        ]

    def __str__(self):
        return in_language(self.name_ja, self.name_en)


class SynonymGroup(models.Model):
    """Words that mean the same to whoever searches: each finds what the others find."""

    code = models.SlugField(_("code"), unique=True, null=True, blank=True, editable=False)
    words = models.TextField(
        _("words"),
        help_text=_(
            "One word or expression on each line. Width, case, kana and plural need no line of"
            " their own."
        ),
    )
    is_used = models.BooleanField(_("used in searches"), default=True)
    kept_by_office = models.BooleanField(**KEPT_BY_OFFICE)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("group of synonyms")
        verbose_name_plural = _("synonyms")
        triggers = [marks_changes_of("synonyms")]

    def __str__(self):
        return " / ".join(search.words_of_group(self.words))

    def clean(self):
        words = search.words_of_group(self.words)
        if unread := [word for word in words if not search.key_of(word)]:
            raise ValidationError(
                {"words": _("Nothing can be looked for in: %(word)s") % {"word": unread[0]}}
            )
        if not 2 <= len({search.key_of(word) for word in words}) <= MOST_SYNONYMS:
            raise ValidationError(
                {
                    "words": _("Write from 2 to %(most)s words that search tells apart.")
                    % {"most": MOST_SYNONYMS}
                }
            )


@kept_until_changed("synonyms")
def synonyms() -> search.Synonyms:
    """Give each word that has others of the same meaning, with all of them."""
    meaning: dict[tuple[str, ...], tuple[str, ...]] = {}
    for words in SynonymGroup.objects.filter(is_used=True).values_list("words", flat=True):
        group = search.words_of_group(words)
        for word in group:
            key = search.key_of(word)
            meaning[key] = tuple(dict.fromkeys([*meaning.get(key, ()), *group]))
    return meaning


class BureauQuerySet(models.QuerySet):
    def responsible_for(self, prefecture: str) -> "Bureau | None":
        """Give the office for applications from a prefecture: the district office that names it,
        else the bureau; None for a prefecture nobody names."""
        offices = self.filter(prefectures__contains=[prefecture], takes_residence_applications=True)
        return offices.order_by(models.F("parent").desc(nulls_last=True), "pk").first()


class Bureau(models.Model):
    """An office of the Immigration Services Agency and the prefectures it answers for."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    kind = models.CharField(_("kind"), max_length=30)
    name_ja = models.CharField(_("name in Japanese"), max_length=100)
    name_en = models.CharField(_("name in English"), max_length=100)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True)
    prefectures = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    jurisdiction_ja = models.TextField(_("area in Japanese"), blank=True)
    jurisdiction_en = models.TextField(_("area in English"), blank=True)
    takes_residence_applications = models.BooleanField(
        _("takes applications about residence"), null=True, blank=True
    )
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    address_ja = models.CharField(_("address"), max_length=200, blank=True)
    phone = models.CharField(_("telephone"), max_length=50, blank=True)
    source = models.TextField(_("how we know"), blank=True)
    source_date = models.CharField(_("date of the source"), max_length=50, blank=True)
    confidence = models.CharField(
        _("confidence"), max_length=20, choices=Confidence.choices, default=Confidence.UNVERIFIED
    )
    note = models.TextField(_("note"), blank=True)
    checked_on = models.DateField(_("last checked"))
    kept_by_office = models.BooleanField(**KEPT_BY_OFFICE)

    objects = BureauQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("immigration office")
        verbose_name_plural = _("immigration offices")

    def __str__(self):
        return in_language(self.name_ja, self.name_en)

    @property
    def area(self) -> str:
        return in_language(
            self.jurisdiction_ja.replace(";", "、"), self.jurisdiction_en.replace(";", ", ")
        )


class MinimumWageQuerySet(models.QuerySet):
    def on_days(self, prefecture: str, first: date, last: date) -> "MinimumWage | None":
        """As `highest_on_days`, read for one prefecture."""
        return highest_on_days(
            self.filter(prefecture=prefecture).order_by("-effective_from"), first, last
        )


def highest_on_days(
    wages: Iterable["MinimumWage"], first: date, last: date
) -> "MinimumWage | None":
    """Give the highest that holds on any day of work, as far as the loaded tables know.

    wages: of one prefecture, newest first. Of days in the wrong order the first alone counts.
    """
    known = [one for one in wages if one.effective_from <= max(first, last)]
    later = [one for one in known if one.effective_from > first]
    in_force = known[: len(later) + 1]
    return max(in_force, key=lambda one: one.yen_per_hour, default=None)


class MinimumWage(models.Model):
    """The hourly minimum wage of a prefecture from a day on."""

    prefecture = models.CharField(
        _("prefecture"),
        max_length=2,
        choices=[(code, names[0]) for code, names in PREFECTURES.items()],
    )
    yen_per_hour = models.PositiveSmallIntegerField(_("yen an hour"))
    effective_from = models.DateField(_("from"))
    kept_by_office = models.BooleanField(**KEPT_BY_OFFICE)

    objects = MinimumWageQuerySet.as_manager()

    class Meta:
        ordering = ["prefecture", "-effective_from"]
        verbose_name = _("minimum wage")
        verbose_name_plural = _("minimum wages")
        constraints = [
            models.UniqueConstraint(
                fields=["prefecture", "effective_from"], name="minimum_wage_once_a_day"
            )
        ]

    def __str__(self):
        return f"{prefecture_name(self.prefecture)} {self.yen_per_hour}"

    @property
    def fiscal_year(self) -> int:
        """Tables are named for the year from 1 April in which they took effect."""
        return self.effective_from.year - (self.effective_from.month < 4)
