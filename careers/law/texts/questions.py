"""Questions, answers, names of facts, and the words for what cannot be read."""

from .text import Text, both

# fact: label en, label ja, question en, question ja, help en, help ja, why en, why ja
_QUESTIONS = {
    "institution": (
        "Where you study", "在籍する大学",
        "Where are you enrolled for your degree?", "学位のために在籍している大学は、どこにありますか。",
        "Exchange students who are in Japan now choose Japan.", "今、日本にいる交換留学生は「日本」を選んでください。",
        "Students enrolled in Japan may need an extra-activity permission for paid work. Students of universities abroad need the right status of residence before they come.", "日本の学校に在籍する人は、報酬のある仕事に資格外活動許可が必要なことがあります。海外の大学の学生は、来日の前に適切な在留資格を得る必要があります。",
    ),
    "status_of_residence": (
        "Status of residence", "在留資格",
        "What is your status of residence?", "在留資格は何ですか。",
        "It is printed on the front of your residence card.", "在留カードの表面に書いてあります。",
        "The status decides whether paid work needs a permission. Only you and the permission reviewers see it. The company never does.", "報酬のある仕事に許可が必要かどうかは、在留資格で決まります。見るのはあなたと許可の審査担当者だけです。企業に見せることはありません。",
    ),
    "enrolment": (
        "Enrolment", "学籍",
        "Are you enrolled during the placement?", "実習の期間中、在籍していますか。",
        "Think of the days of the placement, not only of today.", "今日だけでなく、実習の期間について答えてください。",
        "A permission on Student status works only while you are enrolled. It does not work during a leave of absence or after you leave the university.", "「留学」の人の許可は、在籍している間だけ有効です。休学中や、卒業・退学の後は使えません。",
    ),
    "venue": (
        "Kind of workplace", "職場の種類",
        "What kind of workplace is it?", "どのような職場ですか。",
        "What counts is the place, not what you do there.", "仕事の内容ではなく、場所で判断します。",
        "No permission covers work at a restricted business, not even cleaning. Teaching or research assistants at their own university are often exempt.", "風俗営業等の店では、掃除でも許可の対象になりません。在籍大学のTA・RAは、許可がいらないことがあります。",
    ),
    "exchange_student": (
        "Exchange student", "交換留学生",
        "Are you an exchange student in Japan?", "日本で学ぶ交換留学生ですか。",
        "You are one if your degree comes from a university abroad.", "学位を海外の大学で取る人が当てはまります。",
        "Exchange students are not treated as exempt when they work as assistants, and above the limit they are pointed to another status.", "交換留学生のTA・RAは、許可不要の扱いになりません。上限を超える場合は、別の在留資格になるとされています。",
    ),
    "level": (
        "Your course", "課程",
        "What is your course?", "どの課程に在籍していますか。",
        "Choose the course you are enrolled in at the time of the placement.", "実習のときに在籍している課程を選んでください。",
        "Assistants are exempt only as regular students, and permission above the limit is published for some courses. Others are decided one by one.", "TA・RAの許可不要の扱いは正規生のためのものです。上限を超える許可は、一部の課程について基準が公表されています。ほかは個別に判断されます。",
    ),
    "pay_kind": (
        "What you receive", "受け取るもの",
        "What will you receive for this placement?", "この実習で、何を受け取りますか。",
        "Count everything the company gives you.", "企業から受け取るものをすべて考えてください。",
        "Paid work on a limited status needs a permission before you start. Costs paid back by receipt are widely treated as not being pay. No official line was found for fixed sums, so we count them as pay.", "就労に制限のある在留資格では、報酬のある仕事は始める前に許可が必要です。領収書による実費の精算は、一般に報酬ではないとされています。定額の手当については公式の説明が見つからないため、報酬として扱います。",
    ),
    "in_long_vacation": (
        "In the long vacation", "長期休業期間",
        "Is the placement in a long vacation of the university?", "実習は本学の長期休業期間に入りますか。",
        "Only the vacations in the university's regulations count, not free days.", "学則で定める休業だけです。授業のない日は含みません。",
        "In the long vacation, the limit on Student status goes by the day.", "長期休業期間中、「留学」の上限は一日ごとに数えます。",
    ),
    "hours_per_week": (
        "Hours in the largest week", "最も長い週の時間",
        "How many hours in the largest week?", "最も長い週は何時間ですか。",
        "The largest planned week of all, in term or vacation. Leave out breaks.", "授業期間・休業期間を通して、予定の中で最も長い週の時間です。休憩は除きます。",
        "Over {week_hours} hours a week another permission may be needed. Our office also looks at unpaid placements with long weeks.", "週{week_hours}時間を超えると、別の許可が必要なことがあります。本学では、無報酬でも時間の長い実習を確認しています。",
    ),
    "hours_per_day": (
        "Hours on the longest day", "最も長い日の時間",
        "How many hours on the longest day?", "最も長い日は何時間ですか。",
        "The longest planned day. Leave out breaks.", "予定の中で最も長い日の時間です。休憩は除きます。",
        "In the long vacation the limit is {vacation_day_hours} hours a day, and labour law has limits of its own.", "長期休業期間中は一日{vacation_day_hours}時間が上限です。労働法の上限もあります。",
    ),
    "other_weekly_work_hours": (
        "Other paid work then", "同じ時期のほかの仕事",
        "How many hours a week of other paid work will you have then?", "その期間、ほかの有給の仕事は週に何時間ありますか。",
        "All other jobs together, in their fullest seven days. Leave out assistant work at your own university. Write zero when you have none.", "ほかの仕事をすべて合わせて、最も多い七日間の時間です。在籍大学のTA・RAは除きます。ないときはゼロと書いてください。",
        "The law adds up all paid jobs.", "法律では、報酬のある仕事をすべて合計します。",
    ),
    "term_hours_per_week": (
        "Hours in the largest week of term", "授業期間の最も長い週の時間",
        "How many hours in the largest week outside the vacation?", "長期休業期間以外で、最も長い週は何時間ですか。",
        "Part of the placement lies outside the long vacation.", "実習の一部が長期休業期間の外にあります。",
        "The vacation rule ends with the last day of the vacation.", "長期休業期間の扱いは、休業の最終日で終わります。",
    ),
    "has_blanket_permission": (
        "Blanket permission", "包括許可",
        "Do you hold a blanket permission?", "包括許可を持っていますか。",
        "It is for any ordinary job within the weekly limit. Look at the back of your residence card.", "週の上限内なら、どの一般の仕事にも使える許可です。在留カードの裏面を見てください。",
        "If you hold one, you may not need to apply again.", "持っていれば、新しい申請がいらないことがあります。",
    ),
    "has_individual_permission": (
        "Individual permission for this company", "この企業の個別許可",
        "Do you hold an individual permission for this company and this work?", "この企業・この仕事についての個別許可を持っていますか。",
        "A permission for another company does not count.", "ほかの企業についての許可は使えません。",
        "Above the limit, a permission must name the company and the work.", "上限を超える場合は、企業と仕事を特定した許可が必要です。",
    ),
    "permission_covers_period": (
        "Permission lasts to the end", "許可の期限",
        "Does your permission last to the last day?", "許可は、実習の最終日まで有効ですか。",
        "A permission ends with your period of stay, or earlier.", "許可は、遅くとも在留期間の満了日に終わります。",
        "A permission that ends early covers only the days before.", "途中で切れる許可は、その日までしか使えません。",
    ),
    "final_year": (
        "Course ends that academic year", "その年度に修了する",
        "Does your course end in the academic year of the placement?", "実習を行う年度に、課程を修了する予定ですか。",
        "The academic year runs from April to March. If you finish in autumn, choose that you are not sure and ask us.", "年度は四月から翌年三月までです。秋に修了する人は「分かりません」を選んで相談してください。",
        "The published classes are for students whose course ends with that year.", "公表されている区分は、その年度に修了する学生のものです。",
    ),
    "credits_pct": (
        "Credits earned", "修得単位の割合",
        "What part of the credits needed to graduate have you earned, in per cent?", "卒業に必要な単位の何％を修得しましたか。",
        "Divide the credits earned by those needed, times a hundred.", "修得した単位を必要な単位で割り、百を掛けます。",
        "The class for undergraduates asks for {nearly_all_credits_pct} % or more.", "学部生の区分は{nearly_all_credits_pct}％以上が条件です。",
    ),
    "foreign_degree_course": (
        "Degree course", "学位課程",
        "Is it a degree course, and not by correspondence?", "学位が得られる課程ですか（通信教育を除く）。",
        "Your own course at the university abroad.", "海外の大学であなたが在籍している課程について答えてください。",
        "The statuses for paid internships are for students of courses that give a degree.", "報酬のあるインターンシップの在留資格は、学位が得られる課程の学生のためのものです。",
    ),
    "duration_days": (
        "Length in days", "期間（日数）",
        "How many days will you be in Japan for it?", "実習のために日本にいるのは何日間ですか。",
        "From the first to the last day, both counted.", "初日と最終日を含めて数えます。",
        "The length decides which status fits.", "期間によって、合う在留資格が変わります。",
    ),
    "credit_bearing": (
        "Counts for credit", "単位認定",
        "Does the placement give you credit?", "この実習で単位が認定されますか。",
        "Credit towards your own course. Ask your faculty if you do not know.", "在籍する課程の単位です。分からないときは学部・研究科に確認してください。",
        "In Japan, credit does not replace a permission, but it needs its own approval. From abroad, credit decides which status you come with.", "日本の大学では、単位認定は許可の代わりになりませんが、別に承認が必要です。海外の大学の場合は、単位の有無で在留資格が変わります。",
    ),
    "foreign_programme_years": (
        "Length of your course in years", "修業年限",
        "How many years does your course take?", "課程の修業年限は何年ですか。",
        "The length the university sets, not the years you have studied.", "在籍した年数ではなく、大学が定める年数です。",
        "All such internships together may take at most half of the course.", "この種のインターンシップは、通算して修業年限の半分までです。",
    ),
    "foreign_prior_intern_days": (
        "Earlier internship days in Japan", "これまでの日本での実習の日数",
        "How many days of such internships did you already do in Japan?", "これまでに日本で行った同じ種類のインターンシップは、合わせて何日ですか。",
        "Write zero when this is the first.", "初めてのときはゼロと書いてください。",
        "Earlier stays count towards half of the course.", "以前の実習の日数も、修業年限の半分に数えます。",
    ),
    "foreign_in_recess": (
        "In your university's vacation", "在籍大学の休業期間",
        "Is all of it inside a vacation of your university?", "全期間が、在籍する大学の休業期間に入りますか。",
        "The days when your university abroad holds no classes for you.", "海外の大学で、あなたの授業が行われない期間です。",
        "The status for summer jobs is only for days without classes.", "サマージョブの在留資格は、授業のない期間だけのものです。",
    ),
}  # fmt: skip

