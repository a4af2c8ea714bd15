"""The detectors of faults find the faults, and nothing else."""

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.template import Context, Engine, Origin, Template
from django.test import Client, override_settings
from django.urls import path

from careers.people.models import Faculty
from tests.detectors import UndefinedVariable
from tests.factories import make_faculty

OURS = Origin(str(settings.BASE_DIR / "templates" / "page.html"))
PAGES = {
    "script": "<script>1</script>",
    "style": "<style></style>",
    "attribute": '<p style="color: red">',
    "handler": '<button onclick="go()">',
    "address": '<a href="javascript:go()">',
    "clean": '<script src="/a.js"></script><script type="application/json">1</script>',
}
urlpatterns = [
    path(name, lambda request, page=page: HttpResponse(page)) for name, page in PAGES.items()
]
for pattern in urlpatterns:
    pattern.callback.login_required = False


def rendered(source, origin=OURS, **context):
    engine = Engine(builtins=["django.templatetags.i18n"])
    return Template(source, origin, engine=engine).render(Context(context))


@pytest.mark.parametrize(
    "source",
    [
        "{{ missing }}",
        "{{ known.missing }}",
        "{{ missing|upper }}",
        "{% with a=missing %}{% endwith %}",
        "{% blocktranslate %}Dear {{ missing }}{% endblocktranslate %}",
    ],
)
def test_an_undefined_variable_fails(source):
    with pytest.raises(UndefinedVariable):
        rendered(source, known={})


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ known|upper }}", "YES"),
        ("{{ none }}", "None"),
        ("{{ missing|default:'-' }}", "-"),
        ("{% if missing %}a{% else %}b{% endif %}", "b"),
        ("{% blocktranslate %}Dear {{ known }}{% endblocktranslate %}", "Dear yes"),
        ("{% blocktranslate with a=known %}{{ a }}{% endblocktranslate %}", "yes"),
    ],
)
def test_a_variable_that_is_given_or_optional_passes(source, expected):
    assert rendered(source, known="yes", none=None) == expected


def test_templates_of_others_may_do_as_they_like():
    assert rendered("{{ missing }}", origin=Origin("/elsewhere/page.html")) == ""


@pytest.mark.django_db
def test_what_is_not_ordered_comes_in_any_order():
    for _ in range(8):
        make_faculty()

    orders = {tuple(Faculty.objects.order_by().values_list("pk", flat=True)) for _ in range(20)}

    assert len(orders) > 1


@pytest.mark.django_db
def test_what_is_ordered_stays_so():
    made = [make_faculty() for _ in range(8)]

    assert list(Faculty.objects.order_by("pk")) == made
    assert Faculty.objects.distinct().count() == 8
    assert Faculty.objects.order_by().values("name_ja").distinct().count() == 8


@pytest.mark.django_db
@override_settings(ROOT_URLCONF="tests.test_detectors")
@pytest.mark.parametrize("name", [name for name in PAGES if name != "clean"])
def test_inline_code_fails(name):
    with pytest.raises(AssertionError, match="inline code"):
        Client().get(f"/{name}")


@pytest.mark.django_db
@override_settings(ROOT_URLCONF="tests.test_detectors")
def test_code_in_files_and_data_pass():
    assert Client().get("/clean").status_code == 200
