"""Which organisation somebody means by the names she types."""

from careers.people.models import User
from careers.record import log
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
