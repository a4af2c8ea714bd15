from decimal import ROUND_DOWN, Decimal

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import get_language, override, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from careers.kana import katakana
from careers.people import roles
from careers.people.roles import Role
from careers.prefectures import prefecture_choices, prefecture_name
from careers.record.changes import marks_changes_of


def in_language(ja: str, en: str) -> str:
    """Give the text in the reader's language, or the other one where it is missing."""
    first, second = (ja, en) if (get_language() or "ja").startswith("ja") else (en, ja)
    return first or second


CENT = Decimal("0.01")


class Level(models.TextChoices):
    UNDERGRAD = "undergrad", _("undergraduate")
    MASTER = "master", _("master's course")
    DOCTOR = "doctor", _("doctoral course")
    JUNIOR_COLLEGE = "junior-college", _("junior college")
    KOSEN = "kosen", _("college of technology")
    VOCATIONAL = "vocational", _("specialised training college")
    RESEARCH = "research-student", _("research student")


class Faculty(models.Model):
    code = models.SlugField(_("code"), unique=True)
    name_ja = models.CharField(_("name in Japanese"), max_length=100)
    name_en = models.CharField(_("name in English"), max_length=100)
    for_level = models.CharField(
        _("answers for every student of this level"),
        max_length=20,
        blank=True,
        choices=Level.choices,
        help_text=_("For an office such as one for all doctoral students."),
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = _("faculty")
        verbose_name_plural = _("faculties")
        triggers = [marks_changes_of("faculties")]

    def __str__(self):
        return in_language(self.name_ja, self.name_en)


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        """Add an administrator: `manage.py createsuperuser` makes the first one, who invites."""
        return self.create_user(email, password, roles=[Role.ADMINISTRATOR], **fields)


@pghistory.track(exclude=["password", "last_login"])
class User(AbstractBaseUser):
    """A person who signs in. What she may do follows from `roles` alone (see roles.py)."""

    email = models.EmailField(_("e-mail"), unique=True)
    family_name = models.CharField(_("family name"), max_length=100, blank=True)
    given_name = models.CharField(_("given name"), max_length=100, blank=True)
    name_kana = models.CharField(_("name in kana"), max_length=200, blank=True)
    name_romaji = models.CharField(_("name in Latin letters"), max_length=200, blank=True)
    title_ja = models.CharField(_("title in Japanese"), max_length=100, blank=True)
    title_en = models.CharField(_("title in English"), max_length=100, blank=True)
    language = models.CharField(
        _("language of letters"),
        max_length=2,
        choices=[("ja", "日本語"), ("en", "English")],
        default="ja",
        blank=True,
        help_text=_("Where it is not known, letters are written in both languages."),
    )
    roles = ArrayField(
        models.CharField(max_length=20, choices=Role.choices),
        verbose_name=_("roles"),
        default=list,
        blank=True,
    )
    approves_for = models.ManyToManyField(
        Faculty, verbose_name=_("approves credit for"), blank=True, related_name="approvers"
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    invited_at = models.DateTimeField(_("invited"), null=True, blank=True, editable=False)
    date_joined = models.DateTimeField(_("added"), auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        ordering = ["name_kana", "email"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_unique_without_case"),
            models.CheckConstraint(
                condition=models.Q(roles__contained_by=Role.values), name="user_roles_known"
            ),
        ]

    def __str__(self):
        return self.get_full_name() or self.email

    def get_full_name(self):
        """Japanese office order; in English the Latin name as registered."""
        native = f"{self.family_name} {self.given_name}".strip()
        return in_language(native, self.name_romaji)

    def get_short_name(self):
        return self.family_name

    def has_role(self, *roles: str) -> bool:
        return self.is_active and not set(roles).isdisjoint(self.roles)

    @property
    def is_student(self):
        return self.has_role(Role.STUDENT)

    @property
    def is_staff(self):
        """Django's admin asks this: who finds a page there."""
        return self.has_perm("people.use_admin")

    @property
    def is_superuser(self):
        return False

    def has_perm(self, perm, obj=None):
        return perm in roles.permissions_of(self)

    def has_perms(self, perms, obj=None):
        return all(self.has_perm(perm, obj) for perm in perms)

    def has_module_perms(self, app_label):
        return any(perm.startswith(f"{app_label}.") for perm in roles.permissions_of(self))

    @property
    def letter_languages(self):
        return (self.language,) if self.language else ("ja", "en")

    @cached_property
    def _faculties_approved(self):
        return list(self.approves_for.all())

    def approves(self, student) -> bool:
        """Whether an approver answers for the student's faculty, or for her level everywhere."""
        return any(
            faculty.pk == student.faculty_id
            or (faculty.for_level and faculty.for_level == student.level)
            for faculty in self._faculties_approved
        )


class StatusOfResidence(models.TextChoices):
    """Codes of the law; `PREFER_NOT` is an answer a student may give and decides nothing."""

    STUDENT = "STUDENT", pgettext_lazy("status of residence", "Student")
    DEPENDENT = "DEPENDENT", _("Dependent")
    DA_JOBSEARCH = "DA_JOBSEARCH", _("Designated Activities (job search)")
    DA_OFFER = "DA_OFFER", _("Designated Activities (job offer)")
    DA_INTERN_9 = "DA_INTERN_9", _("Designated Activities No. 9 (internship)")
    DA_SUMMER_12 = "DA_SUMMER_12", _("Designated Activities No. 12 (summer job)")
    DA_OTHER = "DA_OTHER", _("Designated Activities (other)")
    CULTURAL = "CULTURAL", _("Cultural Activities")
    TEMP_VISITOR = "TEMP_VISITOR", _("Temporary Visitor")
    WORK_ESHI = "WORK_ESHI", _("Engineer/Specialist in Humanities/International Services")
    WORK_OTHER = "WORK_OTHER", _("Another work status")
    PR = "PR", _("Permanent Resident")
    SPECIAL_PR = "SPECIAL_PR", _("Special Permanent Resident")
    LTR = "LTR", _("Long-Term Resident")
    SPOUSE_JP = "SPOUSE_JP", _("Spouse or Child of Japanese National")
    SPOUSE_PR = "SPOUSE_PR", _("Spouse or Child of Permanent Resident")
    JAPANESE = "JAPANESE", _("Japanese nationality")
    NONE_ABROAD = "NONE_ABROAD", _("Not yet in Japan")
    UNKNOWN = "UNKNOWN", _("Not known")
    PREFER_NOT = "PREFER_NOT", _("Prefer not to say")

    @property
    def term(self) -> str:
        """The word on the card, for readers of another language; "" where there is none."""
        if self in ("JAPANESE", "NONE_ABROAD", "UNKNOWN", "PREFER_NOT"):
            return ""
        with override("ja"):
            return str(self.label)

    @property
    def words(self) -> str:
        """Give the name in the reader's language with the word on the card beside it."""
        label, term = str(self.label), self.term
        return label if term in ("", label) else f"{label} ({term})"


class StudentQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "StudentQuerySet":
        """Give the students whose page `user` may open; nobody else's exists for her."""
        if not user.has_perm("people.view_student"):
            return self.filter(user=user) if user.is_student else self.none()
        if user.has_role(Role.ADVISOR, Role.REVIEWER, Role.ADMINISTRATOR):
            return self
        own_faculties = models.Q(faculty__in=user.approves_for.values("pk"))
        own_levels = models.Q(level__in=user.approves_for.exclude(for_level="").values("for_level"))
        return self.filter(own_faculties | own_levels)

    def named_like(self, words: str) -> "StudentQuerySet":
        """Give those whose number, name or reading holds every word; no words: everybody."""
        found = self
        for word in words.split():
            holds = models.Q(student_no__istartswith=word)
            for name in ("family_name", "given_name", "name_romaji"):
                holds |= models.Q(**{f"user__{name}__icontains": word})
            found = found.filter(holds | models.Q(user__name_kana__contains=katakana(word)))
        return found


@pghistory.track()
class Student(models.Model):
    Level = Level

    class Enrolment(models.TextChoices):
        ENROLLED = "enrolled", _("enrolled")
        LEAVE = "leave", _("on leave")
        GRADUATED = "graduated", _("graduated")
        WITHDRAWN = "withdrawn", _("withdrawn")

    user = models.OneToOneField(User, models.PROTECT, verbose_name=_("person"))
    student_no = models.CharField(_("student number"), max_length=20, unique=True)
    faculty = models.ForeignKey(Faculty, models.PROTECT, verbose_name=_("faculty"))
    level = models.CharField(_("level"), max_length=20, choices=Level.choices)
    year = models.CharField(_("year"), max_length=2, blank=True)
    enrolment = models.CharField(
        _("enrolment"), max_length=10, choices=Enrolment.choices, default=Enrolment.ENROLLED
    )
    exchange = models.BooleanField(_("exchange student"), default=False)
    expected_graduation = models.DateField(_("expected graduation"), null=True, blank=True)
    credits_earned = models.PositiveSmallIntegerField(_("credits earned"), null=True, blank=True)
    credits_required = models.PositiveSmallIntegerField(
        _("credits required"), null=True, blank=True
    )
    name_in_passport = models.CharField(_("name in passport"), max_length=200, blank=True)
    nationality = models.CharField(_("nationality"), max_length=2, blank=True)
    status_of_residence = models.CharField(
        _("status of residence"),
        max_length=20,
        choices=StatusOfResidence.choices,
        default=StatusOfResidence.UNKNOWN,
    )
    residence_expires_on = models.DateField(_("period of stay ends"), null=True, blank=True)
    blanket_permission_until = models.DateField(
        _("blanket permission until"), null=True, blank=True
    )
    home_prefecture = models.CharField(
        _("prefecture of the home address"),
        max_length=2,
        blank=True,
        choices=prefecture_choices,
    )
    facts_confirmed_on = models.DateField(_("facts confirmed"), null=True, blank=True)

    objects = StudentQuerySet.as_manager()

    class Meta:
        ordering = ["student_no"]
        verbose_name = _("student")
        verbose_name_plural = _("students")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(blanket_permission_until=None)
                | models.Q(residence_expires_on=None)
                | models.Q(blanket_permission_until__lte=models.F("residence_expires_on")),
                name="student_permission_within_stay",
                violation_error_message=_("A permission lives no longer than the period of stay."),
            ),
        ]

    def __str__(self):
        return f"{self.student_no} {self.user}"

    @property
    def status(self) -> StatusOfResidence:
        return StatusOfResidence(self.status_of_residence)

    @property
    def credits_percent(self) -> Decimal | None:
        """Earned of what is needed to graduate, times 100, at most 100, never rounded up.

        None where it is not known, or nothing is needed.
        """
        if self.credits_earned is None or not self.credits_required:
            return None
        earned = min(self.credits_earned, self.credits_required)
        return (Decimal(earned * 100) / self.credits_required).quantize(CENT, ROUND_DOWN)

    @cached_property
    def other_jobs(self) -> "list[Job]":
        """Her jobs, read once for this object: pages ask for them with every posting."""
        return list(self.jobs.all())

    @property
    def home_prefecture_name(self):
        return prefecture_name(self.home_prefecture)


@pghistory.track()
class Job(models.Model):
    """Other paid work of a student: counted towards the weekly limit, except TA and RA work."""

    student = models.ForeignKey(Student, models.PROTECT, related_name="jobs")
    name = models.CharField(_("employer"), max_length=200)
    weekly_hours = models.DecimalField(
        _("hours a week"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(168)],
    )
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    is_own_university_tara = models.BooleanField(
        _("teaching or research assistant at this university"), default=False
    )

    class Meta:
        ordering = ["starts_on", "pk"]
        verbose_name = _("other job")
        verbose_name_plural = _("other jobs")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(weekly_hours__gte=0, weekly_hours__lte=168),
                name="job_hours_in_a_week",
                violation_error_message=_(
                    "Write hours as one number from 0 to 168, for example 27.5."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(starts_on=None)
                | models.Q(ends_on=None)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="job_ends_after_it_starts",
                violation_error_message=_("The last day is before the first day."),
            ),
        ]

    def __str__(self):
        return self.name


