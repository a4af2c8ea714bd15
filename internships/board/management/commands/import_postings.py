import os
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from internships.board.importing import ACTIONS, Stopped, Unreadable, import_table, write_report
from internships.board.importing.sheets import read_file
from internships.board.problems import BLOCKING, WORDS


class Command(BaseCommand):
    help = (
        "Import postings from a CSV or Excel file. "
        "Exit code 0: done; 1: some lines were refused; 2: nothing was written."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="tell only, write nothing")
        parser.add_argument(
            "--publish", action="store_true", help="publish what has no blocking problem"
        )
        parser.add_argument("--report", type=Path, help="write a CSV with one line for each line")
        parser.add_argument(
            "--force", action="store_true", help="go on although many open postings would vanish"
        )
        parser.add_argument("--lang", choices=["ja", "en"], default=language_of_terminal())

    def handle(self, *args, **options):
        with translation.override(options["lang"]):
            self._import(**options)

    def _import(self, *, file, dry_run, publish, report, force, **options):
        if report and (report.is_dir() or not os.access(report.absolute().parent, os.W_OK)):
            raise CommandError(
                _("The report cannot be written to %(file)s.") % {"file": report}, returncode=2
            )
        try:
            table = read_file(file)
            summary = import_table(table, publish=publish, dry_run=dry_run, force=force)
        except Unreadable as error:
            raise CommandError(str(error), returncode=2) from error
        except Stopped as error:
            again = _("Nothing was written. Repeat with --force if that is meant.")
            raise CommandError(f"{error} {again}", returncode=2) from error
        lost = self._report(summary, report) if report else ""
        self._tell(table, summary, dry_run=dry_run, publish=publish)
        if lost:
            raise CommandError(lost, returncode=1)

    def _report(self, summary, report) -> str:
        """Write the report; give what to say where that fails, as on a full disk."""
        try:
            write_report(summary, report)
        except OSError as error:
            words = _("The import is done, but its report could not be written: %(why)s")
            return words % {"why": error.strerror}
        return ""

    def _tell(self, table, summary, *, dry_run, publish):
        if table.unknown_headers:
            self.stdout.write(
                _("Columns that were not used: %(names)s")
                % {"names": ", ".join(table.unknown_headers)}
            )
        for result in summary.results:
            if result.notes or (publish and result.posting and result.held):
                self._tell_line(result)
        self.stdout.write(
            _(
                "%(created)s created, %(updated)s updated, %(unchanged)s unchanged, "
                "%(refused)s refused."
            )
            % {name: summary.count(name) for name in ACTIONS}
        )
        if summary.waiting:
            self.stdout.write(
                _("Changes of postings on the board that wait for approval: %(count)s.")
                % {"count": summary.waiting}
            )
        if publish:
            self.stdout.write(
                _("%(published)s published, %(held)s held.")
                % {"published": summary.published, "held": len(summary.held)}
            )
        if dry_run:
            self.stdout.write(_("This was a trial run: nothing was written."))
        if summary.refused:
            raise CommandError(
                _("%(count)s lines were refused.") % {"count": len(summary.refused)}, returncode=1
            )

    def _tell_line(self, result):
        if result.action == "refused":
            template = _("Line %(row)s refused: %(why)s")
        else:
            template = _("Line %(row)s: %(why)s")
        blocking = [code for code in result.problems if code in BLOCKING]
        held = [_("held: %(why)s (%(code)s)") % {"why": WORDS[c], "code": c} for c in blocking]
        why = " / ".join(map(str, result.notes + (held if result.posting else [])))
        self.stdout.write(template % {"row": result.line.excel_row, "why": why})


def language_of_terminal() -> str:
    return "ja" if os.environ.get("LANG", "").startswith("ja") else "en"