_WHERE = {
    "status_of_residence": ("Front of the residence card, the line “Status”. With Designated Activities, also the designation paper in the passport.", "在留カードの表面の「在留資格」の欄。「特定活動」の人は旅券に添付された指定書も。"),
    "in_long_vacation": ("The dates in your school's regulations or academic calendar.", "学則または学年暦の長期休業期間。"),
    "has_blanket_permission": ("Back of the residence card, at the bottom: 「許可：原則週{week_hours}時間以内・風俗営業等の従事を除く」.", "在留カードの裏面の下の欄：「許可：原則週{week_hours}時間以内・風俗営業等の従事を除く」。"),
    "has_individual_permission": ("Back of the residence card: 「許可：資格外活動許可書に記載された範囲内の活動」. The certificate names the host.", "在留カードの裏面：「許可：資格外活動許可書に記載された範囲内の活動」。受入れ先は許可書に書いてあります。"),
    "permission_covers_period": ("The permission certificate or the seal in the passport, and the end of your period of stay.", "資格外活動許可書または旅券の証印と、在留期間の満了日。"),
    "credits_pct": ("Your transcript, and the number of credits your faculty asks for.", "成績証明書と、学部の卒業要件の単位数。"),
}  # fmt: skip

_ANSWERS = {
    "yes": ("Yes", "はい"),
    "no": ("No", "いいえ"),
    "unknown": ("I am not sure", "分かりません"),
    "private": ("Prefer not to say", "答えたくありません"),
    "blank": ("Not stated", "記載なし"),
    "institution.japan": ("A university or school in Japan", "日本の大学・学校"),
    "institution.foreign": ("A university abroad", "海外の大学"),
    "enrolment.enrolled": ("Enrolled", "在学"),
    "enrolment.leave": ("On leave of absence", "休学"),
    "enrolment.graduated": ("Graduated", "卒業・修了"),
    "enrolment.withdrawn": ("Withdrawn from the university", "退学・除籍"),
    "venue.ordinary": ("An ordinary company, office, shop or organisation", "一般の企業・事務所・店・団体"),
    "venue.own_university_ta_ra": ("The own university, as teaching or research assistant", "在籍大学（TA・RAとして）"),
    "venue.fueiho": ("A restricted (amusement) business", "風俗営業等"),
    "level.undergrad": ("Undergraduate", "学部"),
    "level.master": ("Master's course", "修士課程・博士前期課程"),
    "level.doctor": ("Doctoral course", "博士課程・博士後期課程"),
    "level.junior-college": ("Junior college", "短期大学"),
    "level.kosen": ("College of technology (kosen)", "高等専門学校"),
    "level.vocational": ("Specialised training college (senmon gakko)", "専修学校（専門学校）"),
    "level.research-student": ("Research student", "研究生"),
    "pay_kind.wage": ("A wage or salary", "賃金・給与"),
    "pay_kind.flat_allowance": ("A fixed allowance", "定額の手当"),
    "pay_kind.actual_costs": ("Only actual costs, by receipt", "実費のみ（領収書による）"),
    "pay_kind.none": ("Nothing", "なし（無報酬）"),
    "in_long_vacation.y": ("Yes, every day of it", "はい、全期間"),
    "in_long_vacation.partial": ("Only part of it", "一部だけ"),
    "in_long_vacation.n": ("No, none of it", "いいえ、入りません"),
}  # fmt: skip

