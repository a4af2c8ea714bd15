"""A student moves the start of a saved placement: a slip of the pen, the meaning, the change."""

from datetime import date

import pytest

from internships.eligibility.run import make_run
from internships.eligibility.saving import HostForm, save
from internships.permits import workflow as permits
from tests.browser_fixtures import press
from tests.factories import make_posting, make_student


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("ja", 390)])
def test_a_student_moves_the_start_and_sees_first_what_it_means(
    open_page, assert_accessible, transactional_db, language, width
):
    student = make_student(home_prefecture="13", credits_earned=90, credits_required=124)
    posting = make_posting(
        pay_kind="wage",
        starts_on=date(2027, 1, 12),
        ends_on=date(2027, 3, 31),
        weekly_hours=20,
        daily_hours=5,
    )
    form = HostForm({}, posting=posting)
    form.is_valid()
    answers = {"has_individual_permission": "n", "term_hours_per_week": "20", "prefecture": "13"}
    placement = save(make_run(answers, posting.ref, student), form, actor=student.user)
    case = permits.open_case(placement, by=student.user)

    def look(page):
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    page = open_page(case.get_absolute_url(), student.user, language=language, width=width)
    assert case.is_late_to_file
    press(page.locator("a[href$='#id_starts_on']"))
    look(page)
    page.locator("#id_starts_on").fill("2027-02-30")
    press(page.locator("form .btn.go"))
    assert page.locator("#id_starts_on").input_value() == "2027-02-30"
    look(page)
    page.locator("#id_starts_on").fill("2027-02-15")
    press(page.locator("form .btn.go"))
    look(page)
    press(page.locator("button[name=confirm]"))

    placement.refresh_from_db()
    assert placement.starts_on == date(2027, 2, 15)
    site, _placements, _rest = page.url.partition("/placements/")
    page.goto(site + case.get_absolute_url())
    assert page.locator("a[href$='#id_starts_on']").count() == 0
