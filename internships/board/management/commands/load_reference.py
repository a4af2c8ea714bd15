from django.core.management.base import BaseCommand

from internships.board.reference import load_reference_data


class Command(BaseCommand):
    help = "Load the shipped directory of sources, immigration offices and minimum wages."

    def handle(self, **options):
        for name, rows in load_reference_data().items():
            self.stdout.write(f"{name}: {rows}")