_ANSWER_HELP = {
    "institution.japan": ("Also as an exchange student, or when you have just finished.", "交換留学生や、修了したばかりの人も含みます。"),
    "institution.foreign": ("You come to Japan for the internship.", "インターンシップのために来日する人です。"),
    "status_of_residence.DA_OTHER": ("The designation paper in your passport says what is allowed.", "認められる活動は、旅券に付いている指定書に書いてあります。"),
    "venue.fueiho": ("Hostess bars and clubs, pachinko, mah-jong, game centres, sex-related and matchmaking trades; also cleaning or leaflets there.", "接待のある飲食店、パチンコ、麻雀、ゲームセンター、性風俗、出会い系など。清掃やビラ配りも含みます。"),
    "venue.own_university_ta_ra": ("Under a contract with the university where you are enrolled.", "在籍する大学との契約によるものです。"),
    "pay_kind.wage": ("By the hour, day or month.", "時給・日給・月給など。"),
    "pay_kind.flat_allowance": ("A fixed sum a day or in all, whatever you spend. We treat any fixed sum as pay.", "使った額に関係なく受け取る、決まった額のお金です。本学では報酬として扱います。"),
    "pay_kind.actual_costs": ("Travel, lodging or meals, paid back against receipts.", "交通費・宿泊費・食費を、領収書の金額だけ受け取る。"),
    "pay_kind.none": ("No money at all.", "お金は受け取らない。"),
    "level.research-student": ("Kenkyusei, not enrolled for a degree.", "学位課程に入っていない人。"),
    "has_blanket_permission.y": ("The card says: within {week_hours} hours a week in principle.", "裏面に「許可：原則週{week_hours}時間以内・風俗営業等の従事を除く」とあります。"),
    "has_blanket_permission.n": ("The lines on the back are empty, or I never applied.", "裏面の欄が空白か、申請したことがありません。"),
    "has_individual_permission.y": ("I have the certificate, and it names this company.", "資格外活動許可書があり、この企業の名前が書いてあります。"),
}  # fmt: skip

