"""The office itself, its academic calendar and its bulletin board."""

import csv
import io
from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Value
from django.db.models.functions import Least
from django.utils import timezone

from careers.people.models import CalendarPeriod, OfficeSettings
from internships.board.importing import import_table, read_table
from internships.board.models import Posting
from internships.office.demo.clock import moved_date, moved_moment
from internships.office.demo.past import days_ago
from internships.office.demo.postings import TAKEN_IN
from internships.office.demo.sample import rows

OFFICE = {
    "university_ja": "水楢大学",
    "university_en": "Mizunara University",
    "office_ja": "キャリアセンター",
    "office_en": "Career Center",
    "address_ja": "東京都水楢市学園一丁目1番 学生会館2階",
    "address_en": "Student Hall 2F, 1-1 Gakuen, Mizunara, Tokyo",
    "prefecture": "13",
    "email": "career-office@example.ac.jp",
    "phone": "042-000-0000",
    "opening_hours_ja": "月曜日〜金曜日 9:00〜17:00(11:30〜12:30を除く)",
    "opening_hours_en": "Monday to Friday, 9:00 to 17:00 (closed 11:30 to 12:30)",
}


def add_settings() -> None:
    OfficeSettings.objects.update_or_create(pk=1, defaults=OFFICE)


def add_calendar(shift: timedelta) -> int:
    periods = [
        CalendarPeriod(
            # The year moves with its terms and keeps its name: the one before the year it ends in.
            academic_year=(date(int(row["academic_year"]) + 1, 3, 31) + shift).year - 1,
            kind=row["kind"],
            name_ja=row["name_ja"],
            name_en=row["name_en"],
            starts_on=moved_date(row["starts_on"], shift),
            ends_on=moved_date(row["ends_on"], shift),
            note=row["note"],
        )
        for row in rows("academic_calendar.csv")
    ]
    return len(CalendarPeriod.objects.bulk_create(periods))


def add_postings(shift: timedelta) -> tuple[int, int]:
    """Take the sample's postings the way any file is taken in; give all and those published."""
    postings = _moved_postings(shift)
    for days, refs in TAKEN_IN.items():
        with days_ago(days):
            _take_in(row for row in postings if row["ref"] in refs)
    _take_in(postings)
    # The office would have written each one before it opened, not all of them today.
    written_at = Least("opens_at", Value(timezone.now()))
    moments = ("created_at", "changed_at", "words_changed_ja_at", "words_changed_en_at")
    Posting.objects.update(**dict.fromkeys(moments, written_at))
    on_board = Posting.objects.filter(state=Posting.State.PUBLISHED)
    return Posting.objects.count(), on_board.update(published_at=written_at)


def _moved_postings(shift: timedelta) -> list[dict[str, str]]:
    postings = list(rows("postings.csv"))
    for row in postings:
        for name in ("starts_on", "ends_on"):
            row[name] = str(moved_date(row[name], shift))
        for name in ("opens_at", "closes_at"):
            row[name] = moved_moment(row[name], shift)
    return postings


def _take_in(postings: Iterable[dict[str, str]]) -> None:
    lines = list(postings)
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, lines[0])
    writer.writeheader()
    writer.writerows(lines)
    import_table(read_table(file.getvalue().encode()), publish=True)