class CalendarPeriod(models.Model):
    """A line of the academic calendar. A day is term time unless it lies in a long vacation."""

    class Kind(models.TextChoices):
        TERM = "term", _("term")
        LONG_VACATION = "long_vacation", _("long vacation")
        EXAM = "exam", _("examinations")
        HOLIDAY = "holiday", _("class-free day, not long vacation")

    academic_year = models.PositiveSmallIntegerField(_("academic year"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    name_ja = models.CharField(_("name in Japanese"), max_length=100)
    name_en = models.CharField(_("name in English"), max_length=100)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        ordering = ["starts_on", "-ends_on", "pk"]
        verbose_name = _("calendar period")
        verbose_name_plural = _("academic calendar")
        triggers = [marks_changes_of("calendar")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="calendar_period_order",
                violation_error_message=_("The last day is before the first day."),
            ),
        ]

    def __str__(self):
        return in_language(self.name_ja, self.name_en)


NEUTRAL_OFFICE = {
    "university_ja": "大学",
    "university_en": "University",
    "office_ja": "キャリアセンター",
    "office_en": "Career Office",
    "email": "career-office@example.ac.jp",
}


@pghistory.track()
class OfficeSettings(models.Model):
    """One row: who the office is and the choices it makes. Change it with `load()`."""

    university_ja = models.CharField(_("university in Japanese"), max_length=100)
    university_en = models.CharField(_("university in English"), max_length=100)
    office_ja = models.CharField(_("office in Japanese"), max_length=100)
    office_en = models.CharField(_("office in English"), max_length=100)
    address_ja = models.CharField(_("address in Japanese"), max_length=200, blank=True)
    address_en = models.CharField(_("address in English"), max_length=200, blank=True)
    prefecture = models.CharField(
        _("prefecture"),
        max_length=2,
        default="13",
        choices=prefecture_choices,
    )
    email = models.EmailField(_("e-mail"))
    phone = models.CharField(_("telephone"), max_length=50, blank=True)
    opening_hours_ja = models.CharField(_("opening hours in Japanese"), max_length=200, blank=True)
    opening_hours_en = models.CharField(_("opening hours in English"), max_length=200, blank=True)
    flag_unpaid_over28_in_vacation = models.BooleanField(
        _("flag unpaid placements over 28 hours in the long vacation too"), default=True
    )
    bureau_lead_days = models.PositiveSmallIntegerField(
        _("days the immigration office may need"),
        default=60,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )
    mixed_week_reading = models.CharField(
        _("weeks that mix term and vacation"),
        max_length=20,
        choices=[("safe", _("count the whole week (safe)"))],
        default="safe",
    )
    enquiry_answer_days = models.PositiveSmallIntegerField(
        _("working days in which the office answers a question"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
    )
    second_person_publishes = models.BooleanField(
        _("a second person publishes an advisor's posting"), default=False
    )

    class Meta:
        verbose_name = _("office settings")
        verbose_name_plural = _("office settings")
        triggers = [marks_changes_of("office")]
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="office_settings_one_row"),
            models.CheckConstraint(
                condition=models.Q(enquiry_answer_days__gte=1, enquiry_answer_days__lte=30),
                name="office_answers_within_a_month",
            ),
        ]

    def __str__(self):
        return in_language(self.office_ja, self.office_en)

    @classmethod
    def read(cls) -> "OfficeSettings":
        """Give the one row, or neutral words where nobody has filled it in; write nothing."""
        return cls.objects.filter(pk=1).first() or cls(pk=1, **NEUTRAL_OFFICE)

    @classmethod
    def load(cls) -> "OfficeSettings":
        """Give the one row to be changed, made where nobody has filled it in."""
        row, _made = cls.objects.get_or_create(pk=1, defaults=NEUTRAL_OFFICE)
        return row
