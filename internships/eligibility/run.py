"""One run of the wizard: the address, who asks, which posting, and the walk they give."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from careers.law import Assessment, Edition, edition_for
from careers.people.calendar import academic_calendar
from careers.people.models import Student
from internships.board.models import Posting
from internships.eligibility import answers, decide
from internships.eligibility.editions import Linked, edition_id, linked_edition
from internships.eligibility.sources import (
    days_of,
    derivation,
    from_posting,
    from_record,
    said_once,
)
from internships.eligibility.typical import TYPICAL
from internships.eligibility.walk import Asked, Source, Walk, walk
from internships.placements.today import Otherwise, otherwise


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
    linked: Linked | None = None

    @property
    def query(self) -> str:
        return self.walk.query

    @property
    def result_query(self) -> str:
        """The address of the result: it names its rules, so that a link keeps its answer."""
        edition = self.linked.edition if self.linked else edition_for(self.on)
        return answers.to_query(self.walk.written, self.walk.ref, edition_id(edition))

    @property
    def rules_on(self) -> date:
        """The day whose rules decide: the day of work, unless a link names earlier rules."""
        return self.linked.edition.starts if self.is_older else self.on

    @property
    def is_older(self) -> bool:
        return self.linked is not None and self.linked.edition is not edition_for(self.on)

    @property
    def edition_today(self) -> Edition:
        return edition_for(self.on)

    def without_echo(self, asked: Asked) -> "Run":
        """Drop an answer that only repeats what the posting or the record says.

        What they say is read live each time, and never written into the address.
        """
        keys = {one.key for one in asked.fields}
        others = {key: value for key, value in self.written.items() if key not in keys}
        bare = make_run(others, self.walk.ref, self.student, posting=self.posting)
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
        return decide.decide(self.facts, self.rules_on)

    @cached_property
    def otherwise(self) -> Otherwise | None:
        """What today's rules say otherwise of the same facts, where a link names older ones."""
        return otherwise(self.assessment, decide.decide(self.facts, self.on))

    @property
    def facts(self) -> dict[str, Any]:
        """What the law is asked about: answers that count, and what else the posting states."""
        stated = from_posting(self.posting).facts if self.posting else {}
        known = {key: value for key, value in stated.items() if value is not None}
        return known | dict(self.walk.values)


def run_of(request: HttpRequest) -> Run:
    query = dict(request.GET.lists())
    return make_run(answers.collect(query), answers.posting_ref(query), student_of(request.user))


def result_of(query: QueryDict, user) -> Run:
    """Read the answers of a link to a result, with the rules it was made under."""
    given = dict(query.lists())
    written, ref = answers.collect(given), answers.posting_ref(given)
    return make_run(written, ref, student_of(user), edition=answers.edition_named(given))


def student_of(user) -> Student | None:
    if not user.is_authenticated or not user.is_student:
        return None
    return Student.objects.select_related("user", "faculty").filter(user=user).first()


def make_run(
    written: dict[str, str],
    ref: str,
    student: Student | None,
    *,
    edition: str = "",
    posting: Posting | None = None,
) -> Run:
    """edition: names the rules to decide by, as a link carries them; without, those of the day.
    posting: of a saved placement, whose posting may no longer be on the board.
    """
    posting = posting or public_posting(ref)
    gone = bool(ref) and posting is None
    run = _run_on(day_of_work(written, posting), written, posting, gone, student, edition)
    if "starts_on" in written and run.walk.find("dates") is None:
        # Days that no question asks for do not count, for the choice of rules either.
        run = _run_on(day_of_work({}, posting), written, posting, gone, student, edition)
    return run


def _run_on(day, written, posting, gone, student, edition) -> Run:
    sources = [from_posting(posting)] if posting else []
    sources += [from_record(student)] if student else []
    linked = linked_edition(edition, day)
    rules_on = linked.edition.starts if linked else day

    def walked(guess=None):
        return walk(
            written,
            sources=tuple(sources),
            derive=derivation(student),
            rules=decide.rules(rules_on),
            needs_office=lambda values: decide.needs_office(values, rules_on),
            ref=posting.ref if posting else "",
            guess=guess,
        )

    counted = walked()
    return Run(
        written=written,
        walk=counted,
        expected=counted if counted.complete else walked(TYPICAL),
        sources=tuple(sources),
        said_once=said_once(student) if student else None,
        student=student,
        posting=posting,
        posting_gone=gone,
        on=day,
        linked=linked,
    )


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
