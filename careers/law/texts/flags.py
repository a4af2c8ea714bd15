"""Flags: short name, one sentence, and the same in easy Japanese."""

from .text import Text

# code: name en, name ja, sentence en, sentence ja, easy ja
_FLAGS = {
    "F_STATUS_UNKNOWN": (
        "Status of residence not known",
        "在留資格が分かりません",
        "We do not guess a status. Bring both sides of your residence card to our office.",
        "在留資格は推測しません。在留カードの両面を窓口で見せてください。",
        "在留カードの 表と 裏を 大学の 人に 見せて ください。",
    ),
    "F_ENROLMENT": (
        "Not enrolled at present",
        "在学中ではありません",
        "A permission on Student status works only while you are enrolled, even if the card still looks valid. Leaving must be reported to the Agency within {leaving_report_days} days.",
        "「留学」の許可は在籍している間だけ有効です。カードの期限が残っていても使えません。離籍は{leaving_report_days}日以内に入管庁へ届け出ます。",
        "大学に いない 間は、許可を 使えません。",
    ),
    "F_RESTRICTED_BUSINESS": (
        "Restricted business",
        "風俗営業等",
        "Nothing may be done at a place of restricted business, whatever the task and whether paid or not.",
        "風俗営業等の場所では、仕事の内容や報酬の有無にかかわらず活動できません。",
        "この 店では、どんな 仕事も できません。",
    ),
    "F_ALLOWANCE_TREATED_AS_PAY": (
        "Allowance counted as pay",
        "手当は報酬として扱います",
        "No official line was found for fixed allowances, so our office treats any fixed sum as pay.",
        "定額の手当について公的な基準は見つかりませんでした。本学では、定額で支払われるものはすべて報酬として扱います。",
        "決まった お金を もらう ときは、「給料を もらう」と 同じに 考えます。",
    ),
    "F_ACTUAL_COSTS_ONLY": (
        "Actual costs only",
        "実費弁償のみ",
        "Travel, lodging or meals paid back by receipt are widely treated as not being pay. Keep the receipts.",
        "領収書による交通費・宿泊費・食費の精算は、一般に報酬ではないものとして扱われています。領収書を保管してください。",
        "使った お金だけ 返して もらう ときは、給料では ありません。レシートを 残して ください。",
    ),
    "F_VACATION": (
        "Wholly in the long vacation",
        "全期間が長期休業期間内",
        "The whole placement lies in a long vacation fixed by the school regulations, where up to {vacation_day_hours} hours a day are allowed with blanket permission.",
        "全期間が学則で定める長期休業期間内です。包括許可で一日{vacation_day_hours}時間まで活動できます。",
        "長い 休みの 間です。許可が あれば、一日 {vacation_day_hours}時間まで できます。",
    ),
    "F_STRADDLE": (
        "Partly in the long vacation",
        "一部が長期休業期間内",
        "Part of the placement lies in term. No official method was found for weeks that mix the two, so the safe reading keeps any {days_in_run} days in a row that touch term within {week_hours} hours.",
        "一部が学期中です。両方にまたがる週について公的な数え方は見つかりませんでした。安全のため、学期中の日を含むどの連続{days_in_run}日間も{week_hours}時間以内にしてください。",
        "休みと 学期の 両方に あります。学期の 日が 入る {days_in_run}日間は、{week_hours}時間までに して ください。",
    ),
    "F_NO_VACATION_RULE": (
        "No vacation rule for this status",
        "長期休業の特例はありません",
        "The longer vacation hours are for Student status only. Your limit stays at {week_hours} hours a week all year.",
        "長期休業期間の特例は「留学」だけのものです。一年を通して週{week_hours}時間が上限です。",
        "あなたの 在留資格では、休みの 間も 一週間に {week_hours}時間までです。",
    ),
    "F_CHECK_DAILY_TOTAL": (
        "Add up the hours of each day",
        "一日の合計を確認",
        "In the vacation all paid jobs of one day together must stay within {vacation_day_hours} hours.",
        "長期休業期間中は、すべての仕事を合わせて一日{vacation_day_hours}時間以内にしてください。",
        "アルバイトも 入れて、一日 {vacation_day_hours}時間までです。",
    ),
    "F_COMBINED_LOAD_OVER_28": (
        "Long week with your other job",
        "他の仕事と合わせて長い週",
        "Unpaid hours are left out of the legal sum, as we understand it. We show the load so that your studies do not suffer.",
        "無報酬の時間は、法律上の合計に入らないと解されます。学業に支障がないよう、参考として合計を示します。",
        "実習と アルバイトの 時間が 長いです。勉強の 時間も 大切に して ください。",
    ),
    "F_OTHER_WORK_NEEDS_BLANKET": (
        "Your other job needs blanket permission",
        "他の仕事に包括許可が必要",
        "Your other paid work needs blanket permission, and you hold none that covers it. Stop it until you do.",
        "ほかの仕事には包括許可が必要ですが、有効な許可がありません。許可を受けるまで、その仕事を止めてください。",
        "アルバイトには「包括許可」が いります。もらうまで アルバイトを 休んで ください。",
    ),
    "F_NOT_IN_LISTED_CLASS": (
        "Outside the published classes",
        "公表されている区分の外",
        "The published classes are final-year university students with {nearly_all_credits_pct} % of their credits or more, final-year graduate students, and job-seekers after graduation. Others are judged one by one.",
        "公表されている区分は、卒業年度で単位の{nearly_all_credits_pct}％以上を修得した大学生、修了年度の大学院生、卒業後の就職活動中の人などです。それ以外は個別に判断されます。",
        "「個別許可」を もらえる 人の 例に 入っていません。入管が 一人ずつ 決めます。",
    ),
    "F_CREDIT_SUPPORTS_CASE": (
        "Credit may support your request",
        "単位認定は参考資料になります",
        "The placement gives credit: attach the approval. It does not replace the permission, and that it helps is only our assumption.",
        "単位が認定される実習です。承認の書類を添えてください。許可の代わりにはならず、有利になるというのは本学の推測です。",
        "単位が もらえる 実習です。その 書類も 出して ください。でも、許可は いります。",
    ),
    "F_EXCHANGE": (
        "Exchange student over the limit",
        "交換留学生（上限超）",
        "Exchange students over {week_hours} paid hours are pointed to Designated Activities, which is a change of status. Within {week_hours} hours blanket permission is enough.",
        "交換留学生が報酬を受けて週{week_hours}時間を超える場合は、「特定活動」への変更が案内されています。週{week_hours}時間以内なら包括許可で足ります。",
        "交換留学生が 一週間に {week_hours}時間を こえる ときは、在留資格を 変えます。",
    ),
    "F_TARA_UNIV_LIMIT": (
        "Assistant at your own university",
        "在籍大学のTA・RA",
        "Assisting teaching or research under contract with your own university needs no permission. Universities set their own hour limits; ask for yours.",
        "在籍する大学との契約による教育・研究の補助に許可は要りません。時間の上限は大学ごとに異なるので確認してください。",
        "自分の 大学の TA・RAには 許可は いりません。時間の きまりを 大学に 聞いて ください。",
    ),
    "F_TARA_NOT_REGULAR": (
        "Assistant work not exempt here",
        "TA・RAの例外に当たりません",
        "The exemption for assistants is for regular students of the university. You are treated like everybody else with paid work.",
        "TA・RAの例外は正規の課程の学生のためのものです。通常の活動と同じように扱います。",
        "あなたの TA・RAは、ほかの 仕事と 同じ きまりです。",
    ),
    "F_PERMISSION_EXPIRES": (
        "Your permission ends too early",
        "許可が途中で切れます",
        "The permission you hold ends before the placement does. Apply again, together with the extension of your stay.",
        "お持ちの許可は実習の終了前に切れます。在留期間の更新と一緒に申請し直してください。",
        "あなたの 許可は 実習の 途中で 終わります。もう一度 申請して ください。",
    ),
    "F_WHITE_COLLAR_ONLY": (
        "Professional work only",
        "専門的な仕事に限られます",
        "Individual permission for Dependents is given only for work of the professional statuses, and for at most half of the period of stay. For plain internships it is not verified.",
        "「家族滞在」の個別許可は、専門的な就労資格に当たる仕事で、在留期間の半分以内に限られます。一般のインターンシップについては確認できていません。",
        "「家族滞在」の 人は、専門の 仕事だけ 許可を もらえます。",
    ),
    "F_NO_BLANKET": (
        "No blanket permission for this status",
        "包括許可の対象外",
        "Cultural Activities is unpaid by nature. Any paid hour needs individual permission.",
        "「文化活動」は無報酬が前提です。報酬がある活動は一時間でも個別許可が必要です。",
        "「文化活動」の 人は、お金を もらう とき、いつも「個別許可」が いります。",
    ),
    "F_TEMP_VISITOR": (
        "No pay as a Temporary Visitor",
        "短期滞在では報酬を受けられません",
        "A Temporary Visitor may not be paid, and no permission is granted in practice.",
        "「短期滞在」では報酬を受けられず、実務上、許可も認められていません。",
        "「短期滞在」の 人は、お金を もらう 仕事は できません。",
    ),
    "F_SCOPE_OF_STATUS": (
        "Does it fit your status?",
        "在留資格の範囲の確認",
        "Even without a permission question, the activity must fit your status or designation paper. Read it, or ask.",
        "許可の要否とは別に、活動が在留資格や指定書の範囲に合う必要があります。確認してください。",
        "あなたの 在留資格で できる 活動か、たしかめて ください。",
    ),
    "F_OVER_1_YEAR": (
        "Longer than one year",
        "一年を超えます",
        "An internship on this status lasts at most one year ({longest_internship_days} days).",
        "この在留資格でのインターンシップは一年（{longest_internship_days}日）以内です。",
        "一年より 長い 実習は できません。",
    ),
    "F_OVER_HALF_PROGRAMME": (
        "More than half of the course",
        "修業年限の半分を超えます",
        "All internships in Japan together may take at most half of the length of your course.",
        "日本でのインターンシップの合計は、修業年限の半分以内です。",
        "日本での 実習は、大学の 期間の 半分までです。",
    ),
    "F_NOT_IN_RECESS": (
        "Not in your university's recess",
        "休業期間外です",
        "A summer job must lie wholly in a time when your university holds no classes for you.",
        "サマージョブは、全期間が所属大学の授業のない期間内である必要があります。",
        "サマージョブは、大学の 休みの 間だけ できます。",
    ),
    "F_OVER_3_MONTHS": (
        "Longer than {summer_job_months} months",
        "{summer_job_months}か月を超えます",
        "A summer job lasts at most {summer_job_months} months, without extension.",
        "サマージョブは{summer_job_months}か月以内で、延長できません。",
        "サマージョブは {summer_job_months}か月までです。",
    ),
    "F_CHECK_CALENDAR": (
        "Count the calendar months",
        "暦で月数を確認",
        "This length may or may not pass {summer_job_months} calendar months. Count from the first day.",
        "この日数は、暦の上で{summer_job_months}か月を超えることがあります。初日から数えてください。",
        "カレンダーで {summer_job_months}か月に なるか、数えて ください。",
    ),
    "F_NOT_DEGREE_COURSE": (
        "Not a degree course",
        "学位の課程ではありません",
        "Paid internships from abroad are for students of courses that give a degree and are not by correspondence.",
        "海外からの有給のインターンシップは、学位を授与する（通信制でない）課程の学生に限られます。",
        "学位が もらえる 学校の 学生だけです（通信は だめです）。",
    ),
    "F_NOT_CREDIT_BEARING": (
        "Gives no credit",
        "単位になりません",
        "The internship gives no credit, so the internship status (notice {notice_internship}) does not fit.",
        "単位にならない実習のため、特定活動（告示{notice_internship}号・インターンシップ）の対象になりません。",
        "この 実習は 単位に なりません。",
    ),
    "F_ALT_DA12": (
        "A summer job status also fits",
        "サマージョブも可能です",
        "The placement also fits the summer job status (notice {notice_summer_job}), which needs no credit. Choose with your host.",
        "単位が不要の「サマージョブ」（告示{notice_summer_job}号）にも当てはまります。受入れ先と相談して選んでください。",
        "「サマージョブ」でも 来られます。会社と 相談して ください。",
    ),
    "F_NO_CHANGE_FROM_TEMP_VISITOR": (
        "No change from Temporary Visitor",
        "短期滞在からの変更は困難",
        "Finding an internship while a Temporary Visitor is no special reason for a change of status. Get a Certificate of Eligibility first.",
        "短期滞在中にインターンシップが決まったことは、変更の特別な理由とは認められません。先に在留資格認定証明書を取得してください。",
        "「短期滞在」から 変える ことは むずかしいです。先に「在留資格認定証明書」を もらって ください。",
    ),
    "F_OTHER_WORK_NOT_COVERED": (
        "Other work not covered",
        "他の仕事は対象外",
        "Your designation paper covers the named host only. Other work is outside it.",
        "指定書は記載された受入れ先だけを対象にしています。ほかの仕事は含まれません。",
        "指定書に ない 仕事は できません。",
    ),
    "F_LABOUR_CHECK": (
        "Is it really unpaid training?",
        "労働に当たらないか確認",
        "If you do useful work under the host's orders, you may be a worker. Then wages are due, and with wages a permission. The facts decide, not the name.",
        "受入れ先の指示で利益になる仕事をする場合は労働者に当たることがあります。その場合は賃金が必要になり、許可も必要になります。名称ではなく実態で決まります。",
        "会社の 指示で 仕事を すると、「労働」に なる ことが あります。そのときは 給料と 許可が いります。",
    ),
    "F_LABOUR_8H": (
        "Over {labour_day_hours} hours a day",
        "一日{labour_day_hours}時間超",
        "Labour law's limit of {labour_day_hours} hours a day is separate from immigration law. Ask the host how the rest is paid and agreed.",
        "労働法の一日{labour_day_hours}時間の上限は、入管法とは別のきまりです。超える時間の扱いを受入れ先に確認してください。",
        "一日 {labour_day_hours}時間を こえます。仕事の 法律の きまりも 見て ください。",
    ),
    "F_LABOUR_40H": (
        "Over {labour_week_hours} hours a week",
        "週{labour_week_hours}時間超",
        "Labour law's limit of {labour_week_hours} hours a week is separate from immigration law. Ask the host how the rest is paid and agreed.",
        "労働法の週{labour_week_hours}時間の上限は、入管法とは別のきまりです。超える時間の扱いを受入れ先に確認してください。",
        "一週間に {labour_week_hours}時間を こえます。仕事の 法律の きまりも 見て ください。",
    ),
}


def texts() -> dict[str, Text]:
    found = {}
    for code, (en, ja, sentence_en, sentence_ja, easy) in _FLAGS.items():
        found[f"flag.{code}"] = Text(en, ja)
        found[f"flag.{code}.sentence"] = Text(sentence_en, sentence_ja)
        found[f"flag.{code}.plain"] = Text(sentence_en, easy)
    return found
