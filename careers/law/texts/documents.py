"""Papers: name, what it is, who issues it, and how long that takes."""

from .text import Text

_YOU = ("You", "本人")
_UNIVERSITY = (
    "Your university, certificate counter or machine",
    "在籍大学（証明書の窓口・発行機）",
)
_HOME = ("Your university abroad", "所属する海外の大学")
_HOST = ("The host", "受入れ先")
_OFFICE = ("You or our office", "本人または本学の窓口")

# code: name en, name ja, what en, what ja, issuer
_DOCUMENTS = {
    "D_APP": (
        "Application form for extra-activity permission",
        "資格外活動許可申請書（別記第二十八号様式）",
        "The form is number {form_number} of the regulation. Filing is free of charge. For blanket permission, work and place may be left undecided.",
        "規則の別記第{form_number}号様式です。手数料はかかりません。包括許可では、仕事の内容と場所は未定でもかまいません。",
        _YOU,
    ),
    "D_PASSPORT": (
        "Passport, shown",
        "旅券（提示）",
        "Shown at the counter and given back.",
        "窓口で提示します。",
        _YOU,
    ),
    "D_RESIDENCE_CARD": (
        "Residence card, shown",
        "在留カード（提示）",
        "Shown at the counter and given back.",
        "窓口で提示します。",
        _YOU,
    ),
    "D_UNIV_RECOMMENDATION": (
        "University's recommendation that mentions extra activity",
        "推薦状（資格外活動に触れたもの）",
        "For the job search after graduation: the recommendation should say that extra activity is wished for.",
        "卒業後の就職活動用です。資格外活動を希望する旨が書かれたものが必要です。",
        ("The university you graduated from", "卒業した大学"),
    ),
    "D_HOST_STATEMENT": (
        "Host's paper: tasks, period, hours, place, pay",
        "活動内容・期間・時間・場所・報酬を示す文書",
        "A paper or contract of the host that names tasks, period, hours, place and pay.",
        "受入れ先が作成する、活動の内容・期間・時間・場所・報酬を記した文書または契約書です。",
        _HOST,
    ),
    "D_ENROLMENT_CERT": (
        "Enrolment certificate",
        "在学証明書",
        "Shows that you are enrolled now.",
        "現在在学していることを示します。",
        _UNIVERSITY,
    ),
    "D_CREDIT_CERT": (
        "Proof of credits needed and earned",
        "卒業に必要な単位と修得単位の証明（成績証明書等）",
        "Shows the credits needed to graduate and those you have earned.",
        "卒業に必要な単位数と修得した単位数を示します。",
        _UNIVERSITY,
    ),
    "D_CHANGE_APP": (
        "Application for change of status",
        "在留資格変更許可申請書",
        "The change has a fee when it is granted: from ¥{change_fee_yen} at the counter, as secondary sources say.",
        "許可されるときに手数料がかかります（窓口で{change_fee_yen}円から。二次資料による）。",
        _YOU,
    ),
    "D_COE_APP": (
        "Application for a Certificate of Eligibility",
        "在留資格認定証明書交付申請書",
        "Filed in Japan, at the bureau for the host's address, before you travel.",
        "来日前に、受入れ先の住所を担当する入管局へ申請します。",
        _HOST,
    ),
    "D_PHOTO": (
        "Photograph",
        "写真",
        "{photo_height_cm} cm high and {photo_width_cm} cm wide.",
        "縦{photo_height_cm}cm×横{photo_width_cm}cmです。",
        _YOU,
    ),
    "D_UNIV_HOST_CONTRACT": (
        "Contract between university and host, copy",
        "大学と受入れ先の契約書の写し",
        "The agreement under which the internship takes place.",
        "インターンシップの根拠となる契約です。",
        ("Your university and the host", "所属大学と受入れ先"),
    ),
    "D_UNIV_APPROVAL": (
        "University's approval, recommendation and proof of credit",
        "大学の承認書・推薦状・単位認定の証明",
        "Shows that the internship is part of your course.",
        "インターンシップが課程の一部であることを示します。",
        _HOME,
    ),
    "D_INTERN_PLAN": (
        "Internship plan",
        "インターンシップ実施計画書",
        "What you will do and learn, and who guides you.",
        "活動と学習の内容、指導する人を記します。",
        _HOST,
    ),
    "D_HOST_TERMS": (
        "Host's terms: tasks, period, pay",
        "活動内容・期間・報酬を示す資料",
        "Tasks, period and pay in the host's words.",
        "活動の内容、期間、報酬を受入れ先が記します。",
        _HOST,
    ),
    "D_PAST_STAY": (
        "Earlier internship stays in Japan",
        "過去のインターンシップでの在留歴",
        "Needed also when there were none: say so.",
        "ない場合も「なし」と記して提出します。",
        _YOU,
    ),
    "D_PROGRAMME_LENGTH": (
        "Proof of the length of your course",
        "修業年限を示す資料",
        "Shows how many years your course takes.",
        "課程の修業年限を示します。",
        _HOME,
    ),
    "D_RECESS_CERT": (
        "Proof of your university's recess",
        "休業期間を示す資料",
        "Shows the dates in which no classes are held for you.",
        "授業のない期間の日付を示します。",
        _HOME,
    ),
    "D_ACTIVITY_PLAN": (
        "Activity and period",
        "活動の内容と期間を示す資料",
        "What you will do, where and how long.",
        "活動の内容、場所、期間を記します。",
        _HOST,
    ),
    "D_HOST_PROFILE": (
        "Profile of the host",
        "受入れ先の概要",
        "What the host does.",
        "受入れ先の事業の概要です。",
        _HOST,
    ),
    "D_FUNDS": (
        "Proof of funds",
        "経費支弁を示す資料",
        "Shows how you pay for your stay without being paid.",
        "無報酬で滞在する費用をどう賄うかを示します。",
        _YOU,
    ),
    "D_TV_VISA_SET": (
        "Short-stay visa papers, unless exempt",
        "短期滞在の査証書類（免除国を除く）",
        "Passport, form, photograph and itinerary, handed in at the embassy. Not needed where visas are waived.",
        "旅券、申請書、写真、滞在予定表を大使館に提出します。査証免除の国の人は不要です。",
        _YOU,
    ),
    "D_INVITATION": (
        "Host's reasons for inviting you",
        "招へい理由書",
        "The host explains why it invites you.",
        "受入れ先が招く理由を記します。",
        _HOST,
    ),
    "O_STATUS_COPY": (
        "Copy of the residence card",
        "在留カードの写し",
        "Our office sees the card and keeps a copy.",
        "窓口でカードを確認し、写しを保管します。",
        _YOU,
    ),
    "O_PERMISSION_COPY": (
        "Copy of the permission",
        "資格外活動許可の写し",
        "The back of the card, the seal in the passport or the permission certificate.",
        "カードの裏面、旅券の証印、または資格外活動許可書です。",
        _YOU,
    ),
    "O_DESIGNATION_COPY": (
        "Copy of the designation paper",
        "指定書の写し",
        "The paper in your passport that names your activity.",
        "旅券に添付された、活動が書かれた紙です。",
        _YOU,
    ),
    "O_VACATION_CALENDAR": (
        "Vacation dates from the school regulations",
        "学則で定める長期休業期間の日程",
        "Only dates fixed by the regulations count, not other free days.",
        "学則で定めた日だけが対象です。ほかの授業のない日は含みません。",
        ("Our office", "本学の窓口"),
    ),
    "O_UNPAID_CONFIRMATION": (
        "Host's statement: no pay of any kind",
        "無報酬であることの確認書",
        "The host confirms that nothing is paid for the activity.",
        "活動の対価を一切支払わないことを受入れ先が確認します。",
        _HOST,
    ),
    "O_EXPENSE_RULE": (
        "Rule for paying back costs by receipt",
        "実費精算のきまり",
        "Says which costs are paid back, and that receipts are needed.",
        "精算する費用の範囲と、領収書が必要なことを記します。",
        _HOST,
    ),
    "O_HOURS_PLAN": (
        "Hours of each week over all jobs",
        "全部の仕事の週ごとの時間計画",
        "All paid jobs added, week by week.",
        "報酬のある仕事をすべて、週ごとに合計します。",
        _YOU,
    ),
    "O_TARA_CONTRACT": (
        "Contract as teaching or research assistant",
        "TA・RAの契約書",
        "Shows that your own university employs you to assist teaching or research.",
        "在籍する大学との、教育・研究の補助の契約を示します。",
        ("Your university", "在籍大学"),
    ),
    "O_CREDIT_APPROVAL": (
        "Credit approval",
        "単位認定の承認",
        "Your faculty decides on credit. It does not replace a permission.",
        "単位は学部・研究科が判断します。許可の代わりにはなりません。",
        ("Your faculty", "所属の学部・研究科"),
    ),
    "O_BUREAU_CONFIRMATION": (
        "The bureau's answer",
        "入管局の回答の記録",
        "Which office was asked, on what day, person or reference, and the answer.",
        "確認した入管局、日付、担当者または受付番号、回答を記録します。",
        _OFFICE,
    ),
}
# Only of the permission itself do sources say how long it takes. Of the others we say on whom
# it hangs, so that nobody plans with a number that nobody stands for.
_PERMISSION = (
    "You fill it in at once. The permission takes about {shortest_answer_weeks} weeks to {longest_answer_months} months.",
    "すぐに記入できます。許可まで{shortest_answer_weeks}週間から{longest_answer_months}か月ほどかかります。",
)
_DECISION = (
    "The form is filled in at once. We hold no checked figure for the decision: ask the bureau when you file.",
    "すぐに記入できます。審査にかかる期間の確かな資料がありません。申請のときに入管局に聞いてください。",
)
_AT_HAND = ("At hand: you have it already.", "すぐに用意できます（すでにお持ちのものです）。")
_AT_ONCE = ("At once: you write or make it yourself.", "すぐに用意できます（自分で作ります）。")
_AT_COUNTER = (
    "At a certificate machine at once; at a counter or by post, ask for the day.",
    "発行機ならその場で受け取れます。窓口や郵送の場合は日数を聞いてください。",
)
_FROM_HOST = (
    "The host writes it. Agree on a day well before the filing date.",
    "受入れ先が作ります。申請期限より十分前の日を決めてください。",
)
_FROM_UNIVERSITY = (
    "The university writes it. Ask early for the day it is ready.",
    "大学が作ります。できあがる日を早めに聞いてください。",
)
_FROM_OFFICE = ("Our office has it: ask at the counter.", "本学の窓口にあります。")
_FROM_BUREAU = (
    "It depends on the question and the office. Ask early, and write down the day and the name.",
    "内容と窓口によります。早めに聞いて、日付と担当者を書いておいてください。",
)
_FROM_EMBASSY = (
    "Ask the embassy where you hand it in; waiting for the visa comes on top.",
    "提出する大使館に聞いてください。査証の審査にさらに日数がかかります。",
)
_FROM_PAYER = (
    "It comes from the bank, or from whoever pays for you. Ask them for the day.",
    "銀行や費用を出す人が用意します。日数を聞いてください。",
)
_FROM_FACULTY = (
    "When the faculty decides, by its own calendar. Ask for the day.",
    "学部・研究科の日程によります。日を聞いてください。",
)

