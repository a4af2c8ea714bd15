"""Which organisation somebody means by the names she types."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from careers.people.models import User
from careers.record import log
from careers.record.models import Event
from internships.board import numbers
from internships.board.importing.cells import key
from internships.board.models import Organisation


def find(name_ja: str, name_en: str) -> Organisation | None:
    """Find a host by its names, whatever the width and case of the letters.

    The Japanese name decides; two hosts may share an English one.
    """
    ja, en = key(name_ja), key(name_en)
    rows = Organisation.objects.order_by("pk")
    if ja and (found := next((row for row in rows if key(row.name_ja) == ja), None)):
        return found
    found = next((row for row in rows if en and key(row.name_en) == en), None)
    return None if found and ja and found.name_ja else found


def find_or_add(name_ja: str, name_en: str, *, by: User) -> Organisation:
    """Give the host of these names, made if nobody knows it yet; call inside a transaction."""
    found = find(name_ja, name_en)
    if found is None:
        numbers.one_at_a_time()  # two who write the same new name make it once
        found = find(name_ja, name_en)
    if found is None:
        found = Organisation.objects.create(name_ja=name_ja, name_en=name_en)
        log.append("added", found, actor=by, after={"name_ja": name_ja, "name_en": name_en})
        return found
    blank = {
        field: value
        for field, value in (("name_ja", name_ja), ("name_en", name_en))
        if value and not getattr(found, field)
    }
    if blank:
        for field, value in blank.items():
            setattr(found, field, value)
        found.save()
        log.append("edited", found, actor=by, before=dict.fromkeys(blank, ""), after=blank)
    return found


NOTES = ("memo", "addendum_ja", "addendum_en")


@transaction.atomic
def write_notes(organisation: Organisation, values: dict[str, str], *, by: User) -> Event | None:
    """Keep what the office remembers of a host, and what it tells all beside its postings."""
    if not by.has_perm("board.change_posting"):
        raise PermissionDenied
    row = Organisation.objects.select_for_update().get(pk=organisation.pk)
    after = {name: values[name] for name in NOTES if getattr(row, name) != values[name]}
    if not after:
        return None
    before = {name: getattr(row, name) for name in after}
    for name, value in after.items():
        setattr(row, name, value)
    row.save(update_fields=after)
    return log.append("edited", row, actor=by, before=before, after=after)
