"""What the office has done with its postings and their hosts, by the verbs of the board."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from careers.people.models import User
from internships.board import content, organisations, workflow
from internships.board.models import Agreement, Posting
from internships.office.demo.past import days_ago
from internships.office.demo.people import staff

# Days ago that a posting of the sample was taken in, where that is not today: one that nobody has
# touched since, and those that somebody has worked on.
TAKEN_IN = {
    250: {"I26-0094"},
    30: {
        *("I26-0038", "I26-0046", "I26-0057", "I26-0061", "I26-0080", "I26-0086", "I26-0089"),
        *("I26-0096", "I26-0098", "I26-0102", "I26-0124", "I26-0147", "I26-0149", "I26-0157"),
    },
}
CAREFUL = {
    "memo": "電話は10時以降。窓口は人事部の相馬さん。学生の交通費は後日振り込み。",
    "addendum_ja": "売場に入る日は、黒い革靴で来てください。",
    "addendum_en": "Wear black leather shoes on the days you are on the shop floor.",
}
WARNED = {
    "flag": "warning",
    "flag_staff": "求人票と違う時間に働くよう言われたと、学生から連絡があった。会社に確認中。",
    "flag_student_ja": "応募の前に、働く時間をキャリアセンターで確認してください。",
    "flag_student_en": "Check the hours of work with the Career Center before you apply.",
}
STOPPED = {
    "flag": "stop",
    "flag_staff": "風俗営業の許可を受けた営業。求人は扱わない。",
    "flag_student_ja": "キャリアセンターはこの受入先の求人を扱っていません。",
    "flag_student_en": "The Career Center does not carry postings of this organisation.",
}
# Last year's programme, taken up again: its days are still to come from the host.
BEGUN = {
    "title_ja": "春季インターンシップ 商品開発コース",
    "title_en": "Spring Internship: Product Development",
}
SECOND_SERIES = {
    "title_ja": "英文契約書を読む勉強会(第2期・全6回)",
    "title_en": "Reading English Contracts: Second Series of Six Sessions",
}
PLACES_MISSING = "第2期の募集人数を受入先に確認して、書き直してください。"
HOURS_MISSING = "一日の見学の流れが英語だけです。日本語にも同じことを書いてください。"


def add_deeds() -> int:
    """Let the advisors of the sample look after some postings; give how many."""
    people = staff()
    for days, ref, by, deed in _DEEDS:
        with days_ago(days):
            deed(Posting.objects.get(ref=ref), people[by])
    return len({ref for _days, ref, _by, _deed in _DEEDS})


Deed = Callable[[Posting, User], Any]


def _verb(name: str, **asked: Any) -> Deed:
    return lambda posting, by: getattr(workflow, name)(posting, by=by, **asked)


def _given_to(number: str) -> Deed:
    return lambda posting, by: workflow.assign(posting, by=by, to=staff()[number])


def _rewritten(name: str, words: Mapping[str, str], **facts: Any) -> Deed:
    """Edit it, or propose to: add a sentence to each text, and change facts."""

    def deed(posting: Posting, by: User) -> None:
        texts = {field: f"{getattr(posting, field)}\n{text}" for field, text in words.items()}
        seen = workflow.version(posting)
        getattr(workflow, name)(posting, texts | facts, by=by, seen=seen)

    return deed


def _open_longer(posting: Posting, by: User) -> None:
    values = {"closes_at": posting.closes_at + timedelta(days=14), "openings": 3}
    workflow.propose(posting, values, by=by, seen=workflow.version(posting))


def _copy_of(posting: Posting, by: User, **changed: Any) -> Posting:
    values = content.of(posting) | dict.fromkeys(("starts_on", "ends_on", "opens_at", "closes_at"))
    values |= {"attachments": []} | changed
    return workflow.save_draft(values, by=by, form_key=uuid4(), copied_from=posting.ref)


def _begun(posting: Posting, by: User) -> None:
    _copy_of(posting, by, **BEGUN)


def _second_series(posting: Posting, by: User) -> None:
    """Six weeks after the first one; a colleague finds that a fact is missing."""
    later = {
        name: getattr(posting, name) + timedelta(weeks=6)
        for name in ("starts_on", "ends_on", "closes_at")
    }
    draft = _copy_of(posting, by, **SECOND_SERIES, **later, openings=None)
    workflow.submit(draft, by=by)
    workflow.return_posting(draft, by=staff()["A01"], reason=PLACES_MISSING)


def _flagged(values: Mapping[str, str]) -> Deed:
    return lambda posting, by: organisations.set_flag(
        posting.organisation, values, by=by, seen=organisations.version(posting.organisation)
    )


def _noted(posting: Posting, by: User) -> None:
    organisations.write_notes(posting.organisation, CAREFUL, by=by)


def _declared(posting: Posting, by: User) -> None:
    host = posting.organisation
    values = {
        "declaration": host.Declaration.NONE_APPLIES,
        "declared_on": timezone.localdate(),
        "declared_by": "人事担当",
    }
    seen = organisations.version(host)
    organisations.change(host, values, by=by, seen=seen, verb="declared")


def _agreed(title: str, first: date, days: int) -> Deed:
    """Have an agreement with its host, from a day on until so many days from now."""

    def deed(posting: Posting, by: User) -> None:
        host, until = posting.organisation, timezone.localdate() + timedelta(days=days)
        agreement = Agreement(title=title, valid_from=first, valid_until=until)
        organisations.save_agreement(host, agreement, by=by, seen=organisations.version(host))

    return deed


# Days ago, posting, who, what: in the order in which it happened.
_DEEDS: list[tuple[int, str, str, Deed]] = [
    (28, "I26-0038", "A07", _declared),
    (28, "I26-0038", "A07", _agreed("インターンシップに関する覚書", date(2024, 4, 1), 60)),
    (27, "I26-0046", "A07", _declared),
    (27, "I26-0046", "A07", _agreed("学生の受入れに関する協定", date(2025, 4, 1), 500)),
    (26, "I26-0046", "A07", _noted),
    (25, "I26-0089", "A01", _given_to("A02")),
    (24, "I26-0098", "A06", _verb("label", add=["留学生歓迎", "1・2年生"])),
    (24, "I26-0096", "A06", _verb("label", add=["留学生歓迎"])),
    (21, "I26-0147", "A01", _given_to("A01")),
    (20, "I26-0149", "A07", _given_to("A01")),
    (
        18,
        "I26-0089",
        "A02",
        _rewritten(
            "edit",
            {
                "requirements_ja": "応募の前に、作ったものがあれば見せてください。",
                "requirements_en": "If you have built something, show it when you apply.",
            },
        ),
    ),
    (12, "I26-0147", "A04", _verb("label", add=["要フォロー"])),
    (10, "I26-0102", "A08", _verb("note_outcome", applied=4, accepted=1, note="博士2年が参加。")),
    (6, "I26-0124", "A03", _verb("confirm")),
    (5, "I26-0157", "A07", _flagged(STOPPED)),
    (
        4,
        "I26-0057",
        "A01",
        _rewritten(
            "propose",
            {"description_en": "You meet the planning, sound and test teams in turn."},
        ),
    ),
    (3, "I26-0086", "A07", _flagged(WARNED)),
    (3, "I26-0087", "A01", _begun),
    (2, "I26-0030", "A07", _second_series),
    (3, "I26-0057", "A07", _verb("return_change", reason=HOURS_MISSING)),
    (
        2,
        "I26-0061",
        "A05",
        _rewritten(
            "propose",
            {"requirements_ja": "火を扱うので、綿の長袖と長ズボンが必要です。"},
            openings=2,
        ),
    ),
    (1, "I26-0080", "A02", _open_longer),
]