_TIMES = {
    "D_APP": _PERMISSION,
    "D_PASSPORT": _AT_HAND,
    "D_RESIDENCE_CARD": _AT_HAND,
    "D_UNIV_RECOMMENDATION": _FROM_UNIVERSITY,
    "D_HOST_STATEMENT": _FROM_HOST,
    "D_ENROLMENT_CERT": _AT_COUNTER,
    "D_CREDIT_CERT": _AT_COUNTER,
    "D_CHANGE_APP": _DECISION,
    "D_COE_APP": _DECISION,
    "D_PHOTO": _AT_ONCE,
    "D_UNIV_HOST_CONTRACT": _FROM_UNIVERSITY,
    "D_UNIV_APPROVAL": _FROM_UNIVERSITY,
    "D_INTERN_PLAN": _FROM_HOST,
    "D_HOST_TERMS": _FROM_HOST,
    "D_PAST_STAY": _AT_ONCE,
    "D_PROGRAMME_LENGTH": _FROM_UNIVERSITY,
    "D_RECESS_CERT": _FROM_UNIVERSITY,
    "D_ACTIVITY_PLAN": _FROM_HOST,
    "D_HOST_PROFILE": _FROM_HOST,
    "D_FUNDS": _FROM_PAYER,
    "D_TV_VISA_SET": _FROM_EMBASSY,
    "D_INVITATION": _FROM_HOST,
    "O_STATUS_COPY": _AT_HAND,
    "O_PERMISSION_COPY": _AT_HAND,
    "O_DESIGNATION_COPY": _AT_HAND,
    "O_VACATION_CALENDAR": _FROM_OFFICE,
    "O_UNPAID_CONFIRMATION": _FROM_HOST,
    "O_EXPENSE_RULE": _FROM_HOST,
    "O_HOURS_PLAN": _AT_ONCE,
    "O_TARA_CONTRACT": _FROM_UNIVERSITY,
    "O_CREDIT_APPROVAL": _FROM_FACULTY,
    "O_BUREAU_CONFIRMATION": _FROM_BUREAU,
}


def texts() -> dict[str, Text]:
    found = {}
    for code, (en, ja, what_en, what_ja, issuer) in _DOCUMENTS.items():
        found[f"document.{code}"] = Text(en, ja)
        found[f"document.{code}.what"] = Text(what_en, what_ja)
        found[f"document.{code}.issuer"] = Text(*issuer)
        found[f"document.{code}.time"] = Text(*_TIMES[code])
    return found
