"""Questions, answers, names of facts, and the words for what cannot be read."""

from .text import Text, both

# fact: label en, label ja, question en, question ja, help en, help ja, why en, why ja
_QUESTIONS = {
    "institution": (
        "University", "在籍する大学",
        "Where do you study for your degree?", "どこの大学の学位課程で学んでいますか。",
        "An exchange student in Japan chooses a university in Japan.", "日本にいる交換留学生は「日本の大学」を選びます。",
        "Students of universities abroad come to Japan on another status for the placement.", "海外の大学の学生は、実習のための別の在留資格で来日します。",
    ),
    "status_of_residence": (
        "Status of residence", "在留資格",
        "What is your status of residence?", "在留資格は何ですか。",
        "It is printed on the front of your residence card.", "在留カードの表面に書いてあります。",
        "Each status has its own limits. You may also choose not to say; then we cannot give a safe answer.", "在留資格ごとにきまりが違います。答えないこともできますが、その場合は確かな判定ができません。",
    ),
    "enrolment": (
        "Enrolment", "学籍",
        "Are you enrolled at present?", "現在、在学していますか。",
        "Choose what holds on the first day of the placement.", "実習の初日の状態を選んでください。",
        "A permission on Student status works only while you are enrolled.", "「留学」の許可は在学中だけ有効です。",
    ),
    "venue": (
        "Place", "活動の場所",
        "What kind of place is it?", "どのような場所ですか。",
        "Most placements are at an ordinary place.", "ほとんどの実習は「一般の場所」です。",
        "Nothing may be done at restricted businesses, and assistants at their own university are exempt.", "風俗営業等の場所では活動できません。在籍大学のTA・RAには例外があります。",
    ),
    "exchange_student": (
        "Exchange student", "交換留学生",
        "Are you an exchange student in Japan?", "日本で学ぶ交換留学生ですか。",
        "You are one if your degree comes from a university abroad.", "学位を海外の大学で取る人が当てはまります。",
        "Exchange students have another route for long hours.", "交換留学生は、長い時間の活動では別の手続きになります。",
    ),
    "level": (
        "Course", "課程",
        "What do you study for?", "どの課程で学んでいますか。",
        "Choose the course you are enrolled in at the time of the placement.", "実習のときに在籍している課程を選んでください。",
        "Some classes of students may apply for longer hours.", "長い時間の許可を申請できる区分があります。",
    ),
    "pay_kind": (
        "Pay", "報酬",
        "What will you receive for this placement?", "この実習で何を受け取りますか。",
        "Think of everything: money by the hour, fixed sums, costs paid back.", "時給、定額の手当、実費の精算など、すべて考えてください。",
        "Paid activities need a permission before you start. No official line was found for fixed sums, so we count them as pay.", "報酬のある活動は、始める前に許可が必要です。定額の手当に公的な基準は見つからないため、報酬として扱います。",
    ),
    "in_long_vacation": (
        "Long vacation", "長期休業期間",
        "Does the placement lie in the long vacation?", "実習は長期休業期間中ですか。",
        "Only the dates fixed by your school's regulations count, not other free days.", "学則で定める期間だけが対象です。ほかの授業のない日は含みません。",
        "In the long vacation Student status has a daily limit instead of a weekly one.", "長期休業期間中、「留学」は週ではなく一日の上限になります。",
    ),
    "hours_per_week": (
        "Hours a week", "一週間の時間",
        "How many hours a week at most?", "一週間に最大で何時間ですか。",
        "Give the fullest week of the placement, without breaks.", "最も長い週の時間を、休憩を除いて書いてください。",
        "Over {week_hours} hours a week another permission is needed.", "週{week_hours}時間を超えると、別の許可が必要です。",
    ),
    "term_hours_per_week": (
        "Hours a week in term", "学期中の一週間の時間",
        "How many hours a week at most in term?", "学期中は、一週間に最大で何時間ですか。",
        "Give the fullest week outside the long vacation.", "長期休業期間の外で最も長い週の時間です。",
        "Outside the vacation the weekly limit holds.", "長期休業期間の外では、週の上限があります。",
    ),
    "hours_per_day": (
        "Hours a day", "一日の時間",
        "How many hours a day at most?", "一日に最大で何時間ですか。",
        "Give the longest day, without breaks.", "最も長い日の時間を、休憩を除いて書いてください。",
        "In the long vacation the limit is {vacation_day_hours} hours a day, and labour law has limits of its own.", "長期休業期間中は一日{vacation_day_hours}時間が上限です。労働法の上限もあります。",
    ),
    "other_weekly_work_hours": (
        "Other paid work a week", "ほかの仕事の時間",
        "How many hours a week do you work elsewhere at the same time?", "同じ時期に、ほかの仕事を週に何時間しますか。",
        "Add all other paid jobs in the fullest seven days. Leave out work as an assistant at your own university.", "最も長い七日間の、ほかの仕事をすべて合計します。在籍大学のTA・RAは除きます。",
        "All paid jobs together count for the limit.", "上限は、すべての仕事の合計で決まります。",
    ),
    "has_blanket_permission": (
        "Blanket permission", "包括許可",
        "Do you hold a blanket permission?", "包括許可を持っていますか。",
        "It is for any ordinary job within the weekly limit.", "週の上限内なら、どの一般の仕事にも使える許可です。",
        "One you already hold is enough; you need not apply twice.", "すでに持っていれば、もう一度申請する必要はありません。",
    ),
    "has_individual_permission": (
        "Individual permission", "個別許可",
        "Do you hold an individual permission for this host and activity?", "この受入れ先と活動についての個別許可を持っていますか。",
        "A permission for one host is not valid for another.", "ある受入れ先の許可は、ほかの受入れ先では使えません。",
        "Hours over the limit need a permission that names the host and the work.", "上限を超える時間には、受入れ先と活動を定めた許可が必要です。",
    ),
    "permission_covers_period": (
        "Permission to the last day", "許可の期限",
        "Is this permission valid to the last day?", "その許可は最終日まで有効ですか。",
        "It ends with your period of stay at the latest.", "遅くとも在留期間の満了日に切れます。",
        "A permission that ends early does not cover the placement.", "途中で切れる許可では、実習を続けられません。",
    ),
    "final_year": (
        "Final year", "最終学年",
        "Does your course end in the academic year of the placement?", "実習を行う年度に卒業・修了しますか。",
        "The academic year runs from April to March. If you finish in autumn, choose that you are not sure and ask us.", "年度は四月から翌年三月までです。秋に修了する人は「分かりません」を選んで相談してください。",
        "The published classes are for students who finish that year.", "公表された区分は、その年度に卒業・修了する学生が対象です。",
    ),
    "credits_pct": (
        "Credits earned", "修得単位の割合",
        "What part of the credits needed to graduate have you earned, in per cent?", "卒業に必要な単位の何％を修得しましたか。",
        "Divide the credits earned by those needed, times a hundred.", "修得した単位を必要な単位で割り、百を掛けます。",
        "The class for undergraduates asks for {nearly_all_credits_pct} % or more.", "大学生の区分は{nearly_all_credits_pct}％以上が条件です。",
    ),
    "foreign_degree_course": (
        "Degree course abroad", "学位の課程",
        "Does your course give a degree, and is it not by correspondence?", "学位を授与する課程で、通信制ではありませんか。",
        "Answer yes if both are true.", "両方に当てはまるときは「はい」です。",
        "Paid internships from abroad are for such courses only.", "海外からの有給のインターンシップは、この課程の学生に限られます。",
    ),
    "duration_days": (
        "Length in days", "期間（日数）",
        "How many days does the placement take?", "期間は何日ですか。",
        "Count the first and the last day too.", "初日と最終日も数えます。",
        "The length decides which status fits.", "期間によって、合う在留資格が変わります。",
    ),
    "credit_bearing": (
        "Credit", "単位認定",
        "Does the placement give credit?", "この実習は単位になりますか。",
        "Ask your faculty if you do not know.", "分からないときは学部・研究科に確認してください。",
        "Credit is the university's decision and does not replace a permission. From abroad it decides which status fits.", "単位は大学の判断で、許可の代わりにはなりません。海外からの場合は、合う在留資格が変わります。",
    ),
    "foreign_programme_years": (
        "Length of your course in years", "修業年限",
        "How many years does your course take?", "課程の修業年限は何年ですか。",
        "The regular length, not the years you have studied.", "在籍した年数ではなく、定められた年数です。",
        "Internships in Japan may take at most half of it.", "日本でのインターンシップは、その半分以内です。",
    ),
    "foreign_prior_intern_days": (
        "Earlier internship days in Japan", "過去のインターンシップの日数",
        "How many days of such internships have you already done in Japan?", "これまでに日本で同じようなインターンシップを何日しましたか。",
        "Write zero if there were none.", "ない場合はゼロと書いてください。",
        "Earlier stays count too.", "過去の期間も合計に入ります。",
    ),
    "foreign_in_recess": (
        "In the recess of your university", "授業のない期間",
        "Is the whole placement in your university's recess?", "全期間が、所属大学の授業のない期間ですか。",
        "Recess means that no classes are held for you.", "あなたの授業がない期間のことです。",
        "A summer job status fits only in the recess.", "サマージョブの在留資格は、休業期間だけのものです。",
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
    "institution.japan": ("A university in Japan", "日本の大学"),
    "institution.foreign": ("A university abroad", "海外の大学"),
    "enrolment.enrolled": ("Enrolled", "在学"),
    "enrolment.leave": ("On leave of absence", "休学"),
    "enrolment.graduated": ("Graduated", "卒業・修了"),
    "enrolment.withdrawn": ("Left or was removed", "退学・除籍"),
    "venue.ordinary": ("An ordinary place", "一般の場所"),
    "venue.own_university_ta_ra": ("Assistant at my own university", "在籍大学のTA・RA"),
    "venue.fueiho": ("A restricted business", "風俗営業等"),
    "level.undergrad": ("Undergraduate", "学部"),
    "level.master": ("Master's course", "修士課程"),
    "level.doctor": ("Doctoral course", "博士課程"),
    "level.junior-college": ("Junior college", "短期大学"),
    "level.kosen": ("College of technology", "高等専門学校"),
    "level.vocational": ("Vocational school", "専修学校"),
    "level.research-student": ("Research student", "研究生"),
    "pay_kind.wage": ("A wage or salary", "賃金・給与"),
    "pay_kind.flat_allowance": ("A fixed allowance", "定額の手当"),
    "pay_kind.actual_costs": ("Only actual costs, by receipt", "実費弁償"),
    "pay_kind.none": ("Nothing", "無報酬"),
    "in_long_vacation.y": ("Yes, every day of it", "はい、全期間"),
    "in_long_vacation.partial": ("Partly", "一部だけ"),
    "in_long_vacation.n": ("No", "いいえ"),
}  # fmt: skip

_ANSWER_HELP = {
    "venue.fueiho": ("Hostess bars and clubs, pachinko, mah-jong, game centres, sex-related and matchmaking trades; also cleaning or leaflets there.", "接待のある飲食店、パチンコ、麻雀、ゲームセンター、性風俗、出会い系など。清掃やビラ配りも含みます。"),
    "venue.own_university_ta_ra": ("Teaching or research assistant under contract with the university where you are enrolled.", "在籍する大学との契約による教育・研究の補助。"),
    "pay_kind.wage": ("By the hour, day or month.", "時給・日給・月給。"),
    "pay_kind.flat_allowance": ("A fixed sum a day or in all, whatever you spend. We treat any fixed sum as pay.", "使った額に関係なく決まった額。本学では報酬として扱います。"),
    "pay_kind.actual_costs": ("Travel, lodging or meals, paid back against receipts.", "交通費・宿泊費・食費を領収書で精算。"),
    "pay_kind.none": ("No money at all.", "お金は受け取りません。"),
    "level.research-student": ("Kenkyusei, not enrolled for a degree.", "学位課程に入っていない人。"),
}  # fmt: skip

_STATUSES = {
    "STUDENT": ("Student", "留学"),
    "DEPENDENT": ("Dependent", "家族滞在"),
    "DA_JOBSEARCH": ("Designated Activities (job search after graduation)", "特定活動（継続就職活動）"),
    "DA_OFFER": ("Designated Activities (job offer received)", "特定活動（就職内定者）"),
    "DA_INTERN_9": ("Designated Activities (internship)", "特定活動（告示{notice_internship}号・インターンシップ）"),
    "DA_SUMMER_12": ("Designated Activities (summer job)", "特定活動（告示{notice_summer_job}号・サマージョブ）"),
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
