"""What the four types and the minimum wage mean for a reader, in plain words with the source."""

from collections.abc import Iterator

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careers.prefectures import prefecture_name
from internships.board.models import MinimumWage, Posting

_TYPES = {
    1: gettext_lazy(
        "Type 1 of four, open company: three ministries agreed not to call it an internship."
    ),
    2: gettext_lazy(
        "Type 2 of four, career education: three ministries agreed not to call it an internship."
    ),
    3: gettext_lazy(
        "Type 3 of four, an internship as three ministries agreed: five days or more, more than"
        " half of them at the workplace, with guidance by staff. Only then may the organisation"
        " use what it learns of you for hiring, from the official dates on."
    ),
    4: gettext_lazy(
        "Type 4 of four, an internship for doctoral students: two months or more, paid and for"
        " credit."
    ),
}
_IS_IT_WORK = gettext_lazy(
    "Watching and trying out is not work. Whoever works under orders for the organisation’s"
    " benefit is a worker and must get the minimum wage, whatever it is called."
)


def notes_on(posting: Posting, least: MinimumWage | None) -> list[str]:
    """least: the minimum wage at the place of work on its days, as far as we know it."""
    return [*_of_type(posting), *_of_pay(posting, least)]


def _of_type(posting: Posting) -> Iterator[str]:
    if posting.programme_type in _TYPES:
        source = _("Source: agreement of 13 June 2022, as universities quote it.")
        yield f"{_TYPES[posting.programme_type]} {source}"


def _of_pay(posting: Posting, least: MinimumWage | None) -> Iterator[str]:
    if posting.pay_kind in ("none", "actual_costs"):
        yield str(_IS_IT_WORK)
    elif posting.yen_an_hour is not None and least is not None:
        yield from _compared(posting, least)


def _compared(posting: Posting, least: MinimumWage) -> Iterator[str]:
    words = {
        "yen": number_format(int(posting.yen_an_hour), force_grouping=True),
        "least": number_format(least.yen_per_hour, force_grouping=True),
        "place": prefecture_name(least.prefecture),
        "year": least.fiscal_year,
    }
    if posting.yen_an_hour >= least.yen_per_hour:
        yield (
            _(
                "It comes to ¥%(yen)s an hour. Workers in %(place)s must get at least ¥%(least)s"
                " (table of fiscal %(year)s)."
            )
            % words
        )
        return
    yield (
        _(
            "It comes to ¥%(yen)s an hour, less than the ¥%(least)s that workers in %(place)s must"
            " get (table of fiscal %(year)s). Ask us before you apply."
        )
        % words
    )
    if posting.pay_kind == "flat_allowance":
        yield str(_IS_IT_WORK)
