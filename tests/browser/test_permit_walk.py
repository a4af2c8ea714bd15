"""From a saved placement to a seen permission and an open gate: student and reviewer, in turn."""

import pytest

from internships.permits.models import PermitCase
from tests.browser_fixtures import press
from tests.factories import make_student, make_user
from tests.permits.rows import make_bureau, make_placement_for, pdf

SIZES = [("en", 1280), ("ja", 390)]


@pytest.fixture
def files(tmp_path):
    """Three papers on the student's disk."""
    for name in ("D_APP", "D_PASSPORT", "D_HOST_STATEMENT"):
        (tmp_path / f"{name}.pdf").write_bytes(pdf(title=name).read())
    return tmp_path


@pytest.mark.parametrize(("language", "width"), SIZES)
def test_a_placement_goes_through_its_case_to_an_open_gate(
    open_page, assert_accessible, transactional_db, files, language, width
):
    student = make_student(home_prefecture="13")
    reviewer = make_user(roles=["reviewer"])
    placement = make_placement_for(student)
    make_bureau()

    def look(page):
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    # The student opens her case, sends a wrong file and right ones, and submits.
    own = open_page(placement.get_absolute_url(), student.user, language=language, width=width)
    press(own.locator("aside form .btn.go"))
    case = PermitCase.objects.get()
    look(own)
    (files / "photo.gif").write_bytes(b"GIF89a")
    own.locator("[name=D_APP]").set_input_files(files / "photo.gif")
    own.locator("[name=D_HOST_STATEMENT]").set_input_files(files / "D_HOST_STATEMENT.pdf")
    press(own.locator("form[enctype] button"))
    assert own.locator(".invalid-feedback").count() == 1
    look(own)
    own.locator("[name=D_APP]").set_input_files(files / "D_APP.pdf")
    press(own.locator("form[enctype] button"))
    press(own.locator("form[action$='/submit/'] .btn.go"))
    assert reload(case).state == "submitted"
    look(own)

    # The reviewer finds it in the queue, returns one paper, accepts the others.
    desk = open_page("/desk/", reviewer, language=language, width=width)
    look(desk)
    press(desk.locator("table.queue a").first)
    look(desk)
    press(desk.locator("#D_HOST_STATEMENT a[href$='/return/']"))
    look(desk)
    desk.locator("[name=reason]").select_option("cut_off")
    desk.locator("[name=correct_by]").fill("2026-12-02")
    press(desk.locator("main form .btn-primary"))
    press(desk.locator("#D_APP button").first)
    press(desk.locator("#D_PASSPORT button").first)
    assert reload(case).waits_for == "student"

    # She sends it again; it is accepted, and the case is ready to file.
    own.reload()
    own.locator("[name=D_HOST_STATEMENT]").set_input_files(files / "D_PASSPORT.pdf")
    press(own.locator("form[enctype] button"))
    desk.goto(desk.url)
    press(desk.locator("#D_HOST_STATEMENT button").first)
    press(desk.locator("form[action$='/ready/'] button"))
    assert reload(case).state == "ready_to_file"

    # She files and says so.
    own.goto(own.url)
    press(own.locator("a.btn.go"))
    look(own)
    own.locator("[name=filed_on]").fill("2026-11-20")
    press(own.locator("main form .btn-primary"))
    assert reload(case).state == "filed"

    # The permission is seen and recorded, and the gate opened.
    desk.goto(desk.url)
    desk.locator("[name=grant-decided_on]").fill("2026-11-22")
    desk.locator("[name=grant-permission_number]").fill("東京 26-123")
    desk.locator("[name=grant-valid_until]").fill("2027-03-31")
    press(desk.locator("form[action$='/grant/'] .btn"))
    look(desk)
    press(desk.locator("form[action$='/gate/'] button"))
    look(desk)

    placement.refresh_from_db()
    assert (reload(case).state, placement.state) == ("granted", "cleared")
    own.goto(own.url)
    assert own.locator(".gate[data-kind=ok]").count() == 1
    look(own)


def reload(case):
    return PermitCase.objects.get(pk=case.pk)
