"""The administrators' side of people: who signs in, faculties, the calendar, the office."""

from allauth.account.decorators import secure_admin_login
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from careers.people import workflow
from careers.people.calendar import academic_calendar
from careers.people.models import CalendarPeriod, Faculty, OfficeSettings, Student, User
from careers.people.plain_links import PlainLinksAdmin
from careers.people.private_search import PrivateSearchAdmin
from careers.people.roles import FIELDS, FieldGroup, Role
from careers.record.admin import RecordedAdmin

admin.site.enable_nav_sidebar = False
# The admin's own sign-in page would know nothing of rate limits: ours serves both.
admin.site.login = secure_admin_login(admin.site.login)


class PersonForm(forms.ModelForm):
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("A person may hold several. Without one she sees what a visitor sees."),
    )

    editor: User

    class Meta:
        widgets = {"approves_for": forms.CheckboxSelectMultiple}
        # A person's, unlike a posting's or an organisation's, which are other words in Japanese.
        labels = {
            "name_kana": pgettext_lazy("person", "Name in kana"),
            "title_ja": pgettext_lazy("person", "Title in Japanese"),
            "title_en": pgettext_lazy("person", "Title in English"),
        }

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        taken = User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk)
        if taken.exists():
            raise ValidationError(_("There is a person with this address already."))
        return email

    def clean(self):
        data = super().clean()
        roles, faculties = data.get("roles", []), data.get("approves_for")
        if Role.APPROVER in roles and not faculties:
            self.add_error("approves_for", _("Choose the faculties this approver answers for."))
        if Role.APPROVER not in roles and faculties:
            self.add_error("roles", _("Only a credit approver has faculties to approve for."))
        if Role.STUDENT not in roles and Student.objects.filter(user_id=self.instance.pk).exists():
            self.add_error("roles", _("This person has a student record and stays a student."))
        if self.instance == self.editor:
            self.keep_the_door_open(data)
        return data

    def keep_the_door_open(self, data):
        """Nobody locks herself out, so there is always an administrator."""
        if Role.ADMINISTRATOR not in data.get("roles", []):
            self.add_error("roles", _("You cannot take this role from yourself. Ask a colleague."))
        if not data.get("is_active", True):
            self.add_error("is_active", _("You cannot deactivate yourself. Ask a colleague."))


class RoleFilter(admin.SimpleListFilter):
    title = _("role")
    parameter_name = "role"

    def lookups(self, request, model_admin):
        return Role.choices

    def queryset(self, request, queryset):
        return queryset.filter(roles__contains=[self.value()]) if self.value() else queryset


@admin.register(User)
class UserAdmin(PrivateSearchAdmin, RecordedAdmin):
    form = PersonForm
    search_fields = ["email", "family_name", "given_name", "name_kana", "name_romaji"]
    list_display = ["email", "family_name", "given_name", "role_words", "is_active", "invited_at"]
    list_filter = ["is_active", RoleFilter, "approves_for"]
    actions = ["invite_again"]
    readonly_fields = ["invited_at", "last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["email", "language"]}),
        (
            _("Names"),
            {"fields": ["family_name", "given_name", "name_kana", "name_romaji"]},
        ),
        (_("Position"), {"fields": ["title_ja", "title_en"]}),
        (_("Rights"), {"fields": ["roles", "approves_for", "is_active"]}),
        (_("Sign-in"), {"fields": ["invited_at", "last_login", "date_joined"]}),
    ]

    def person_touched(self, user):
        return user

    @admin.display(description=_("roles"))
    def role_words(self, user):
        return ", ".join(str(Role(role).label) for role in user.roles)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.editor = request.user
        return form

    def save_model(self, request, user, form, change):
        if not change:
            user.set_unusable_password()
        super().save_model(request, user, form, change)
        workflow.forget_old_addresses(user)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if not change and form.instance.is_active:
            self.invite(request, form.instance)

    def invite(self, request, user) -> bool:
        """The person stays even where the letter could not be sent; then it is said."""
        try:
            workflow.invite(user, by=request.user)
        except ValidationError as refused:
            messages.error(request, refused.messages[0])
        except OSError:
            words = _("The letter to %(email)s could not be sent. Invite the person again later.")
            messages.error(request, words % {"email": user.email})
        else:
            return True
        return False

    @admin.action(description=_("Invite again (send a link to set a password)"))
    def invite_again(self, request, queryset):
        if not request.user.has_perm("people.invite_user"):
            raise PermissionDenied
        sent = sum(self.invite(request, user) for user in queryset)
        if sent:
            words = ngettext("%(sent)d letter was sent.", "%(sent)d letters were sent.", sent)
            messages.success(request, words % {"sent": sent})


