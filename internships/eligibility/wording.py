"""What the wizard says: each question, its choices, its help, and why it is asked."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from internships.eligibility.questions import PREFER_NOT, UNSURE


@dataclass(frozen=True)
class Option:
    """term: the official Japanese word, shown beside the words of another language."""

    label: str
    term: str = ""
    help: str = ""


@dataclass(frozen=True)
class Words:
    """short: the line in the ledger and on the road; see: a picture of where to find it."""

    question: str
    short: str
    term: str = ""
    help: str = ""
    why: str = ""
    see: str = ""


NOT_SURE = Option(
    _("I am not sure"), "分かりません", _("We say what depends on it, and keep your other answers.")
)
PREFER_NOT_TO_SAY = Option(
    _("I prefer not to say"),
    "答えたくありません",
    _("Everything else still works. The result is then: talk to us first."),
)

STEP_WORDS: dict[str, Words] = {
    "institution": Words(
        _("Where are you enrolled for your degree?"),
        _("Where you study"),
        help=_("Exchange students who are in Japan now choose Japan."),
        why=_(
            "Students enrolled in Japan may need an extra-activity permission for paid work. "
            "Students of universities abroad need the right status of residence before they come."
        ),
    ),
    "status": Words(
        _("What is your status of residence?"),
        _("Status of residence"),
        "在留資格",
        help=_("It is on the front of your residence card, beside 在留資格."),
        why=_(
            "The status decides whether paid work needs a permission. "
            "Only you and the permission reviewers see it. The company never does."
        ),
        see="card_front",
    ),
    "enrolment": Words(
        _("Are you enrolled now?"),
        _("Enrolled now"),
        "在籍",
        help=_("Think of the days of the placement, not only of today."),
        why=_(
            "A permission on Student status works only while you are enrolled. "
            "It does not work during a leave of absence or after you leave the university."
        ),
    ),
    "venue": Words(
        _("What kind of workplace is it?"),
        _("Kind of workplace"),
        help=_("What counts is the place, not what you do there."),
        why=_(
            "No permission covers work at a restricted business, not even cleaning. "
            "Teaching or research assistants at their own university are often exempt."
        ),
    ),
    "assistant_exchange": Words(
        _("Are you an exchange student?"),
        _("Exchange student"),
        "交換留学生",
        help=_("You are enrolled for your degree at a university abroad."),
        why=_("Exchange students are not treated as exempt when they work as assistants."),
    ),
    "assistant_level": Words(
        _("What is your course?"),
        _("Your course"),
        "課程",
        why=_("The exemption for teaching and research assistants is for regular students."),
    ),
    "pay": Words(
        _("What will you receive for this placement?"),
        _("What you receive"),
        "報酬",
        help=_("Count everything the company gives you."),
        why=_(
            "Paid work on a limited status needs a permission before you start. Costs paid back "
            "by receipt are widely treated as not being pay. No official line was found for "
            "fixed sums, so we count them as pay."
        ),
    ),
    "degree_course": Words(
        _("Is it a degree course, and not by correspondence?"),
        _("Degree course"),
        "学位課程",
        help=_("Your own course at the university abroad."),
        why=_("The statuses for paid internships are for students of courses that give a degree."),
    ),
    "credit": Words(
        _("Does the placement give you credit?"),
        _("Counts for credit"),
        "単位認定",
        help=_("Credit towards your own course."),
        why=_(
            "In Japan, credit does not replace a permission, but it needs its own approval. "
            "From abroad, credit decides which status you come with."
        ),
    ),
    "dates": Words(
        _("When is the placement?"),
        _("Dates"),
        "実習期間",
        help=_("First and last day, as far as planned."),
        why=_(
            "The dates tell whether the placement lies in a long vacation, whether a permission "
            "lasts to the end, and by when to file."
        ),
    ),
    "duration": Words(
        _("How many days will you be in Japan for it?"),
        _("Length"),
        "期間",
        help=_("From the first to the last day, both counted."),
        why=_("The length decides which status fits: 90 days, three months and one year matter."),
    ),
    "vacation": Words(
        _("Is the placement in a long vacation of the university?"),
        _("In the long vacation"),
        "長期休業期間",
        help=_("Only the vacations in the university's regulations count, not free days."),
        why=_("In the long vacation, the limit on Student status goes by the day."),
        see="vacations",
    ),
    "hours": Words(
        _("How many hours will you work?"),
        _("Largest week and day"),
        "時間",
        help=_("The largest planned week, and the longest planned day. Leave out breaks."),
        why=_(
            "The law limits paid hours by the week, in a long vacation by the day. "
            "Our office also looks at unpaid placements with long weeks."
        ),
    ),
    "term_hours": Words(
        _("How many hours in the largest week outside the vacation?"),
        _("Largest week in term"),
        "授業期間中の時間",
        help=_("Part of the placement lies outside the long vacation."),
        why=_("The vacation rule ends with the last day of the vacation."),
    ),
    "course_length": Words(
        _("How many years does your course take?"),
        _("Length of course"),
        "修業年限",
        help=_("As the university sets it, for example 4 or 2."),
        why=_("All such internships together may take at most half of the course."),
    ),
    "earlier_days": Words(
        _("How many days of such internships did you already do in Japan?"),
        _("Earlier internships in Japan"),
        help=_("Write 0 when this is the first."),
        why=_("Earlier stays count towards half of the course."),
    ),
    "recess": Words(
        _("Is all of it inside a vacation of your university?"),
        _("In your university's vacation"),
        help=_("The days when your university abroad holds no classes for you."),
        why=_("The status for summer jobs is only for days without classes."),
    ),
    "other_work": Words(
        _("How many hours a week of other paid work will you have then?"),
        _("Other paid work then"),
        "ほかのアルバイト",
        help=_(
            "All other jobs together, in their fullest 7 days. Leave out assistant work at "
            "your own university. Write 0 when you have none."
        ),
        why=_("The law adds up all paid jobs."),
    ),
    "blanket": Words(
        _("Do you hold a blanket permission?"),
        _("Blanket permission"),
        "包括許可",
        help=_("Look at the back of your residence card."),
        why=_("If you hold one, you may not need to apply again."),
        see="card_back",
    ),
    "exchange": Words(
        _("Are you an exchange student?"),
        _("Exchange student"),
        "交換留学生",
        help=_("You are enrolled for your degree at a university abroad."),
        why=_("Above the limit, exchange students are pointed to another status."),
    ),
    "individual": Words(
        _("Do you hold an individual permission for this company and this work?"),
        _("Individual permission for this company"),
        "個別許可",
        help=_("A permission for another company does not count."),
        why=_("Above the limit, a permission must name the company and the work."),
        see="card_back",
    ),
    "covers": Words(
        _("Does your permission last to the last day?"),
        _("Permission lasts to the end"),
        help=_("A permission ends with your period of stay, or earlier."),
        why=_("A permission that ends early covers only the days before."),
    ),
    "level": Words(
        _("What is your course?"),
        _("Your course"),
        "課程",
        why=_(
            "Permission above the limit is published for some courses. "
            "Others are decided one by one."
        ),
    ),
    "final_year": Words(
        _("Does your course end in that academic year?"),
        _("Course ends that academic year"),
        "最終学年",
        help=_("The academic year of the placement ends on 31 March."),
        why=_("The published classes are for students whose course ends with that year."),
    ),
    "credits": Words(
        _("How many credits have you earned?"),
        _("Credits"),
        "単位",
        help=_("As on your transcript, and the number needed to graduate."),
        why=_("The class for undergraduates asks for nearly all credits."),
    ),
    "prefecture": Words(
        _("In which prefecture do you live?"),
        _("Prefecture"),
        "都道府県",
        help=_("You file at the immigration office for your home address."),
        why=_("Each immigration office answers for some prefectures."),
    ),
}
HOST_PREFECTURE = Words(
    _("In which prefecture is the company?"),
    _("Prefecture of the company"),
    "都道府県",
    help=_("The company or its agent files at the immigration office for its address."),
    why=_("Each immigration office answers for some prefectures."),
)

_YES, _NO = _("Yes"), _("No")

OPTIONS: dict[str, dict[str, Option]] = {
    "institution": {
        "japan": Option(
            _("At a university or school in Japan"),
            "日本の大学・学校",
            _("Also as an exchange student, or when you have just finished."),
        ),
        "foreign": Option(
            _("At a university abroad"),
            "海外の大学",
            _("You come to Japan for the internship."),
        ),
    },
    "status_of_residence": {
        "STUDENT": Option(_("Student"), "留学"),
        "DEPENDENT": Option(_("Dependent"), "家族滞在"),
        "DA_JOBSEARCH": Option(
            _("Designated Activities: looking for work after graduation"),
            "特定活動（継続就職活動）",
        ),
        "DA_OFFER": Option(
            _("Designated Activities: waiting to start a job"), "特定活動（就職内定者）"
        ),
        "DA_INTERN_9": Option(_("Designated Activities No. 9: internship"), "特定活動（告示9号）"),
        "DA_SUMMER_12": Option(
            _("Designated Activities No. 12: summer job"), "特定活動（告示12号）"
        ),
        "DA_OTHER": Option(
            _("Other Designated Activities"),
            "その他の特定活動",
            _("The designation paper in your passport says what is allowed."),
        ),
        "CULTURAL": Option(_("Cultural Activities"), "文化活動"),
        "TEMP_VISITOR": Option(_("Temporary Visitor"), "短期滞在"),
        "WORK_ESHI": Option(
            _("Engineer / Specialist in Humanities / International Services"),
            "技術・人文知識・国際業務",
        ),
        "WORK_OTHER": Option(_("Another work status"), "その他の就労資格"),
        "PR": Option(_("Permanent Resident"), "永住者"),
        "SPECIAL_PR": Option(_("Special Permanent Resident"), "特別永住者"),
        "LTR": Option(_("Long-Term Resident"), "定住者"),
        "SPOUSE_JP": Option(_("Spouse or Child of Japanese National"), "日本人の配偶者等"),
        "SPOUSE_PR": Option(_("Spouse or Child of Permanent Resident"), "永住者の配偶者等"),
        "JAPANESE": Option(_("I have Japanese nationality"), "日本国籍"),
        "NONE_ABROAD": Option(_("I am not in Japan yet"), "来日前"),
    },
    "enrolment": {
        "enrolled": Option(_("Yes, enrolled"), "在学"),
        "leave": Option(_("On leave of absence"), "休学"),
        "graduated": Option(_("Graduated"), "卒業・修了"),
        "withdrawn": Option(_("Withdrawn from the university"), "退学"),
    },
    "venue": {
        "ordinary": Option(_("An ordinary company, office, shop or organisation"), "一般の事業所"),
        "own_university_ta_ra": Option(
            _("My own university, as teaching or research assistant"),
            "在籍大学のTA・RA",
            _("Under a contract with the university where you are enrolled."),
        ),
        "fueiho": Option(
            _("A restricted (amusement) business"),
            "風俗営業等",
            _("Hostess bars and clubs, pachinko, mah-jong, game centres and the like."),
        ),
    },
    "exchange_student": {"y": Option(_YES), "n": Option(_NO)},
    "level": {
        "undergrad": Option(_("Undergraduate"), "学部"),
        "master": Option(_("Master's course"), "修士課程・博士前期課程"),
        "doctor": Option(_("Doctoral course"), "博士課程・博士後期課程"),
        "junior-college": Option(_("Junior college"), "短期大学"),
        "kosen": Option(_("College of technology (kosen)"), "高等専門学校"),
        "vocational": Option(_("Specialised training college (senmon gakko)"), "専修学校"),
        "research-student": Option(_("Research student"), "研究生"),
    },
    "pay_kind": {
        "wage": Option(_("A wage or salary"), "賃金・給与", _("By the hour, day or month.")),
        "flat_allowance": Option(
            _("A fixed allowance"),
            "定額の手当",
            _("For example ¥1,000 a day, whatever you spend. We treat any fixed sum as pay."),
        ),
        "actual_costs": Option(
            _("Only actual costs, by receipt"),
            "実費弁償",
            _("Travel, lodging or meals, paid back against receipts."),
        ),
        "none": Option(_("Nothing"), "無報酬", _("No money at all.")),
    },
    "credit_bearing": {"y": Option(_YES), "n": Option(_NO)},
    "in_long_vacation": {
        "y": Option(_("Yes, every day of it")),
        "partial": Option(_("Only part of it")),
        "n": Option(_("No, none of it")),
    },
    "has_blanket_permission": {
        "y": Option(
            _("Yes"),
            "",
            _("The card says: within 28 hours a week in principle."),
        ),
        "n": Option(_("No"), "", _("The lines on the back are empty, or I never applied.")),
    },
    "has_individual_permission": {
        "y": Option(_("Yes"), "", _("I have the certificate, and it names this company.")),
        "n": Option(_("No")),
    },
    "permission_covers_period": {
        "y": Option(_("Yes, to the last day or later")),
        "n": Option(_("No, it ends before")),
    },
    "final_year": {"y": Option(_YES), "n": Option(_NO)},
    "foreign_degree_course": {
        "y": Option(_("Yes, a degree course with attendance")),
        "n": Option(_("No, no degree or by correspondence")),
    },
    "foreign_in_recess": {"y": Option(_("Yes, every day")), "n": Option(_("No"))},
}

FIELD_LABELS: dict[str, str] = {
    "starts_on": _("First day"),
    "ends_on": _("Last day"),
    "hours_per_week": _("Hours in the largest week"),
    "hours_per_day": _("Hours on the longest day"),
    "credits_earned": _("Credits earned"),
    "credits_required": _("Credits needed to graduate"),
    "duration_days": _("Days"),
    "term_hours_per_week": _("Hours in the largest week of term"),
    "foreign_programme_years": _("Years"),
    "foreign_prior_intern_days": _("Days"),
    "other_weekly_work_hours": _("Hours a week"),
    "prefecture": _("Prefecture"),
}
UNSURE_LABELS: dict[str, str] = {
    "starts_on": _("I do not know the dates yet"),
}

_NUMBER_ERRORS = {
    "hours_per_week": _("Write hours as one number from 0 to 168, for example 27.5."),
    "term_hours_per_week": _("Write hours as one number from 0 to 168, for example 27.5."),
    "other_weekly_work_hours": _("Write hours as one number from 0 to 168, for example 27.5."),
    "hours_per_day": _("Write hours as one number from 0 to 24, for example 7.5."),
    "credits_earned": _("Write credits as one number from 0 to 999, for example 118."),
    "credits_required": _("Write credits as one number from 1 to 999, for example 124."),
    "duration_days": _("Write days as one whole number from 1 to 3650."),
    "foreign_prior_intern_days": _("Write days as one whole number from 0 to 3650."),
    "foreign_programme_years": _("Write years as one number from 1 to 10, for example 4."),
}
_EMPTY_CHOICE = {
    "pay_kind": _('Choose what you will receive. If you do not know, choose "I am not sure".'),
}
_CHOOSE = _('Choose one answer. If you do not know, choose "I am not sure".')


def error_words(key: str, kind: str, problem: str) -> str:
    """Say what is wrong with one field, and what would be right."""
    if kind in ("choice", "prefecture") and problem in ("choice", "empty"):
        return _EMPTY_CHOICE.get(key, _CHOOSE)
    if kind == "number" and problem in ("number", "empty"):
        return _NUMBER_ERRORS[key]
    return _PROBLEMS[problem]


_PROBLEMS = {
    "empty": _("Write the date like 2027-02-15."),
    "day": _("Write the date like 2027-02-15."),
    "day_range": _("Choose a day from 2019-04-01 on. For earlier days there are no rules here."),
    "day_order": _("The last day is before the first day."),
    "hours_fit": _("The hours of the day and of the week do not fit together."),
    "credits_fit": _("The credits earned and the credits needed do not fit together."),
}

ORIGINS = {
    "you": _("you answered"),
    "posting": _("posting"),
    "record": _("your record"),
    "calendar": _("academic calendar"),
}


def option_of(key: str, value: str) -> Option:
    if value == UNSURE:
        return NOT_SURE
    if value == PREFER_NOT:
        return PREFER_NOT_TO_SAY
    return OPTIONS[key][value]
