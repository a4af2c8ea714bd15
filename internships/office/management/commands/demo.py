from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from careers.people.demo_people import demo_groups
from careers.people.models import Student, User
from internships.board.management.commands.import_postings import language_of_terminal
from internships.board.models import Posting
from internships.office.demo import build, clock
from internships.office.demo.large.size import LARGE
from internships.office.models import DemoClock


class Command(BaseCommand):
    help = "Fill an empty database with the sample university, dated for this week."

    def add_arguments(self, parser):
        parser.add_argument(
            "--size",
            choices=["small", "large"],
            default="small",
            help="large: 30,000 students and all that belongs to them; takes some minutes",
        )
        parser.add_argument(
            "--rebuild", action="store_true", help="empty the database first (demo mode only)"
        )
        parser.add_argument(
            "--age", action="store_true", help="only say when the sample has become old"
        )
        parser.add_argument("--lang", choices=["ja", "en"], default=language_of_terminal())

    def handle(self, *, age, rebuild, lang, size, **options):
        with translation.override(lang):
            if age:
                self._tell_age()
            elif rebuild or build.is_empty():
                self._build(size, rebuild=rebuild)
            elif DemoClock.objects.exists():
                self._tell_what_is_there()
            else:
                raise CommandError(
                    _("This database holds people already. The sample goes into an empty one.")
                )

    def _build(self, size, *, rebuild):
        if rebuild and not settings.DEMO:
            raise CommandError(_("Only a demo may be emptied: set DEMO=1 if this is one."))
        with transaction.atomic():
            if rebuild:
                build.clear()
            self._write(size)
        self._tell_who_can_sign_in()

    def _write(self, size):
        today, tell = timezone.localdate(), lambda line: self.stdout.write(f"  {line}")
        if size == "large":
            # Not the wrapper of Django: it would end the line under a moving bar.
            build.build_large(today, tell, self.stdout._out, LARGE)
        else:
            build.build(today, tell)

    def _tell_age(self):
        if clock.is_old(timezone.localdate()):
            self.stdout.write(
                _(
                    "The sample was built for %(day)s and its dates are old. "
                    "To build it anew: make demo"
                )
                % {"day": DemoClock.objects.get().built_on}
            )

    def _tell_what_is_there(self):
        self.stdout.write(
            _(
                "The sample university is here already, built for %(day)s: "
                "%(students)s students, %(staff)s members of staff, %(postings)s postings, "
                "%(open)s of them open. Nothing was changed; --rebuild starts anew."
            )
            % {
                "day": DemoClock.objects.get().built_on,
                "students": Student.objects.count(),
                "staff": User.objects.exclude(roles__contains=["student"]).count(),
                "postings": Posting.objects.count(),
                "open": Posting.objects.open(timezone.now()).count(),
            }
        )
        self._tell_age()
        self._tell_who_can_sign_in()

    def _tell_who_can_sign_in(self):
        groups = demo_groups()
        if groups:
            self.stdout.write(_("On the sign-in page one click signs in as:"))
        for person in (person for group in groups for person in group.people):
            self.stdout.write(f"  {person.user} <{person.user.email}>  {person.line}")
