"""Two who write at once: the second sees what happened and loses nothing."""

import pytest

from internships.board import workflow
from internships.board.models import Posting
from tests.board.editing import NEW, edit_address, from_page, send, stored, typed
from tests.factories import make_posting, make_user

pytestmark = pytest.mark.django_db


def test_two_who_edit_at_once_the_second_sees_the_change_and_keeps_her_words(advisor):
    posting = make_posting(state="draft", title_en="Before", schedule_note="old")
    page = stored(posting) | {"seen": 0, "do": "save"}
    colleague = make_user(roles=["advisor"], name_romaji="SATO Keiko")
    theirs = {"title_en": "Theirs", "schedule_note": "new"}
    workflow.edit(posting, theirs, by=colleague, seen=0)

    response = advisor.post(edit_address(posting), page | {"title_en": "Mine"})

    posting.refresh_from_db()
    form = response.context["form"]
    assert posting.title_en == "Theirs"
    assert "SATO Keiko" in response.text
    assert (form["title_en"].value(), form["schedule_note"].value()) == ("Mine", "new")

    again = {name: form[name].value() for name in form.fields} | {"do": "save"}
    advisor.post(edit_address(posting), {n: v for n, v in again.items() if v})

    posting.refresh_from_db()
    assert (posting.title_en, posting.schedule_note) == ("Mine", "new")


def test_two_who_publish_the_second_is_told(advisor):
    send(advisor, NEW)
    posting = Posting.objects.get()
    data = typed() | from_page(advisor.get(edit_address(posting))) | {"do": "publish"}
    workflow.publish(posting, by=make_user(roles=["advisor"], name_romaji="SATO Keiko"))

    response = advisor.post(edit_address(posting), data, follow=True)

    assert "SATO Keiko has put this posting on the board" in response.text
