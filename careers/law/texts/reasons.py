"""One sentence for each finding, with the person's own facts: why this answer."""

from .text import Text, both

_REASONS = {
    "unlimited_status": ("Your status is {status_of_residence}. It has no work limit.", "在留資格は「{status_of_residence}」で、就労の制限がありません。"),
    "status_unknown": ("Your status of residence is not known to us, and a status is never guessed.", "在留資格が分かりません。在留資格は推測しません。"),
    "facts_missing": ("The answer hangs on what is not known yet: {missing}.", "まだ分かっていないことで結果が変わります：{missing}。"),
    "restricted_business_from_abroad": ("The place is a restricted business. No status for students from abroad covers it.", "風俗営業等の場所です。海外の学生のどの在留資格でも活動できません。"),
    "intern_holder_other_work": ("You hold {status_of_residence} and plan other work. Your designation paper covers the named host only.", "在留資格は「{status_of_residence}」で、ほかの仕事の予定があります。指定書は記載された受入れ先だけが対象です。"),
    "intern_holder": ("You hold {status_of_residence}, which was given for such an activity.", "このような活動のための在留資格「{status_of_residence}」をお持ちです。"),
    "no_degree_course": ("It is paid, and your course gives no degree or is by correspondence.", "報酬があり、課程が学位を授与しないか通信制です。"),
    "paid_credit_too_long": ("It is paid and gives credit, but {duration_days} days (with earlier stays: {all_stays}) are too long for the internship status.", "報酬があり単位になりますが、{duration_days}日（過去の分と合わせて{all_stays}日）はインターンシップの在留資格には長すぎます。"),
    "paid_credit": ("It is paid, gives credit, and {duration_days} days fit the internship status.", "報酬があり、単位になり、{duration_days}日はインターンシップの在留資格に収まります。"),
    "paid_no_credit_not_summer_job": ("It is paid and gives no credit, so only the summer job status is left; the plan does not fit that.", "報酬があり単位にならないため、残るのはサマージョブの在留資格ですが、計画が合いません。"),
    "paid_no_credit": ("It is paid, gives no credit, and lies in your university's recess: {duration_days} days.", "報酬があり、単位にならず、所属大学の休業期間内です（{duration_days}日）。"),
    "unpaid_long_stay": ("It is unpaid and takes {duration_days} days, more than {short_stay_days}.", "無報酬で、期間は{duration_days}日（{short_stay_days}日を超える）です。"),
    "unpaid_short_stay": ("It is unpaid and takes {duration_days} days, not more than {short_stay_days}.", "無報酬で、期間は{duration_days}日（{short_stay_days}日以内）です。"),
    "graduated": ("You have graduated. The permission on Student status ended with that, even if the card is still valid.", "卒業しています。「留学」での許可は、カードの期限が残っていても使えません。"),
    "withdrawn": ("You have left the university. Activities on Student status end with that.", "退学しています。「留学」での活動は続けられません。"),
    "leave_paid": ("You are on leave. Paid work stops during leave, even with a permission.", "休学中です。許可があっても、報酬のある活動はできません。"),
    "leave_unpaid": ("You are on leave. No source says clearly whether an unpaid placement is possible then.", "休学中です。無報酬の実習ができるかどうか、はっきり示した資料がありません。"),
    "restricted_business": ("The place is a restricted business. No permission covers any work there.", "風俗営業等の場所です。どの許可でも活動できません。"),
    "teaching_assistant": ("You are a regular student and assist at your own university, under contract with it.", "正規の学生で、在籍する大学との契約によるTA・RAです。"),
    "no_status_yet": ("You are not in Japan yet, so the status you will get decides. It is not known now.", "まだ来日前のため、取得する在留資格によります。今は分かりません。"),
    "unpaid_long_week": ("You receive: {pay_kind}. {hours_per_week} hours a week are over {office_week_hours}, the line of our office.", "受け取るもの：{pay_kind}。週{hours_per_week}時間は、本学の基準の{office_week_hours}時間を超えています。"),
    "unpaid": ("You receive: {pay_kind}. Permission is asked for paid activities; the guidance asks for none for unpaid internships.", "受け取るもの：{pay_kind}。許可は報酬のある活動に必要で、案内では無報酬のインターンシップに許可は求められていません。"),
    "temporary_visitor_paid": ("You are a Temporary Visitor, and the placement is paid.", "在留資格が「短期滞在」で、報酬があります。"),
    "other_work_status": ("Your status is {status_of_residence}. Paid work inside its field needs no permission, outside it individual permission.", "在留資格は「{status_of_residence}」です。その範囲内の報酬ある活動に許可は要らず、範囲外なら個別許可が必要です。"),
    "cultural_paid": ("Your status is Cultural Activities, and the placement is paid.", "在留資格が「文化活動」で、報酬があります。"),
    "inside_together_over": ("The placement alone is inside the limit, but with your other jobs it is {all_hours} hours a week; the limit is {week_hours}.", "実習だけなら上限内ですが、ほかの仕事と合わせて週{all_hours}時間になり、上限の{week_hours}時間を超えます。"),
    "inside_held": ("It is paid and inside the hours of a blanket permission, and you hold one to the last day.", "報酬がありますが包括許可の時間内で、最終日まで有効な包括許可をお持ちです。"),
    "inside_not_held": ("It is paid and inside the hours of a blanket permission, but you hold none that lasts to the end.", "報酬があり包括許可の時間内ですが、最終日まで有効な包括許可がありません。"),
    "outside_exchange": ("It is paid, over the hours of a blanket permission, and you are an exchange student.", "報酬があり、包括許可の時間を超え、交換留学生です。"),
    "outside_held": ("It is paid and over the hours of a blanket permission, and you hold individual permission for this host to the last day.", "報酬があり包括許可の時間を超えますが、この受入れ先について最終日まで有効な個別許可をお持ちです。"),
    "outside_job_seeker": ("It is paid and over the hours of a blanket permission. Your status ({status_of_residence}) is a published class for individual permission.", "報酬があり包括許可の時間を超えます。在留資格（{status_of_residence}）は個別許可の対象として公表されています。"),
    "outside_dependent": ("It is paid and over the hours of a blanket permission. For Dependents the bureau decides one by one.", "報酬があり包括許可の時間を超えます。「家族滞在」は個別に判断されます。"),
    "outside_final_undergraduate": ("It is paid and over the hours of a blanket permission. You finish this academic year with {credits_pct} % of your credits; the class asks for {nearly_all_credits_pct} %.", "報酬があり包括許可の時間を超えます。卒業年度で、単位の{credits_pct}％を修得しています（公表された区分は{nearly_all_credits_pct}％以上）。"),
    "outside_final_graduate": ("It is paid and over the hours of a blanket permission. You are a graduate student who finishes this academic year.", "報酬があり包括許可の時間を超えます。今年度に修了する大学院生です。"),
    "outside_other_student": ("It is paid and over the hours of a blanket permission, and none of the published classes fits you.", "報酬があり包括許可の時間を超え、公表されたどの区分にも当てはまりません。"),
    "expense_rule": ("Costs are paid back by receipt, so there must be a rule for it.", "実費を精算するため、そのきまりが必要です。"),
    "vacation_calendar": ("The vacation counts for your limit, so its dates must be shown.", "長期休業期間が上限に関わるため、日程を示す必要があります。"),
    "application_too": ("You hold no blanket permission that lasts to the end.", "最終日まで有効な包括許可がありません。"),
    "job_search_recommendation": ("In the job search after graduation the university's recommendation should mention extra activity.", "卒業後の就職活動中は、資格外活動に触れた大学の推薦状が必要です。"),
    "job_offer_blanket": ("After a job offer blanket permission is possible under conditions.", "就職内定者は、条件を満たせば包括許可を受けられます。"),
    "dependent_limit": ("For Dependents blanket permission goes up to {week_hours} hours a week all year.", "「家族滞在」の包括許可は、一年を通して週{week_hours}時間までです。"),
    "status_copy": ("Our office keeps a copy of the card that shows your status.", "在留資格を示すカードの写しを窓口で保管します。"),
    "credit_approval": ("The placement gives credit, which your faculty decides.", "単位になる実習です。単位は学部・研究科が判断します。"),
    "both_permissions": ("You also have other paid work ({other_weekly_work_hours} hours), so blanket permission is needed beside the individual one.", "ほかの仕事（週{other_weekly_work_hours}時間）もあるため、個別許可のほかに包括許可も必要です。"),
}  # fmt: skip

