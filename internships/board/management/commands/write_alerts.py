from django.core.management.base import BaseCommand
from django.utils import timezone

from careers.people.kept import keeping
from internships.board.following import reminders


class Command(BaseCommand):
    help = "Write the letters about saved postings and searches that are due."

    def handle(self, **options):
        now = timezone.now()
        with keeping():
            self.stdout.write(f"{reminders.write_reminders(now)} reminders")
