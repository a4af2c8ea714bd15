"""The joints of sentences that print a condition, and names that only rules use."""

from .text import Text, both

_PHRASES = {
    "is": ("{name} is {values}", "{name}が{values}である"),
    "quoted": ("“{value}”", "「{value}」"),
    "yes": ("{name}: yes", "{name}：はい"),
    "no": ("{name}: no", "{name}：いいえ"),
    "over": ("{amounts} is over {limit}", "{amounts}が{limit}を超える"),
    "at_least": ("{amounts} is {limit} or more", "{amounts}が{limit}以上である"),
    "times": ("{limit} times {name}", "{name}の{limit}倍"),
    "always": ("always", "常に"),
    "never": ("never", "該当なし"),
    "plus": (" plus ", "＋"),
    "or": (" or ", "または"),
    "and": ("; and ", "、かつ"),
    "either": ("either {parts}", "次のいずれか（{parts}）"),
    "between": ("; or ", "、または"),
    "not": ("not ({part})", "（{part}）ではない"),
}
_DIAGRAM = {
    "diagram": ("How we decide", "判定の順序"),
    "valid": ("Rules for work from {day}", "{day}からの活動についての規則"),
    "lead": (
        "Read from the top. The first line that fits decides, and the ones below it are not asked.",
        "上から順に確認します。最初に当てはまった行で判定が決まり、それより下は確認しません。",
    ),
    "fits": ("yes", "はい"),
    "else": ("no", "いいえ"),
    "informs": (
        "This is information from the career office. The immigration bureau decides.",
        "キャリアセンターによる案内です。許可するかどうかは入管局が判断します。",
    ),
}
_RULE_FACTS = {
    "decided": ("the finding", "決めた判断"),
    "step": ("the step", "手順"),
    "outcome": ("the outcome", "判定"),
    "kind": ("the kind of permission", "許可の種類"),
    "flag_unpaid_over28_in_vacation": (
        "the office flags long unpaid weeks in the vacation too",
        "長期休業期間中の長時間の無報酬も要確認とする設定",
    ),
}


def texts() -> dict[str, Text]:
    return both("phrase", _PHRASES | _DIAGRAM) | both("fact", _RULE_FACTS)
