"""A new table of minimum wages: read from what somebody pasted, loaded, held against postings."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from careers.people.fields import DATE_SHAPES, normalised
from careers.people.models import User
from careers.prefectures import PREFECTURES
from careers.record import log
from internships.board.models import MinimumWage, Posting
from internships.board.problems import WageTable, in_order, is_below

COLUMNS = ("prefecture", "yen", "from")
# Outside of these a number is a slip of the pen: the lowest of all is above 1,000 yen since 2025.
PLAUSIBLE = range(600, 5001)
YEARS = range(2000, 2101)
_BELOW = "P_BELOW_MIN_WAGE"
_CODE_OF = {name: code for code, names in PREFECTURES.items() for name in (code, *names)}
_CODE_OF |= {names[0][:-1]: code for code, names in PREFECTURES.items() if code != "01"}
_CODE_OF = {name.casefold(): code for name, code in _CODE_OF.items()}


@dataclass(frozen=True)
class Row:
    prefecture: str
    yen_per_hour: int
    effective_from: date


@dataclass
class Loaded:
    """What loading a table did; `lower` are rows below the table before, by their prefecture."""

    added: int = 0
    changed: int = 0
    same: int = 0
    lower: list[str] = field(default_factory=list)
    below: list[Posting] = field(default_factory=list)


def read_table(text: str) -> list[Row]:
    """Read lines of prefecture, yen an hour and first day, with commas or tabs between them.

    The first line may name the columns, as in the table that ships. Raises ValidationError
    with one message a line that cannot be read; then nothing of it is of use.
    """
    lines = list(_cells(text))
    if not lines:
        raise ValidationError(_("Write at least one line."))
    rows, errors, seen = [], [], {}
    for number, cells in lines:
        try:
            row = _row(cells)
            key = (row.prefecture, row.effective_from)
            if key in seen:
                raise ValidationError(_("the same as line %(line)s") % {"line": seen[key]})
            seen[key] = number
            rows.append(row)
        except ValidationError as error:
            words = {"line": number, "what": "; ".join(error.messages)}
            errors.append(_("Line %(line)s: %(what)s.") % words)
    if errors:
        raise ValidationError(errors)
    return rows


def _cells(text: str) -> Iterator[tuple[int, list[str]]]:
    comma = "\t" if "\t" in text else ","
    order = (0, 1, 2)
    for number, cells in enumerate(csv.reader(io.StringIO(text), delimiter=comma), start=1):
        shown = [normalised(cell) for cell in cells]
        if number == 1 and (named := _named(shown)):
            order = named
        elif any(shown):
            yield number, [shown[at] if at < len(shown) else "" for at in order]


def _named(cells: list[str]) -> tuple[int, ...] | None:
    """Give where the three columns stand, if the line names them."""
    names = [("jis_code", "prefecture"), ("yen_per_hour", "yen"), ("effective_from", "from")]
    found = [next((cells.index(one) for one in pair if one in cells), None) for pair in names]
    return tuple(found) if None not in found else None


def _row(cells: list[str]) -> Row:
    prefecture, yen, day = cells
    code = _CODE_OF.get((prefecture.zfill(2) if prefecture.isdecimal() else prefecture).casefold())
    if code is None:
        raise ValidationError(_("“%(text)s” is no prefecture") % {"text": prefecture[:50]})
    digits = yen.replace(",", "").removesuffix("円").removeprefix("¥")
    if not digits.isdecimal() or len(digits) > 6 or int(digits) not in PLAUSIBLE:
        words = {"text": yen[:50], "least": PLAUSIBLE[0], "most": PLAUSIBLE[-1]}
        raise ValidationError(_("“%(text)s” is no wage from %(least)s to %(most)s yen") % words)
    return Row(code, int(digits), _day(day))


def _day(text: str) -> date:
    for shape in DATE_SHAPES:
        try:
            day = datetime.strptime(text, shape).date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
        if day.year in YEARS:
            return day
    raise ValidationError(_("“%(text)s” is no date like 2027-02-15") % {"text": text[:50]})


@transaction.atomic
def load(rows: list[Row], *, by: User) -> Loaded:
    """Write the rows; those that say what is known already are left alone."""
    done = Loaded()
    for row in rows:
        _write(row, done, by)
    done.below = _hold_against_postings()
    return done


def _write(row: Row, done: Loaded, by: User) -> None:
    known = MinimumWage.objects.filter(
        prefecture=row.prefecture, effective_from=row.effective_from
    ).first()
    if known and known.yen_per_hour == row.yen_per_hour:
        done.same += 1
        return
    before = {"yen_per_hour": known.yen_per_hour} if known else None
    wage = known or MinimumWage(prefecture=row.prefecture, effective_from=row.effective_from)
    wage.yen_per_hour, wage.kept_by_office = row.yen_per_hour, True
    wage.save()
    after = {"yen_per_hour": wage.yen_per_hour}
    if known is None:
        after |= {"prefecture": row.prefecture, "effective_from": row.effective_from.isoformat()}
    log.append("changed" if known else "added", wage, actor=by, before=before, after=after)
    done.changed += bool(known)
    done.added += not known
    earlier = MinimumWage.objects.filter(
        prefecture=row.prefecture, effective_from__lt=row.effective_from
    ).order_by("-effective_from")
    if (last := earlier.first()) and last.yen_per_hour > wage.yen_per_hour:
        done.lower.append(row.prefecture)


def _hold_against_postings() -> list[Posting]:
    """Mark anew what is not over yet; give the postings that the tables now call too low."""
    now, today, wages = timezone.now(), timezone.localdate(), WageTable()
    paid = Posting.objects.filter(pay_kind="wage", pay_yen__isnull=False).exclude(prefecture="")
    rows = paid.exclude(closes_at__lte=now).exclude(state=Posting.State.WITHDRAWN)
    found = []
    for posting in rows.select_related("organisation").defer("search").order_by("pk"):
        below = is_below(vars(posting), wages, today)
        if below == (_BELOW in posting.problems):
            continue
        problems = in_order({*posting.problems} ^ {_BELOW})
        Posting.objects.filter(pk=posting.pk).update(problems=problems)
        if below:
            found.append(posting)
    return found
