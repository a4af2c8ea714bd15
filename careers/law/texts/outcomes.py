"""Outcomes: flag, strip, sentence, and the same in easy words; and the kinds of permission."""

from .text import Text, both

# code: flag en, flag ja, strip en, strip ja, sentence en, sentence ja, easy ja
_OUTCOMES = {
    "V_NO_RESTRICTION": (
        "No work limit on your status",
        "就労制限のない在留資格です",
        "not needed",
        "不要",
        "Your status has no work limit. There is nothing to apply for.",
        "就労制限のない在留資格です。申請するものはありません。",
        "あなたの 在留資格は、仕事を 自由に できます。申請は いりません。",
    ),
    "V_NOT_NEEDED": (
        "No permission needed",
        "許可は不要",
        "not needed",
        "不要",
        "By the guidance, this placement as you describe it needs no permission. If the plan changes, check again.",
        "案内によれば、この内容の実習に許可は求められていません。計画が変わったら、もう一度確認してください。",
        "この 実習に 許可は いりません。予定が 変わったら、もう一度 チェックして ください。",
    ),
    "V_WITHIN_STATUS": (
        "Your designation allows it",
        "指定書の範囲内です",
        "not needed",
        "不要",
        "Your designation paper already names this activity. Keep exactly to what it says.",
        "指定書に記載された活動です。記載のとおりに活動してください。",
        "指定書に 書いてある 活動です。書いてある とおりに してください。",
    ),
    "V_COVERED": (
        "Permission needed, already held",
        "許可が必要（お持ちです）",
        "needed, already held",
        "必要（取得済み）",
        "This placement needs a permission, and the one you hold covers it. Show it to our office before you start.",
        "許可が必要な実習ですが、お持ちの許可で行えます。始める前に許可を窓口で見せてください。",
        "許可が いりますが、あなたは もう 持っています。始める 前に 大学に 見せて ください。",
    ),
    "V_NEED_BLANKET": (
        "Blanket permission first",
        "先に包括許可が必要",
        "needed",
        "必要",
        "Apply for blanket permission at the immigration bureau. Do not start, or promise to start, before you hold it.",
        "入管局（出入国在留管理局）に包括許可を申請してください。許可を受けるまでは始めないでください。",
        "先に 入管で「包括許可」を もらって ください。もらうまで 始めては いけません。",
    ),
    "V_NEED_INDIVIDUAL": (
        "Individual permission first",
        "先に個別許可が必要",
        "needed",
        "必要",
        "You are in one of the published classes that can apply for individual permission. The immigration bureau decides; do not start, or promise to start, before you hold it.",
        "個別許可の対象として公表されている区分に当たります。許可するかどうかは入管局が判断します。許可を受けるまでは始めないでください。",
        "先に 入管で「個別許可」を もらって ください。入管が 決めます。もらうまで 始めては いけません。",
    ),
    "V_NEED_INDIVIDUAL_CASE": (
        "Individual permission, case by case",
        "個別許可（個別に判断）",
        "needed, decided case by case",
        "必要（個別に判断）",
        "Individual permission is needed, and you are outside the published classes. The immigration bureau decides case by case; do not count on it and do not start.",
        "個別許可が必要ですが、公表されている区分には当たりません。入管局が個別に判断します。許可を見込んで始めないでください。",
        "「個別許可」が いります。もらえるか どうかは、入管が 一人ずつ 決めます。もらうまで 始めては いけません。",
    ),
    "V_REDUCE_OR_CONSULT": (
        "Over {week_hours} h with your other job",
        "他の仕事と合わせて{week_hours}時間超",
        "needed, over with other work",
        "必要（他の仕事と合わせて超過）",
        "The placement alone fits, but all paid jobs together pass {week_hours} hours a week. Cut hours, or ask the immigration bureau.",
        "実習だけなら上限内ですが、ほかの仕事と合わせると週{week_hours}時間を超えます。時間を減らすか、入管局に相談してください。",
        "実習と アルバイトを 合わせると、一週間に {week_hours}時間を こえます。時間を へらすか、入管に 聞いて ください。",
    ),
    "V_FLAG_CONFIRM": (
        "Confirm with the bureau first",
        "先に入管局へ確認",
        "flagged: treat as needed",
        "要確認（必要なものとして扱う）",
        "You are not paid, and the Immigration Services Agency's guidance asks for no permission for unpaid internships. Our office still treats every placement above {office_week_hours} hours a week as needing it. Confirm with your regional bureau and enter its answer here before you start.",
        "無報酬のため、入管庁の案内では許可は求められていません。ただし本学では、週{office_week_hours}時間を超える計画はすべて許可が必要なものとして扱います。地方出入国在留管理局に確認し、回答を記録してから開始してください。",
        "お金を もらわない 実習ですが、一週間に {office_week_hours}時間を こえます。始める 前に、入管に 聞いて ください。答えを ここに 書いてから 始めて ください。",
    ),
    "V_CHECK_SCOPE": (
        "Check what your status allows",
        "在留資格の範囲を確認",
        "ask first",
        "先に相談",
        "It depends on what your status or designation paper allows. Ask before you start.",
        "在留資格や指定書で認められた範囲によります。始める前に確認してください。",
        "あなたの 在留資格で できるか、先に 聞いて ください。聞くまで 始めては いけません。",
    ),
    "V_CHANGE_STATUS": (
        "Another status first",
        "先に在留資格の変更",
        "another status first",
        "先に在留資格の変更",
        "You need another status of residence before you start. The immigration bureau decides on the change.",
        "始める前に在留資格の変更が必要です。変更を認めるかどうかは入管局が判断します。",
        "先に 在留資格を 変えて ください。変えるまで 始めては いけません。",
    ),
    "V_PROHIBITED": (
        "Not possible",
        "できません",
        "not possible",
        "不可",
        "No permission can cover this placement. Talk to us about another one.",
        "この実習はどの許可でも行えません。ほかの実習を一緒に探しましょう。",
        "この 実習は できません。ほかの 実習を いっしょに さがしましょう。",
    ),
    "V_BUREAU": (
        "Talk to us first",
        "先にご相談ください",
        "ask first",
        "先に相談",
        "We cannot give a safe answer with what is known. Talk to our office first; then we ask the immigration bureau together.",
        "今わかっている内容では、確かなお答えができません。先に窓口へご相談ください。必要なら一緒に入管局へ確認します。",
        "まだ わかりません。先に 大学の 人に 相談して ください。",
    ),
    "V_STATUS_DA9": (
        "Come as: Designated Activities (internship)",
        "特定活動（インターンシップ）で来日",
        "come as: Designated Activities, notice {notice_internship}",
        "特定活動（告示{notice_internship}号）",
        "Come to Japan with the status Designated Activities for internships (notice {notice_internship}). The host files for a Certificate of Eligibility first.",
        "在留資格「特定活動（告示{notice_internship}号・インターンシップ）」で来日します。先に受入れ先が在留資格認定証明書を申請します。",
        "「特定活動（インターンシップ）」で 日本に 来て ください。先に 会社が 書類を 出します。",
    ),
    "V_STATUS_DA12": (
        "Come as: Designated Activities (summer job)",
        "特定活動（サマージョブ）で来日",
        "come as: Designated Activities, notice {notice_summer_job}",
        "特定活動（告示{notice_summer_job}号）",
        "Come to Japan with the status Designated Activities for summer jobs (notice {notice_summer_job}). The host files for a Certificate of Eligibility first.",
        "在留資格「特定活動（告示{notice_summer_job}号・サマージョブ）」で来日します。先に受入れ先が在留資格認定証明書を申請します。",
        "「特定活動（サマージョブ）」で 日本に 来て ください。先に 会社が 書類を 出します。",
    ),
    "V_STATUS_CULTURAL": (
        "Come as: Cultural Activities",
        "文化活動で来日",
        "come as: Cultural Activities",
        "文化活動",
        "Come to Japan with the status Cultural Activities, without pay. The host files for a Certificate of Eligibility first.",
        "在留資格「文化活動」で来日します（無報酬）。先に受入れ先が在留資格認定証明書を申請します。",
        "「文化活動」で 日本に 来て ください。お金は もらえません。先に 会社が 書類を 出します。",
    ),
    "V_STATUS_TEMP_VISITOR": (
        "Come as: Temporary Visitor",
        "短期滞在で来日",
        "come as: Temporary Visitor",
        "短期滞在",
        "Come to Japan as a Temporary Visitor, without pay, for {short_stay_days} days or less.",
        "在留資格「短期滞在」で来日します（無報酬・{short_stay_days}日以内）。",
        "「短期滞在」で 日本に 来て ください。お金は もらえません。{short_stay_days}日までです。",
    ),
    "V_NOT_POSSIBLE_AS_PLANNED": (
        "Not possible as planned",
        "この計画ではできません",
        "not possible as planned",
        "この計画では不可",
        "No status of residence fits this plan. Change its length, credit or timing, then check again.",
        "この計画に合う在留資格がありません。期間・単位・時期を変えて、もう一度確認してください。",
        "この 予定では できません。期間や 時期を 変えて、もう一度 チェックして ください。",
    ),
}

_KINDS = {
    "NONE": ("None", "なし"),
    "BLANKET": ("Blanket permission", "包括許可"),
    "INDIVIDUAL": ("Individual permission", "個別許可"),
    "BLANKET_PLUS_INDIVIDUAL": ("Blanket and individual permission", "包括許可と個別許可"),
    "STATUS_CHANGE": ("Change of status", "在留資格変更許可"),
    "COE": ("Certificate of Eligibility", "在留資格認定証明書"),
    "VISA_ONLY": ("Visa, unless exempt", "査証（免除の場合を除く）"),
    "CONFIRM": ("To be confirmed with the bureau", "入管局に確認"),
}


def texts() -> dict[str, Text]:
    found = {}
    for code, (en, ja, strip_en, strip_ja, sentence_en, sentence_ja, easy) in _OUTCOMES.items():
        found[f"outcome.{code}"] = Text(en, ja)
        found[f"outcome.{code}.strip"] = Text(strip_en, strip_ja)
        found[f"outcome.{code}.sentence"] = Text(sentence_en, sentence_ja)
        found[f"outcome.{code}.plain"] = Text(sentence_en, easy)
    return found | both("kind", _KINDS)
