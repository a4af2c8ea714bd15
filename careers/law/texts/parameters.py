"""What each number of the rules is, for people who read the rules."""

from .text import Text, both

_PARAMETERS = {
    "nothing": ("None at all", "なし"),
    "week_hours": ("Hours a week under blanket permission, at most", "包括許可の週の上限（時間）"),
    "days_in_run": ("Days in a row over which the hours are added", "時間を合計する連続した日数"),
    "office_week_hours": ("Hours a week above which our office asks in every case", "本学が必ず確認を求める週の時間"),
    "vacation_day_hours": ("Hours a day in a Student's long vacation, at most", "「留学」の長期休業期間中の一日の上限（時間）"),
    "nearly_all_credits_pct": ("Per cent of credits that count as nearly all", "「ほぼすべての単位」とみなす割合（％）"),
    "labour_day_hours": ("Hours a day in labour law", "労働法の一日の時間"),
    "labour_week_hours": ("Hours a week in labour law", "労働法の週の時間"),
    "longest_internship_days": ("Days of an internship for credit, at most", "単位になるインターンシップの最長日数"),
    "half_of_a_year_days": ("Days of half a year, for each year of the course", "修業年限一年あたりの半年の日数"),
    "longest_summer_job_days": ("Days of a summer job, at most", "サマージョブの最長日数"),
    "summer_job_months": ("Months of a summer job, at most", "サマージョブの最長月数"),
    "surely_three_months_days": ("Days that are within three months in any case", "必ず三か月以内となる日数"),
    "short_stay_days": ("Days of a short stay, at most", "短期滞在の最長日数"),
    "notice_internship": ("Notification number of the internship status", "インターンシップの告示番号"),
    "notice_summer_job": ("Notification number of the summer job status", "サマージョブの告示番号"),
    "form_number": ("Number of the application form", "申請書の様式番号"),
    "photo_height_cm": ("Photo, height in centimetres", "写真の縦（センチ）"),
    "photo_width_cm": ("Photo, width in centimetres", "写真の横（センチ）"),
    "shortest_answer_weeks": ("Weeks to the bureau's answer, at least", "審査期間の目安（最短・週）"),
    "longest_answer_months": ("Months to the bureau's answer, at most", "審査期間の目安（最長・月）"),
    "leaving_report_days": ("Days within which leaving the university is reported", "離籍を届け出るまでの日数"),
    "student_penalty_years": ("Penalty for unauthorised work, years at most", "無許可の活動の罰則（上限・年）"),
    "employer_penalty_years": ("Penalty for employers and those who arrange it, years at most", "雇用主・あっせん者の罰則（上限・年）"),
    "student_penalty_yen": ("Fine for unauthorised work in yen, at most", "無許可の活動の罰金（上限・円）"),
    "employer_penalty_yen": ("Fine for employers and those who arrange it in yen, at most", "雇用主・あっせん者の罰金（上限・円）"),
    "change_fee_yen": ("Fee of a change of status in yen, at least", "在留資格変更の手数料（最低額・円）"),
}  # fmt: skip


def texts() -> dict[str, Text]:
    return both("parameter", _PARAMETERS)