_CONDITIONS = {
    "unlimited": ("the status has no work limit", "就労制限のない在留資格である"),
    "paid": ("it is paid", "報酬がある"),
    "other_work": ("there is other paid work", "ほかに報酬のある仕事がある"),
    "office_long_week": ("the largest week is over {office_week_hours} hours", "最も長い週が{office_week_hours}時間を超える"),
    "outside_limit": ("the hours are outside a blanket permission (over {week_hours} a week, or in a Student's long vacation over {vacation_day_hours} a day)", "包括許可の時間を超える（週{week_hours}時間超、「留学」の長期休業期間中は一日{vacation_day_hours}時間超）"),
    "together_over_limit": ("all paid jobs together are over {week_hours} hours a week", "すべての仕事の合計が週{week_hours}時間を超える"),
    "blanket_covers": ("a blanket permission is held to the last day", "最終日まで有効な包括許可がある"),
    "individual_covers": ("an individual permission for this host is held to the last day", "この受入れ先について最終日まで有効な個別許可がある"),
    "exempt_assistant": ("a regular student assists at the own university", "正規の学生による在籍大学でのTA・RAである"),
    "exchange": ("an exchange student", "交換留学生である"),
}  # fmt: skip


def texts() -> dict[str, Text]:
    return both("reason", _REASONS) | both("condition", _CONDITIONS)
