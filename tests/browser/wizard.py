"""The wizard as a browser meets it: its words, and how a question is answered."""

from tests.browser_fixtures import press

WORDS = {
    "en": {
        "go": "Continue",
        "result": "Show my result",
        "save": "Save as my placement",
        "individual": "You need individual permission before you start",
        "visitor": "Come as: Temporary Visitor",
        "needs": "1 thing needs you",
        "choose": "Choose what you will receive.",
        "pdf": "PDF, in two languages",
        "changed": "The rules have changed since this link was made",
        "today": "See and keep the answer of today's rules",
    },
    "ja": {
        "go": "次へ進む",
        "result": "結果を見る",
        "save": "実習として保存",
        "individual": "始める前に、個別許可が必要です",
        "visitor": "「短期滞在」で来日",
        "needs": "やることが1件あります",
        "choose": "受け取るものを選んでください。",
        "pdf": "PDF（日英両方）",
        "changed": "このリンクが作られた後に規則が変わりました",
        "today": "今日の規則による判定を見て保存する",
    },
}


def choose(page, words, **answers):
    """Answer the question that is shown, and go on."""
    for name, value in answers.items():
        field = page.locator(f"[name={name}]").first
        kind = field.get_attribute("type")
        if kind == "radio":
            page.locator(f"[name={name}][value='{value}']").check()
        elif field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    press(page.get_by_role("button", name=words["go"]))
