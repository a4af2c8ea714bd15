"""Why a paper or a case goes back: a short list, each in both languages, and own words."""

from careers.desk.dates import is_japanese

# code: (English, Japanese)
PAPER = {
    "cut_off": (
        "A part of the page is cut off.",
        "ページの一部が切れています。",
    ),
    "unreadable": (
        "It cannot be read. Take the picture in better light.",
        "文字が読めません。明るい所で撮り直してください。",
    ),
    "unsigned": (
        "A signature or a date is missing.",
        "署名または日付がありません。",
    ),
    "differs": (
        "Dates, hours or pay differ from those of the placement.",
        "日付・時間・報酬が実習の内容と違います。",
    ),
    "wrong_paper": (
        "This is another paper than the one asked for.",
        "求めているものとは別の書類です。",
    ),
    "too_old": (
        "The paper is too old. Ask for a new one.",
        "発行日が古いので、新しいものを取ってください。",
    ),
    "other": (
        "Read our note.",
        "コメントを読んでください。",
    ),
}
CASE = {
    "papers": (
        "Some papers need correction. Each says what.",
        "直す書類があります。理由は書類ごとに書いてあります。",
    ),
    "missing": (
        "A paper is still missing.",
        "まだ届いていない書類があります。",
    ),
    "plan": (
        "The plan of the placement is not clear. Ask the company, then check again.",
        "実習の計画がはっきりしません。受入先に確かめ、もう一度判定してください。",
    ),
    "answer": (
        "The bureau's answer is not complete.",
        "入管局の回答の記録が足りません。",
    ),
    "other": (
        "Read our note.",
        "コメントを読んでください。",
    ),
}
PLAN_CHANGED = (
    "The plan has changed. Send a paper that names the new plan.",
    "実習の計画が変わりました。新しい計画が書かれたものを送ってください。",
)
NOT_ASKED_ANY_MORE = (
    "The plan has changed, and this paper is no longer needed.",
    "実習の計画が変わり、この書類は要らなくなりました。",
)
ANOTHER_WAY = (
    "The plan has changed, and another way is needed now. Open a new case.",
    "実習の計画が変わり、別の手続きになりました。新しく手続きを始めてください。",
)
CANCELLED = ("The placement was cancelled.", "実習が取りやめになりました。")

Pair = tuple[str, str]


def choices(table: dict[str, Pair]) -> list[tuple[str, str]]:
    return [(code, pair[1 if is_japanese() else 0]) for code, pair in table.items()]


def with_words(pair: Pair, words: str) -> Pair:
    """Give the reason in both languages, with what the reviewer added, as she wrote it."""
    words = words.strip()
    return (f"{pair[0]} {words}".strip(), f"{pair[1]}{words}".strip())
