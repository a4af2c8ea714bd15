from django.core.management.base import BaseCommand

from careers.desk import files, letters


class Command(BaseCommand):
    help = "Send the letters that are due and sweep files that a killed process left."

    def handle(self, **options):
        self.stdout.write(f"{letters.send_due()} sent")
        files.sweep()
