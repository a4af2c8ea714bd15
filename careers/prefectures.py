"""The 47 prefectures by JIS X 0401 code; names as the post office writes them."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

_TABLE = """
01 北海道 Hokkaido|02 青森県 Aomori|03 岩手県 Iwate|04 宮城県 Miyagi
05 秋田県 Akita|06 山形県 Yamagata|07 福島県 Fukushima|08 茨城県 Ibaraki
09 栃木県 Tochigi|10 群馬県 Gunma|11 埼玉県 Saitama|12 千葉県 Chiba
13 東京都 Tokyo|14 神奈川県 Kanagawa|15 新潟県 Niigata|16 富山県 Toyama
17 石川県 Ishikawa|18 福井県 Fukui|19 山梨県 Yamanashi|20 長野県 Nagano
21 岐阜県 Gifu|22 静岡県 Shizuoka|23 愛知県 Aichi|24 三重県 Mie
25 滋賀県 Shiga|26 京都府 Kyoto|27 大阪府 Osaka|28 兵庫県 Hyogo
29 奈良県 Nara|30 和歌山県 Wakayama|31 鳥取県 Tottori|32 島根県 Shimane
33 岡山県 Okayama|34 広島県 Hiroshima|35 山口県 Yamaguchi|36 徳島県 Tokushima
37 香川県 Kagawa|38 愛媛県 Ehime|39 高知県 Kochi|40 福岡県 Fukuoka
41 佐賀県 Saga|42 長崎県 Nagasaki|43 熊本県 Kumamoto|44 大分県 Oita
45 宮崎県 Miyazaki|46 鹿児島県 Kagoshima|47 沖縄県 Okinawa
"""

PREFECTURES: dict[str, tuple[str, str]] = {
    code: (ja, en)
    for code, ja, en in (
        cell.split() for line in _TABLE.strip().splitlines() for cell in line.split("|")
    )
}

# The eight regions as schoolbooks have them, north to south.
REGIONS = {
    "hokkaido": (_("Hokkaido"), ("01",)),
    "tohoku": (_("Tohoku"), ("02", "03", "04", "05", "06", "07")),
    "kanto": (_("Kanto"), ("08", "09", "10", "11", "12", "13", "14")),
    "chubu": (_("Chubu"), ("15", "16", "17", "18", "19", "20", "21", "22", "23")),
    "kinki": (_("Kinki"), ("24", "25", "26", "27", "28", "29", "30")),
    "chugoku": (_("Chugoku"), ("31", "32", "33", "34", "35")),
    "shikoku": (_("Shikoku"), ("36", "37", "38", "39")),
    "kyushu": (_("Kyushu and Okinawa"), ("40", "41", "42", "43", "44", "45", "46", "47")),
}


def prefecture_name(code: str, language: str | None = None) -> str:
    """Give the name of a prefecture in the reader's language; an unknown code gives itself."""
    names = PREFECTURES.get(code)
    if names is None:
        return code
    return names[0] if (language or get_language() or "ja").startswith("ja") else names[1]


def prefecture_choices() -> list[tuple[str, str]]:
    """Give (code, name in the reader's language), north to south."""
    column = 0 if (get_language() or "ja").startswith("ja") else 1
    return [(code, names[column]) for code, names in PREFECTURES.items()]
