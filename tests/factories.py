"""Real rows for tests: `make_*(...)` fills in whatever a test does not care about."""

from datetime import date, datetime, timedelta
from itertools import count
from uuid import uuid4
from zoneinfo import ZoneInfo

from careers.desk.models import Enquiry, EnquiryMessage
from careers.people.models import Faculty, Student, User
from internships.board.models import Organisation, Posting
from internships.placements.models import Placement

TOKYO = ZoneInfo("Asia/Tokyo")
NOW = datetime(2026, 11, 22, 12, tzinfo=TOKYO)
TODAY = NOW.date()
number = count(1)


def make_faculty(**fields):
    n = next(number)
    defaults = {"code": f"faculty-{n}", "name_ja": f"第{n}学部", "name_en": f"Faculty {n}"}
    return Faculty.objects.create(**defaults | fields)


def make_user(*, roles=(), approves_for=(), **fields):
    n = next(number)
    defaults = {
        "email": f"person-{n}@example.ac.jp",
        "family_name": "山田",
        "given_name": f"花子{n}",
        "name_romaji": f"YAMADA Hanako {n}",
        "name_kana": f"ヤマダ ハナコ {n}",
        "language": "en",
    }
    user = User(**defaults | fields, roles=list(roles))
    user.set_unusable_password()
    user.save()
    user.approves_for.set(approves_for)
    return user


def make_student(**fields):
    n = next(number)
    defaults = {
        "student_no": f"S{n:06}",
        "level": Student.Level.UNDERGRAD,
        "year": "3",
        "expected_graduation": date(2028, 3, 31),
        "status_of_residence": "STUDENT",
        "nationality": "VN",
        "residence_expires_on": date(2028, 4, 30),
    }
    fields.setdefault("user", None)
    user = fields.pop("user") or make_user(roles=["student"])
    faculty = fields.pop("faculty", None) or make_faculty()
    return Student.objects.create(user=user, faculty=faculty, **defaults | fields)


def make_organisation(**fields):
    n = next(number)
    defaults = {"name_ja": f"株式会社みずなら{n}", "name_en": f"Mizunara {n} Inc."}
    return Organisation.objects.create(**defaults | fields)


def make_posting(**fields):
    """An open posting, unless the fields say otherwise."""
    n = next(number)
    defaults = {
        "ref": f"T{n:05}",
        "title_ja": f"調査インターン{n}",
        "title_en": f"Research intern {n}",
        "state": "published",
        "opens_at": NOW - timedelta(days=10),
        "closes_at": NOW + timedelta(days=20),
    }
    organisation = fields.pop("organisation", None) or make_organisation()
    return Posting.objects.create(organisation=organisation, **defaults | fields)


def make_placement(**fields):
    defaults = {
        "title": "Research intern",
        "host_name": "Mizunara Works",
        "starts_on": TODAY + timedelta(days=60),
        "ends_on": TODAY + timedelta(days=90),
    }
    student = fields.pop("student", None) or make_student()
    return Placement.objects.create(student=student, **defaults | fields)


def make_enquiry(**fields):
    asker = fields.pop("asker") if "asker" in fields else make_user(roles=["student"])
    defaults = {
        "topic": Enquiry.Topic.PERMISSION,
        "language": "en",
        "form_key": uuid4(),
        "waits_since": NOW,
    }
    return Enquiry.objects.create(asker=asker, **defaults | fields)


def make_message(enquiry=None, **fields):
    """The asker's words, or the office's where `author` is somebody else."""
    enquiry = enquiry or make_enquiry()
    author = fields.pop("author", enquiry.asker)
    from_office = author is not None and author != enquiry.asker
    defaults = {"text": "May I start?", "form_key": uuid4(), "from_office": from_office}
    return EnquiryMessage.objects.create(enquiry=enquiry, author=author, **defaults | fields)
