from careers.desk.subjects import Subject
from careers.people.models import User
from internships.placements.models import Placement


def placement_asked_about(person: User | None, key: str) -> Subject | None:
    """Let a question to the office be about a placement: the student's own, or for the office."""
    if person is None or not key.isdecimal() or len(key) > 9:
        return None
    rows = Placement.objects.visible_to(person).select_related("posting__organisation")
    placement = rows.filter(pk=key).first()
    if placement is None:
        return None
    label = f"{placement.shown_title} · {placement.shown_host}"
    return Subject("placement", key, label, placement.get_absolute_url(), "permission")
