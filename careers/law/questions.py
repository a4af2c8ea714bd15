"""The questions, in order. Each asks for one fact, and only while that fact still matters.

Words are in texts: `question.<key>` with `.help`, `.why` and, where there is one, `.where`;
`answer.<key>.<code>` with `.help` for the options.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any as Anything
from typing import Final

from .conditions import (
    ABROAD,
    ASSISTANT,
    EXCHANGE,
    EXEMPT_ASSISTANT,
    INDIVIDUAL_COVERS,
    INTERN_HOLDER,
    LONG_DAY,
    LONG_WEEK,
    OTHER_WORK,
    OUTSIDE_LIMIT,
    OVER_HALF_BY_ITSELF,
    OVER_HALF_OF_COURSE,
    OVER_LONGEST_INTERNSHIP,
    OVER_SUMMER_JOB,
    PAID,
    PARTLY_IN_VACATION,
    RESTRICTED,
    STATUS_UNKNOWN,
    STUDENT,
    UNLIMITED,
)
from .facts import FIELDS, UNKNOWN, Value
from .parameters import CURRENT
from .policy import Policy
from .predicates import All, Any, Is, Not, Predicate, Yes, over

# What guards look at beside the facts: the numbers of an edition, and the policy.
Rules = Mapping[str, Anything]


@dataclass(frozen=True)
class Option:
    """One answer to choose; `official` is its official Japanese term, if it has one."""

    code: str
    official: str = ""


@dataclass(frozen=True)
class Question:
    """One question; `key` is the name of the fact, `official` the Japanese term for it.

    not_sure, prefer_not_to_say: these answers are offered. where: there is a text that
    says where to find the answer. minimum: the least a number can be.
    """

    key: str
    guard: Predicate
    options: tuple[Option, ...] = ()
    official: str = ""
    not_sure: bool = True
    prefer_not_to_say: bool = False
    where: bool = False
    minimum: Decimal = Decimal(0)

    @property
    def kind(self) -> str:
        """Give 'choice', 'yes_no', 'number' or 'days'."""
        return FIELDS[self.key].kind

    @property
    def maximum(self) -> Decimal:
        return FIELDS[self.key].maximum

    @property
    def step(self) -> Decimal:
        return FIELDS[self.key].unit

    def asked(self, given: Mapping[str, Value], rules: Rules | None = None) -> bool:
        """Tell whether the question is asked after what is given so far.

        given: the facts answered or known, by name; UNKNOWN is the answer "not sure". A fact
        that still waits for its own answer keeps back the questions that hang on it.
        rules: as `rules_for` gives them; without, the newest numbers and the usual policy.
        """
        values = _values(given, rules)
        held = self.guard.holds(values)
        if held is None:
            return all(_settled(name, given) for name in self.guard.undecided(values))
        return held

    def may_matter(self, given: Mapping[str, Value], rules: Rules | None = None) -> bool:
        """Tell whether some answer to what is not given yet would have the question asked."""
        return self.guard.holds(_values(given, rules)) is not False


def rules_for(parameters: Mapping[str, Decimal], policy: Policy) -> Rules:
    unpaid_flagged = policy.flag_unpaid_over28_in_vacation
    return {**parameters, "flag_unpaid_over28_in_vacation": unpaid_flagged}


_USUAL_RULES: Final = rules_for(CURRENT, Policy())


def _settled(name: str, given: Mapping[str, Value]) -> bool:
    if name == "pay_kind" and given.get("paid") is not None:
        return True
    return given.get(name) is not None


def _values(given: Mapping[str, Value], rules: Rules | None) -> dict[str, Anything]:
    """Give the values guards look at; what is not given yet is not known."""
    values: dict[str, Anything] = dict(_USUAL_RULES if rules is None else rules)
    for name in FIELDS:
        value = given.get(name)
        values[name] = UNKNOWN if value is None else value
    if given.get("pay_kind") is None and isinstance(given.get("paid"), bool):
        values["pay_kind"] = "wage" if given["paid"] else "none"
    # Without these two there is nothing to judge by: no other answer would help.
    for name in ("institution", "status_of_residence"):
        if given.get(name) is UNKNOWN:
            values[name] = "UNKNOWN"
    if given.get("term_hours_per_week") is None and LONG_WEEK.holds(values) is False:
        # A week of term is not longer than the largest week of all, so it keeps the limit too.
        values["term_hours_per_week"] = values["hours_per_week"]
    return values


_AT_HOME: Final = Is("institution", "japan")
_GOING_ON: Final = All(Not(UNLIMITED), Not(STATUS_UNKNOWN))
_FROM_ABROAD: Final = All(_GOING_ON, ABROAD, Not(RESTRICTED), Not(INTERN_HOLDER))
# From abroad, paid work outside a degree course is not possible whatever else is true.
_COURSE_FITS: Final = All(_FROM_ABROAD, Any(Not(PAID), Yes("foreign_degree_course")))
_FROM_ABROAD_PAID: Final = All(_FROM_ABROAD, PAID, Yes("foreign_degree_course"))
_NOT_STUDYING: Final = All(STUDENT, Is("enrolment", "leave", "graduated", "withdrawn"))
_STUDYING: Final = All(_GOING_ON, _AT_HOME, Not(_NOT_STUDYING), Not(RESTRICTED))
_WORKING: Final = All(
    _STUDYING, Not(EXEMPT_ASSISTANT), Not(Is("status_of_residence", "NONE_ABROAD"))
)
_LIMITED_HOURS: Final = Is(
    "status_of_residence", "STUDENT", "DEPENDENT", "DA_JOBSEARCH", "DA_OFFER"
)
_PAID: Final = All(_WORKING, PAID, _LIMITED_HOURS)
_PAID_INSIDE: Final = All(_PAID, Not(OUTSIDE_LIMIT))
_PAID_OUTSIDE: Final = All(_PAID, OUTSIDE_LIMIT)
_HOURS_COUNT: Final = All(_WORKING, Any(Not(PAID), _LIMITED_HOURS))
_CLASS_MATTERS: Final = All(_PAID_OUTSIDE, STUDENT, Not(EXCHANGE), Not(INDIVIDUAL_COVERS))

YES_NO: Final = (Option("y"), Option("n"))

_STATUS_OPTIONS: Final = (
    Option("STUDENT", "留学"),
    Option("DEPENDENT", "家族滞在"),
    Option("DA_JOBSEARCH", "特定活動（継続就職活動）"),
    Option("DA_OFFER", "特定活動（就職内定者）"),
    Option("DA_INTERN_9", "特定活動（告示9号・インターンシップ）"),
    Option("DA_SUMMER_12", "特定活動（告示12号・サマージョブ）"),
    Option("DA_OTHER", "特定活動（その他）"),
    Option("CULTURAL", "文化活動"),
    Option("TEMP_VISITOR", "短期滞在"),
    Option("WORK_ESHI", "技術・人文知識・国際業務"),
    Option("WORK_OTHER", "その他の就労資格"),
    Option("PR", "永住者"),
    Option("SPECIAL_PR", "特別永住者"),
    Option("LTR", "定住者"),
    Option("SPOUSE_JP", "日本人の配偶者等"),
    Option("SPOUSE_PR", "永住者の配偶者等"),
    Option("JAPANESE", "日本国籍"),
    Option("NONE_ABROAD", "日本に入国前"),
)

_LEVEL_OPTIONS: Final = (
    Option("undergrad", "学部"),
    Option("master", "修士課程"),
    Option("doctor", "博士課程"),
    Option("junior-college", "短期大学"),
    Option("kosen", "高等専門学校"),
    Option("vocational", "専修学校"),
    Option("research-student", "研究生"),
)


def _exchange_student(guard: Predicate) -> Question:
    return Question("exchange_student", guard, YES_NO, official="交換留学生")


def _level(guard: Predicate) -> Question:
    return Question("level", guard, _LEVEL_OPTIONS, official="課程")


# A guard looks only at facts of questions before it, so one pass in this order is enough.
# Two facts decide early for assistants at their own university and late for everybody else:
# their questions stand in both places, and are asked in one of them.
QUESTIONS: Final = (
    Question(
        "institution",
        All(),
        (Option("japan"), Option("foreign")),
        official="在籍する大学",
    ),
    Question(
        "status_of_residence",
        All(),
        _STATUS_OPTIONS,
        official="在留資格",
        prefer_not_to_say=True,
        where=True,
    ),
    Question(
        "enrolment",
        All(_AT_HOME, STUDENT),
        (
            Option("enrolled", "在学"),
            Option("leave", "休学"),
            Option("graduated", "卒業・修了"),
            Option("withdrawn", "退学・除籍"),
        ),
        official="学籍",
    ),
    Question(
        "venue",
        All(_GOING_ON, Any(ABROAD, All(_AT_HOME, Not(_NOT_STUDYING)))),
        (
            Option("ordinary"),
            Option("own_university_ta_ra", "ティーチング・アシスタント等"),
            Option("fueiho", "風俗営業等"),
        ),
        official="活動の場所",
    ),
    _exchange_student(All(_STUDYING, STUDENT, ASSISTANT)),
    _level(All(_STUDYING, STUDENT, ASSISTANT, Not(Yes("exchange_student")))),
    Question(
        "pay_kind",
        Any(
            _FROM_ABROAD,
            _WORKING,
            All(_AT_HOME, STUDENT, Is("enrolment", "leave")),
        ),
        (
            Option("wage", "賃金・給与"),
            Option("flat_allowance", "定額の手当"),
            Option("actual_costs", "実費弁償"),
            Option("none", "無報酬"),
        ),
        official="報酬",
    ),
    Question("foreign_degree_course", All(_FROM_ABROAD, PAID), YES_NO, official="学位課程"),
    Question("credit_bearing", Any(_COURSE_FITS, _HOURS_COUNT), YES_NO, official="単位認定"),
    Question("duration_days", _COURSE_FITS, official="期間", minimum=Decimal(1)),
    Question(
        "in_long_vacation",
        All(_WORKING, STUDENT),
        (Option("y"), Option("partial"), Option("n")),
        official="長期休業期間",
        where=True,
    ),
    Question("hours_per_week", _HOURS_COUNT, official="一週間の時間"),
    Question("hours_per_day", _PAID, official="一日の時間"),
    Question(
        "foreign_programme_years",
        All(_FROM_ABROAD_PAID, Yes("credit_bearing"), Not(OVER_LONGEST_INTERNSHIP)),
        official="修業年限",
        minimum=Decimal(1),
    ),
    Question(
        "foreign_prior_intern_days",
        All(
            _FROM_ABROAD_PAID,
            Yes("credit_bearing"),
            Not(OVER_LONGEST_INTERNSHIP),
            Not(OVER_HALF_BY_ITSELF),
        ),
    ),
    Question(
        "foreign_in_recess",
        All(
            _FROM_ABROAD_PAID,
            Not(OVER_SUMMER_JOB),
            Not(All(Yes("credit_bearing"), Any(OVER_HALF_BY_ITSELF, OVER_HALF_OF_COURSE))),
        ),
        YES_NO,
        official="授業のない期間",
    ),
    Question(
        "other_weekly_work_hours",
        Any(
            _HOURS_COUNT,
            All(_GOING_ON, ABROAD, Not(RESTRICTED), INTERN_HOLDER),
        ),
        official="ほかのアルバイト",
    ),
    # A week of term is not longer than the largest week: it matters where that one, alone or with
    # the other jobs, is over the limit, and neither a day nor the other jobs by themselves are.
    Question(
        "term_hours_per_week",
        All(
            _PAID,
            STUDENT,
            PARTLY_IN_VACATION,
            over("week_hours", "hours_per_week", "other_weekly_work_hours"),
            Not(LONG_DAY),
            Any(LONG_WEEK, Not(over("week_hours", "other_weekly_work_hours"))),
        ),
        official="授業期間中の一週間の時間",
    ),
    Question(
        "has_blanket_permission",
        Any(_PAID_INSIDE, All(_HOURS_COUNT, OTHER_WORK)),
        YES_NO,
        official="包括許可",
        where=True,
    ),
    _exchange_student(
        All(
            _PAID_OUTSIDE,
            Is("status_of_residence", "STUDENT", "DEPENDENT"),
            Not(All(STUDENT, ASSISTANT)),
        )
    ),
    Question(
        "has_individual_permission",
        All(_PAID_OUTSIDE, Not(EXCHANGE)),
        YES_NO,
        official="個別許可",
        where=True,
    ),
    Question(
        "permission_covers_period",
        Any(
            All(_PAID_INSIDE, Yes("has_blanket_permission")),
            All(_PAID_OUTSIDE, Not(EXCHANGE), Yes("has_individual_permission")),
        ),
        YES_NO,
        official="許可の期限",
        where=True,
    ),
    _level(All(_CLASS_MATTERS, Not(ASSISTANT))),
    Question(
        "final_year",
        All(_CLASS_MATTERS, Is("level", "undergrad", "master", "doctor")),
        YES_NO,
        official="最終学年",
    ),
    Question(
        "credits_pct",
        All(_CLASS_MATTERS, Is("level", "undergrad"), Yes("final_year")),
        official="修得単位の割合",
        where=True,
    ),
)
