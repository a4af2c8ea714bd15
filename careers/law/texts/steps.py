"""Next steps: what to do and who does it."""

from .text import Text

_YOU = ("You", "あなた")
_HOST = ("The host", "受入れ先")
_TOGETHER = ("You and our office", "あなたと窓口")

_STEPS = {
    "S_FIND_OUT": ("Find out what is missing, then check again.", "足りない情報を調べて、もう一度確認します。", _YOU),
    "S_DO_NOT_START": ("Do not start, and do not promise to start, before this is cleared.", "これが済むまで始めず、始める約束もしません。", _YOU),
    "S_DO_NOT_TRAVEL": ("Do not travel before the papers are granted.", "書類が交付されるまで渡航しません。", _YOU),
    "S_BRING_CARD": ("Bring both sides of your residence card to our office.", "在留カードの両面を窓口に持ってきます。", _YOU),
    "S_ASK_OFFICE": ("Ask our office. Your answers go with the question.", "窓口に相談します。回答の内容を添えられます。", _YOU),
    "S_FIND_OTHER_PLACE": ("Look for another place with us.", "ほかの実習先を一緒に探します。", _TOGETHER),
    "S_CHANGE_PLAN": ("Change the length, the credit or the timing of the plan with the host.", "期間・単位・時期を受入れ先と見直します。", _YOU),
    "S_CUT_HOURS": ("Cut hours to {week_hours} a week, all paid jobs together, or go on below.", "すべての仕事を合わせて週{week_hours}時間以内に減らします。減らさない場合は次へ進みます。", _YOU),
    "S_ASK_BUREAU": ("Ask the regional immigration bureau, with us if you like.", "地方出入国在留管理局に確認します。窓口と一緒でもかまいません。", _TOGETHER),
    "S_RECORD_ANSWER": ("Enter the bureau's answer here: office, date, person or reference.", "入管局の回答（局・日付・担当者または番号）をここに記録します。", _YOU),
    "S_FILE_BY": ("Hand in the application by the latest safe filing date.", "安全な申請期限までに申請します。", _YOU),
    "S_FILE_AT_HOME_OFFICE": ("File at the bureau for your home address. It is free of charge.", "住所を担当する入管局に申請します。手数料はかかりません。", _YOU),
    "S_CHANGE_STATUS": ("Apply for the change of status, and wait for the new card.", "在留資格の変更を申請し、新しいカードを待ちます。", _YOU),
    "S_HOST_FILES_CERTIFICATE": ("The host files for the Certificate of Eligibility at the bureau for its address.", "受入れ先が、その住所を担当する入管局に在留資格認定証明書を申請します。", _HOST),
    "S_GET_VISA": ("Get the visa at the Japanese embassy, unless you are exempt.", "日本の大使館で査証を受けます（免除の場合を除く）。", _YOU),
    "S_BLANKET_FOR_OTHER_WORK": ("Get blanket permission for your other job.", "ほかの仕事のために包括許可を受けます。", _YOU),
    "S_SHOW_CARD": ("Show your residence card to our office, if you have one.", "在留カードがあれば窓口で見せます。", _YOU),
    "S_SHOW_PERMISSION": ("Show the permission to our office. It opens the start gate.", "許可を窓口で見せます。開始の確認が済みます。", _YOU),
    "S_SHOW_STATUS": ("Show the new status to our office after arrival.", "来日後、在留資格を窓口で見せます。", _YOU),
    "S_READ_DESIGNATION": ("Read the designation paper with us, word for word.", "指定書を窓口と一緒に確認します。", _TOGETHER),
    "S_KEEP_LIMIT": ("Keep count: any {days_in_run} days in a row, all paid jobs together.", "どの連続{days_in_run}日間も、すべての仕事の合計時間を守ります。", _YOU),
    "S_KEEP_TO_PERMISSION": ("Keep to the host, work and period named in the permission.", "許可書に書かれた受入れ先・活動・期間を守ります。", _YOU),
    "S_CHECK_ASSISTANT_LIMIT": ("Ask your university for its own hour limit for assistants.", "TA・RAの時間の上限を大学に確認します。", _YOU),
    "S_CONFIRM_UNPAID": ("Have the host confirm in writing that nothing is paid.", "無報酬であることを受入れ先に文書で確認してもらいます。", _HOST),
    "S_CHECK_LABOUR": ("If you will do useful work, check with the Labour Standards Inspection Office first.", "利益になる仕事をする場合は、先に労働基準監督署に確認します。", _YOU),
    "S_CREDIT_APART": ("Apply for credit apart: it and the permission are two decisions.", "単位認定は別に申請します。許可とは別の判断です。", _YOU),
    "S_INSURANCE": ("Check insurance and the agreement between university and host.", "保険と、大学と受入れ先の覚書を確認します。", _TOGETHER),
}  # fmt: skip


def texts() -> dict[str, Text]:
    found = {}
    for code, (en, ja, who) in _STEPS.items():
        found[f"step.{code}"] = Text(en, ja)
        found[f"step.{code}.who"] = Text(*who)
    return found
