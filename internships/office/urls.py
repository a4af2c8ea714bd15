from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.i18n import set_language

from internships.office.views import home, pages, rules

urlpatterns = [
    path("", pages.front, name="front"),
    path("home/", home.home, name="home"),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("how-we-decide/", rules.how_we_decide, name="how_we_decide"),
    path("rules/", rules.rule_list, name="rule_list"),
    path("rules/cases/", rules.rule_cases, name="rule_cases"),
    path("rules/cases/add/", rules.rule_case_add, name="rule_case_add"),
    path("rules/cases/<int:pk>/withdraw/", rules.rule_case_withdraw, name="rule_case_withdraw"),
    path("rules/try/", rules.rule_try, name="rule_try"),
    path("rules/differences/", rules.rule_differences, name="rule_differences"),
    path("language/", login_not_required(set_language), name="set_language"),
    path("theme/", pages.theme_set, name="theme_set"),
    path("components/", pages.components, name="components"),
    path("components/paper/", pages.paper, name="components_paper"),
]
