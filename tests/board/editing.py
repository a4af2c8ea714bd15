"""What the tests of the editor type, and how they send it."""

from django.urls import reverse

from internships.board.forms.posting import PostingForm

NEW = "/internships/new/?all"
TYPED = {
    "organisation_ja": "北野ロボティクス株式会社",
    "organisation_en": "Kitano Robotics",
    "title_ja": "動作計画ソフトウェア開発",
    "title_en": "Motion-planning software",
    "description_en": "Write and test motion-planning code.",
    "pay_kind": "wage",
    "pay_yen": "1500",
    "pay_unit": "hour",
    "weekly_hours": "35",
    "daily_hours": "7",
    "days_per_week": "5",
    "starts_on": "2027-02-15",
    "ends_on": "2027-03-12",
    "closes_at": "2026-12-03 17:00",
    "programme_type": "2",
    "prefecture": "13",
    "work_style": "onsite",
    "venue": "ordinary",
    "source": "office",
    "apply_method": "office",
    "study_years": ["B3", "B4"],
    "faculties": ["any"],
}


def typed(**fields):
    return {name: value for name, value in (TYPED | fields).items() if value is not None}


def from_page(response):
    """Give the form as the page shows it, as a browser would send it."""
    form = response.context["form"]
    return {name: form[name].value() for name in ("form_key", "seen") if name in form.fields}


def edit_address(posting):
    return reverse("posting_section", args=[posting.ref, "all"])


def send(client, address, do="save", **fields):
    page = from_page(client.get(address))
    return client.post(address, typed(**fields) | page | {"do": do})


def stored(posting):
    """Give a stored posting as its form sends it."""
    form = PostingForm(instance=posting)
    values = {name: form[name].value() for name in form.fields}
    for name in ("starts_on", "ends_on", "opens_at", "closes_at"):
        values[name] = form.fields[name].widget.format_value(values[name])
    return {n: v for n, v in values.items() if v not in (None, False) and n not in ("seen",)}
