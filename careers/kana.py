"""Hiragana as katakana: readings are kept in katakana, and people write either."""

KATAKANA = {hiragana: hiragana + 0x60 for hiragana in range(0x3041, 0x3097)}


def katakana(text: str) -> str:
    return text.translate(KATAKANA)
