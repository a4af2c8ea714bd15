"""One run of the wizard: the address, who asks, which posting, and the walk they give."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from careers.law import Assessment
from careers.people.calendar import academic_calendar
from careers.people.models import Student
from internships.board.models import Posting
from internships.eligibility import answers, decide
from internships.eligibility.sources import (
    days_of,
    derivation,
    from_posting,
    from_record,
    said_once,
)
from internships.eligibility.typical import TYPICAL
from internships.eligibility.walk import Asked, Source, Walk, walk


@dataclass
class Run:
    """written: the answers of the address as they came; walk: those that count."""

    written: dict[str, str]
    walk: Walk
    expected: Walk
    sources: tuple[Source, ...]
    said_once: Source | None
    student: Student | None
    posting: Posting | None
    posting_gone: bool
    on: date

    @property
    def query(self) -> str:
        return self.walk.query

    def without_echo(self, asked: Asked) -> "Run":
        """Drop an answer that only repeats what the posting or the record says.

        What they say is read live each time, and never written into the address.
        """
        keys = {one.key for one in asked.fields}
        others = {key: value for key, value in self.written.items() if key not in keys}
        bare = make_run(others, self.walk.ref, self.student)
        same = bare.walk.find(asked.step.code)
        echo = (
            same
            and same.answered
            and all(same.answers[key].value == asked.answers[key].value for key in keys)
        )
        return bare if echo else self

    @cached_property
    def derived(self) -> Mapping[str, tuple[Any, str]]:
        """What the record and the calendar say beyond the questions."""
        return derivation(self.student)(self.walk.values)

    @property
    def calendar_covers(self) -> bool:
        first, last = days_of(self.walk.values)
        return bool(first and last) and academic_calendar().covers(first, last)

    @cached_property
    def assessment(self) -> Assessment:
        return decide.decide(self.facts, self.on)

    @property
    def facts(self) -> dict[str, Any]:
        """What the law is asked about: answers that count, and what else the posting states."""
        stated = from_posting(self.posting).facts if self.posting else {}
        known = {key: value for key, value in stated.items() if value is not None}
        return known | dict(self.walk.values)


def run_of(request: HttpRequest) -> Run:
    return _run_of_query(request.GET, student_of(request.user))


def run_of_answers(written: str, user) -> Run:
    """Read answers that came in the body of a request, written as in an address."""
    return _run_of_query(QueryDict(written), student_of(user))


def _run_of_query(given: QueryDict, student: Student | None) -> Run:
    query = dict(given.lists())
    return make_run(answers.collect(query), answers.posting_ref(query), student)


def student_of(user) -> Student | None:
    if not user.is_authenticated or not user.is_student:
        return None
    return Student.objects.select_related("user", "faculty").filter(user=user).first()


def make_run(written: dict[str, str], ref: str, student: Student | None) -> Run:
    posting = public_posting(ref)
    sources = [from_posting(posting)] if posting else []
    sources += [from_record(student)] if student else []

    on = day_of_work(written, posting)

    def walked(guess=None):
        return walk(
            written,
            sources=tuple(sources),
            derive=derivation(student),
            rules=decide.rules(on),
            needs_office=lambda values: decide.needs_office(values, on),
            ref=posting.ref if posting else "",
            guess=guess,
        )

    counted = walked()
    expected = counted if counted.complete else walked(TYPICAL)
    gone = bool(ref) and posting is None
    once = said_once(student) if student else None
    return Run(written, counted, expected, tuple(sources), once, student, posting, gone, on)


def public_posting(ref: str) -> Posting | None:
    if not ref:
        return None
    public = Posting.objects.public(timezone.now()).select_related("organisation")
    return public.filter(ref=ref).first()


def day_of_work(written: dict[str, str], posting: Posting | None) -> date:
    """The rules of the first day count; without a day, today's."""
    typed = answers.read(answers.FIELDS["starts_on"], written.get("starts_on", "")).value
    if isinstance(typed, date):
        return typed
    if posting and posting.starts_on and not written.get("starts_on"):
        return posting.starts_on
    return timezone.localdate()