_STATUSES = {
    "STUDENT": ("Student", "留学"),
    "DEPENDENT": ("Dependent", "家族滞在"),
    "DA_JOBSEARCH": ("Designated Activities (job search after graduation)", "特定活動（継続就職活動）"),
    "DA_OFFER": ("Designated Activities (job offer received)", "特定活動（就職内定者）"),
    "DA_INTERN_9": ("Designated Activities No. {notice_internship} (internship)", "特定活動（告示{notice_internship}号・インターンシップ）"),
    "DA_SUMMER_12": ("Designated Activities No. {notice_summer_job} (summer job)", "特定活動（告示{notice_summer_job}号・サマージョブ）"),
    "DA_OTHER": ("Designated Activities (other)", "特定活動（その他）"),
    "CULTURAL": ("Cultural Activities", "文化活動"),
    "TEMP_VISITOR": ("Temporary Visitor", "短期滞在"),
    "WORK_ESHI": ("Engineer / Specialist in Humanities / International Services", "技術・人文知識・国際業務"),
    "WORK_OTHER": ("Another work status", "その他の就労資格"),
    "PR": ("Permanent Resident", "永住者"),
    "SPECIAL_PR": ("Special Permanent Resident", "特別永住者"),
    "LTR": ("Long-Term Resident", "定住者"),
    "SPOUSE_JP": ("Spouse or Child of Japanese National", "日本人の配偶者等"),
    "SPOUSE_PR": ("Spouse or Child of Permanent Resident", "永住者の配偶者等"),
    "JAPANESE": ("Japanese national", "日本国籍"),
    "NONE_ABROAD": ("Not yet in Japan", "日本に入国前"),
    "UNKNOWN": ("Not known", "不明"),
}  # fmt: skip

