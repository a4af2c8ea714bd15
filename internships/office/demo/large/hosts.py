"""Words that names of organisations are made of."""

from itertools import product

# Japanese, kana, Latin letters; of the second also the industry.
_FIRST = """
    東都, トウト, Toto
    西海, サイカイ, Saikai
    北斗, ホクト, Hokuto
    南風, ナンプウ, Nampu
    青葉, アオバ, Aoba
    若竹, ワカタケ, Wakatake
    白鷺, シラサギ, Shirasagi
    松風, マツカゼ, Matsukaze
    瑞穂, ミズホ, Mizuho
    桜木, サクラギ, Sakuragi
    朝日, アサヒ, Asahi
    銀河, ギンガ, Ginga
    双葉, フタバ, Futaba
    千歳, チトセ, Chitose
    富岳, フガク, Fugaku
    大和, ヤマト, Yamato
    永和, エイワ, Eiwa
    光明, コウメイ, Komei
    泉, イズミ, Izumi
    藤, フジ, Fuji
    栄, サカエ, Sakae
    緑, ミドリ, Midori
    高砂, タカサゴ, Takasago
    清流, セイリュウ, Seiryu
    和泉, イズミ, Izumi
    天竜, テンリュウ, Tenryu
"""
_SECOND = """
    電子, デンシ, Electronics, manufacturing
    精機, セイキ, Precision, manufacturing
    情報, ジョウホウ, Information, it
    システム, システム, Systems, it
    食品, ショクヒン, Foods, manufacturing
    農園, ノウエン, Farm, agriculture
    観光, カンコウ, Tourism, hospitality
    物流, ブツリュウ, Logistics, transport
    建設, ケンセツ, Construction, construction
    出版, シュッパン, Press, media
    商事, ショウジ, Trading, wholesale_retail
    薬品, ヤクヒン, Pharma, medical_welfare
    研究所, ケンキュウジョ, Research, research
    銀行, ギンコウ, Bank, finance
    教育, キョウイク, Education, education
    不動産, フドウサン, Estate, real_estate
"""
_FORMS = """
    株式会社{}, {} Inc.
    {}株式会社, {} Co. Ltd.
    有限会社{}, {} Ltd.
    合同会社{}, {} LLC
    一般社団法人{}, {} Association
    NPO法人{}, NPO {}
    一般財団法人{}, {} Foundation
    {}グループ, {} Group
    {}ホールディングス, {} Holdings
    {}協会, {} Society
    {}センター, {} Center
    {}組合, {} Cooperative
    日本{}, Nippon {}
    新{}, New {}
    {}東日本, {} East Japan
    {}西日本, {} West Japan
"""


def _table(text: str) -> list[list[str]]:
    return [line.strip().split(", ") for line in text.strip().splitlines()]


def names() -> list[dict[str, str]]:
    """Give every name that can be made, with its industry."""
    return [
        {
            "name_ja": in_japanese.format(first[0] + second[0]),
            "name_en": in_english.format(f"{first[2]} {second[2]}"),
            "name_kana": first[1] + second[1],
            "industry": second[3],
        }
        for (in_japanese, in_english), second, first in product(
            _table(_FORMS), _table(_SECOND), _table(_FIRST)
        )
    ]
