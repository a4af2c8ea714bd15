"""A posting as JSON. Every field is in SCHEMA, and SCHEMA is what the OpenAPI document shows.

Nobody's name and address is in it, nor a sign of what a posting means for a student's status.
"""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from careers.prefectures import PREFECTURES
from internships.board.models import Industry, Posting
from internships.board.words import STUDY_YEARS


def _text(description: str) -> dict[str, Any]:
    return {"type": "string", "description": description}


def _both(description: str) -> dict[str, Any]:
    """Words in both languages; one may be empty."""
    return {
        "type": "object",
        "description": description,
        "properties": {"ja": {"type": "string"}, "en": {"type": "string"}},
        "required": ["ja", "en"],
    }


def _or_null(kind: str, description: str, **more) -> dict[str, Any]:
    return {"type": [kind, "null"], "description": description, **more}


def _one_of(choices, description: str) -> dict[str, Any]:
    codes = [str(code) for code, _words in choices]
    return {"type": ["string", "null"], "enum": [*codes, None], "description": description}


def _object(**properties) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _choices(name: str):
    return Posting._meta.get_field(name).choices


SCHEMA: dict[str, Any] = _object(
    ref=_text("Number of the posting; it never changes."),
    url=_text("Its page for people."),
    api_url=_text("This object."),
    title=_both("Title."),
    organisation=_object(
        name=_both("Name of the organisation."),
        kana=_text("Its name in katakana."),
        industry=_one_of(Industry.choices, "Field of business."),
        website=_text("Its website."),
        url=_text("Its page for people, with all its open postings."),
    ),
    applications_stopped={
        "type": "boolean",
        "description": "The office takes no applications to this organisation at present.",
    },
    notice=_both("What the office tells all applicants about this organisation."),
    programme_type=_or_null(
        "integer", "Type 1 to 4 of the national classification.", enum=[1, 2, 3, 4, None]
    ),
    description=_both("What you will do."),
    requirements=_both("Who can join."),
    place=_object(
        prefecture=_one_of(_choices("prefecture"), "JIS code of the prefecture."),
        prefecture_name=_both("Name of the prefecture."),
        city=_both("City."),
        work_style=_one_of(_choices("work_style"), "Where the work is done."),
    ),
    starts_on=_or_null("string", "First day.", format="date"),
    ends_on=_or_null("string", "Last day.", format="date"),
    hours=_object(
        weekly=_or_null("number", "Hours in the largest week."),
        daily=_or_null("number", "Hours a day, at most."),
        days_per_week=_or_null("number", "Days a week."),
        note=_text("Note on the schedule."),
    ),
    pay=_object(
        kind=_one_of(_choices("pay_kind"), "What the student receives."),
        yen=_or_null("integer", "Amount in yen."),
        unit=_one_of(_choices("pay_unit"), "The amount is per hour, day, month, or in all."),
        note=_both("Note on pay."),
    ),
    languages=_object(
        japanese=_one_of(_choices("japanese_level"), "Japanese needed."),
        english=_one_of(_choices("english_level"), "English needed."),
    ),
    faculties={
        "type": "array",
        "items": {"type": "string"},
        "description": "Codes of faculties it is open to; `any` stands alone.",
    },
    study_years={
        "type": "array",
        "items": {"type": "string", "enum": list(STUDY_YEARS)},
        "description": "Years of study it is open to: B bachelor, M master, D doctor.",
    },
    gives_credit={"type": "boolean", "description": "Gives credit."},
    course_code=_text("Code of the course, where it gives credit."),
    accepts_from_abroad=_or_null("boolean", "Open to students of universities abroad."),
    openings=_or_null("integer", "Places."),
    opens_at=_or_null("string", "On the board from.", format="date-time"),
    closes_at=_or_null("string", "Closes.", format="date-time"),
    apply_method=_one_of(_choices("apply_method"), "How to apply; the way is told on its page."),
    source=_one_of(_choices("source"), "Where it comes from."),
    changed_at=_or_null("string", "When it was last changed.", format="date-time"),
)


def posting_json(posting: Posting, absolute) -> dict[str, Any]:
    """Give an open posting, read with its organisation. absolute: makes addresses whole."""
    host = posting.organisation
    stopped = host.is_stopped
    return {
        "ref": posting.ref,
        "url": absolute(posting.get_absolute_url()),
        "api_url": absolute(reverse("api_posting", args=[posting.ref])),
        "title": _pair(posting, "title"),
        "organisation": {
            "name": _pair(host, "name"),
            "kana": host.name_kana,
            "industry": host.industry or None,
            "website": host.url,
            "url": absolute(reverse("organisation_detail", args=[host.pk])),
        },
        "applications_stopped": stopped,
        "notice": _pair(host, "flag_student"),
        "programme_type": posting.programme_type,
        "description": _pair(posting, "description"),
        "requirements": _pair(posting, "requirements"),
        "place": {
            "prefecture": posting.prefecture or None,
            "prefecture_name": dict(
                zip(("ja", "en"), PREFECTURES.get(posting.prefecture, ("", "")), strict=True)
            ),
            "city": _pair(posting, "city"),
            "work_style": posting.work_style or None,
        },
        "starts_on": posting.starts_on,
        "ends_on": posting.ends_on,
        "hours": {
            "weekly": _number(posting.weekly_hours),
            "daily": _number(posting.daily_hours),
            "days_per_week": _number(posting.days_per_week),
            "note": posting.schedule_note,
        },
        "pay": {
            "kind": posting.pay_kind or None,
            "yen": posting.pay_yen,
            "unit": posting.pay_unit or None,
            "note": _pair(posting, "pay_note"),
        },
        "languages": {
            "japanese": posting.japanese_level or None,
            "english": posting.english_level or None,
        },
        "faculties": posting.faculties,
        "study_years": posting.study_years,
        "gives_credit": posting.credit_bearing,
        "course_code": posting.course_code,
        "accepts_from_abroad": posting.accepts_from_abroad,
        "openings": posting.openings,
        "opens_at": _moment(posting.opens_at),
        "closes_at": _moment(posting.closes_at),
        "apply_method": posting.apply_method or None,
        "source": posting.source,
        "changed_at": _moment(posting.changed_at),
    }


def _pair(thing, name: str) -> dict[str, str]:
    return {language: getattr(thing, f"{name}_{language}") for language in ("ja", "en")}


def _moment(value) -> str | None:
    return timezone.localtime(value).isoformat() if value else None


def _number(value) -> float | None:
    return None if value is None else float(value)  # two places at most: a float shows them all
