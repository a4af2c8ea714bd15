from django.core.management.base import BaseCommand

from internships.board import search
from internships.board.models import Posting


class Command(BaseCommand):
    help = "Rebuild what text search knows of every posting."

    def handle(self, **options):
        rebuilt = search.refresh(Posting.objects.all())
        self.stdout.write(f"{rebuilt} postings rebuilt")
