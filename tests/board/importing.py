"""Files of postings as the tests send them."""

import csv
import io
from pathlib import Path

import openpyxl

from careers.record.models import Event
from internships.board.importing import import_table, read_table
from internships.board.importing.cells import COLUMNS
from internships.board.models import Organisation, Posting

SAMPLE = Path("internships/office/sample/postings.csv")
# One that has nothing wrong.
LINE = {
    "ref": "I26-9001",
    "title_ja": "港の調査",
    "title_en": "Port survey",
    "organisation_ja": "株式会社みなと",
    "organisation_en": "Minato Inc.",
    "industry": "transport",
    "programme_type": "2",
    "description_ja": "港で調べます。",
    "prefecture": "13",
    "work_style": "onsite",
    "starts_on": "2027-02-15",
    "ends_on": "2027-02-18",
    "weekly_hours": "24",
    "daily_hours": "6",
    "days_per_week": "4",
    "pay_kind": "wage",
    "pay_yen": "1300",
    "pay_unit": "hour",
    "japanese_level": "N2",
    "english_level": "none",
    "faculties": "any",
    "study_years": "B3;B4",
    "credit_bearing": "n",
    "accepts_from_abroad": "n",
    "openings": "3",
    "opens_at": "2026-11-01T09:00:00+09:00",
    "closes_at": "2027-01-22T17:00:00+09:00",
    "apply_method": "email",
    "apply_to": "saiyo@minato.example.jp",
    "source": "employer",
    "venue": "ordinary",
}


def as_csv(*lines, encoding="utf-8"):
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, COLUMNS, restval="")
    writer.writeheader()
    writer.writerows(lines)
    return file.getvalue().encode(encoding)


def as_excel(headers, *rows):
    book = openpyxl.Workbook()
    for row in (headers, *rows):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def take(*lines, **options):
    """Import lines that differ from a good one in what they name."""
    return import_table(read_table(as_csv(*(LINE | line for line in lines))), **options)


def all_rows():
    return {
        model: list(model.objects.order_by("pk").values())
        for model in (Posting, Organisation, Event)
    }