class StudentForm(forms.ModelForm):
    def clean_user(self):
        user = self.cleaned_data["user"]
        if Role.STUDENT not in user.roles:
            raise ValidationError(_("Give this person the role of a student first."))
        return user


@admin.register(Student)
class StudentAdmin(PlainLinksAdmin, PrivateSearchAdmin, RecordedAdmin):
    """What the student system holds. The residence fields are for those who work with them."""

    form = StudentForm
    list_display = ["student_no", "user", "faculty", "level", "year", "enrolment"]
    list_filter = ["faculty", "level", "enrolment"]
    list_select_related = ["user", "faculty"]
    raw_id_fields = ["user"]
    search_fields = ["student_no", *(f"user__{name}" for name in UserAdmin.search_fields)]

    def person_touched(self, student):
        return student.user

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user)

    def get_fields(self, request, obj=None):
        groups = [FieldGroup.IDENTITY, FieldGroup.STUDIES]
        if request.user.has_perm("people.view_residence"):
            groups.append(FieldGroup.RESIDENCE)
        return ["user", *(name for group in groups for name in FIELDS[group])]

    def get_readonly_fields(self, request, obj=None):
        """The residence is the student's own to correct; a record stays with its person."""
        return [*FIELDS[FieldGroup.RESIDENCE], *(["user"] if obj else [])]

    def lookup_allowed(self, lookup, value, request):
        """A filter written into the address would tell what the page does not show."""
        hidden = lookup.split("__")[0] in FIELDS[FieldGroup.RESIDENCE]
        if hidden and not request.user.has_perm("people.view_residence"):
            return False
        return super().lookup_allowed(lookup, value, request)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        student = self.get_object(request, object_id)
        if student and self.has_view_permission(request, student):
            workflow.note_opening(student, by=request.user)
        return super().change_view(request, object_id, form_url, extra_context)


@admin.register(Faculty)
class FacultyAdmin(RecordedAdmin):
    list_display = ["code", "name_ja", "name_en", "for_level"]


class CalendarPeriodForm(forms.ModelForm):
    def clean(self):
        data = super().clean()
        year, first = data.get("academic_year"), data.get("starts_on")
        right = academic_calendar().year_end(first).year - 1 if first else year
        if year and right != year:
            words = _("The first day lies in the academic year %(year)s (April to March).")
            self.add_error("academic_year", words % {"year": right})
        return data


@admin.register(CalendarPeriod)
class CalendarPeriodAdmin(RecordedAdmin):
    form = CalendarPeriodForm
    list_display = ["name_ja", "name_en", "kind", "starts_on", "ends_on", "academic_year"]
    list_filter = ["academic_year", "kind"]


@admin.register(OfficeSettings)
class OfficeSettingsAdmin(RecordedAdmin):
    fieldsets = [
        (
            _("University and office"),
            {"fields": [("university_ja", "university_en"), ("office_ja", "office_en")]},
        ),
        (
            _("Contact"),
            {
                "fields": [
                    ("address_ja", "address_en"),
                    "prefecture",
                    "email",
                    "phone",
                    ("opening_hours_ja", "opening_hours_en"),
                ]
            },
        ),
        (
            _("How the office reads the rules"),
            {
                "fields": [
                    "flag_unpaid_over28_in_vacation",
                    "bureau_lead_days",
                    "mixed_week_reading",
                ]
            },
        ),
        (_("Board"), {"fields": ["second_person_publishes"]}),
        (_("Questions"), {"fields": ["enquiry_answer_days"]}),
    ]

    def changelist_view(self, request, extra_context=None):
        """There is one row: its page is the list."""
        row = OfficeSettings.load()
        return HttpResponseRedirect(reverse("admin:people_officesettings_change", args=[row.pk]))

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
