from django.core.management.base import BaseCommand
from django.utils import timezone

from careers.people.kept import keeping
from internships.board import closing
from internships.board.following import digest, forgetting, reminders


class Command(BaseCommand):
    help = (
        "Write the letters that are due: saved postings, searches, postings that close soon; "
        "forget what is over."
    )

    def handle(self, **options):
        now = timezone.now()
        with keeping():
            self.stdout.write(f"{reminders.write_reminders(now)} reminders")
            self.stdout.write(f"{digest.write_digests(now)} digests")
            self.stdout.write(f"{closing.remind(now)} reminders to the office")
        forgetting.forget(now)