_PROBLEMS = {
    "not_a_choice": ("Choose one of the answers.", "選択肢から選んでください。"),
    "not_yes_or_no": ("Answer yes or no.", "「はい」か「いいえ」で答えてください。"),
    "not_a_number": ("Write one number.", "数字を一つ書いてください。"),
    "not_whole": ("Write a whole number of days.", "日数は整数で書いてください。"),
    "out_of_range": ("This number is not possible here.", "この数字は範囲の外です。"),
    "not_a_fact": ("This is not one of the facts.", "この項目はありません。"),
}

_STRENGTHS = {
    "P": ("Official page", "公式ページ"),
    "C": ("Official text, copied", "公式の文書（転載）"),
    "S": ("Secondary", "二次資料"),
    "U": ("Unverified", "未確認"),
    "D": ("Office rule", "本学の取扱い"),
}


def texts() -> dict[str, Text]:
    found = {}
    for fact, words in _QUESTIONS.items():
        label_en, label_ja, en, ja, help_en, help_ja, why_en, why_ja = words
        found[f"fact.{fact}"] = Text(label_en, label_ja)
        found[f"question.{fact}"] = Text(en, ja)
        found[f"question.{fact}.help"] = Text(help_en, help_ja)
        found[f"question.{fact}.why"] = Text(why_en, why_ja)
    answers = _ANSWERS | {f"status_of_residence.{code}": pair for code, pair in _STATUSES.items()}
    return (
        found
        | {"fact.paid": Text("Paid", "報酬の有無")}
        | both("question", _WHERE, "where")
        | both("answer", answers)
        | both("answer", _ANSWER_HELP, "help")
        | both("status", _STATUSES)
        | both("problem", _PROBLEMS)
        | both("strength", _STRENGTHS)
    )
