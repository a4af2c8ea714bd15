"""The sources: who says it, where, and the date the source carries."""

from dataclasses import dataclass
from typing import Final

UNDATED: Final = "undated"


@dataclass(frozen=True)
class Source:
    """One source. `date` is the date it carries (ISO, year, or words), or 'undated'."""

    key: str
    en: str
    ja: str
    addresses: tuple[str, ...]
    date: str = UNDATED

    @property
    def links(self) -> tuple[str, ...]:
        return tuple(f"https://{address}" for address in self.addresses)


def _source(key: str, en: str, ja: str, addresses: str, date: str = UNDATED) -> Source:
    return Source(key, en, ja, tuple(addresses.split()), date)


_SOURCES: Final = (
    _source("S1", "Immigration Services Agency: to those who wish to take part in an internship (Japanese)", "出入国在留管理庁「インターンシップをご希望のみなさまへ」", "www.moj.go.jp/isa/applications/resources/nyuukokukanri07_00109.html"),
    _source("S2", "Immigration Services Agency: To those who wish to take part in an internship", "出入国在留管理庁「To those who wish to take part in an internship」（英語）", "www.isa.go.jp/en/publications/materials/nyuukokukanri07_00109.html"),
    _source("S3", "Immigration Bureau's internship page, edition of August 2018, copied by others", "入国管理局のインターンシップの案内（2018年8月版・転載）", "news.visatojapan.com/?month=201901 arabogi.net/bbs/board.php?bo_table=immi_info&wr_id=128", "2018-08"),
    _source("S4", "Law office page at imsvisa.support: status of residence for internships", "行政書士等の解説（imsvisa.support）：インターンシップに関する在留資格", "imsvisa.support/post-2418/"),
    _source("S5", "Immigration Services Agency: application for permission for other activities", "出入国在留管理庁「資格外活動許可申請」", "www.moj.go.jp/isa/applications/procedures/16-8.html"),
    _source("S6", "Immigration Services Agency: requirements for the permission", "出入国在留管理庁「資格外活動許可の要件」（英語）", "www.isa.go.jp/en/applications/guide/nyuukokukanri07_00045.html"),
    _source("S7", "Immigration Services Agency: the permission (Article 19)", "出入国在留管理庁「資格外活動の許可（入管法第19条）」（英語）", "www.isa.go.jp/en/applications/guide/shikakugai.html"),
    _source("S8", "Immigration Services Agency: permission for Student status, as read by public projects", "出入国在留管理庁「『留学』の資格外活動許可」（公開プロジェクトによる確認）", "www.moj.go.jp/isa/applications/procedures/nyuukokukanri07_00003.html", "2026-08-12"),
    _source("S9", "Enforcement Regulation, Article 19 (5), copied", "入管法施行規則第19条第5項（転載）", "yomi.tokyo/agate/kohada/cosp/1329024517/143/dtna", "2012-02-18"),
    _source("S10", "Enforcement Regulation, Article 19 (1), copied", "入管法施行規則第19条第1項（転載）", "blog.goo.ne.jp/show125/e/8a9c6d1801a6539a2ea2032a737511e1", "2007-11-13"),
    _source("S11", "Immigration Act, Article 19, copied", "入管法第19条（転載）", "koshijiyusuke.com/archives/349"),
    _source("S12", "Study in Japan (JASSO): internships", "日本留学情報サイト（JASSO）「インターンシップ」", "www.studyinjapan.go.jp/ja/work-in-japan/internships/index.html"),
    _source("S14", "Law office page at visa-niigata.com: internships", "行政書士等の解説（visa-niigata.com）：インターンシップ", "visa-niigata.com/intern-ship/"),
    _source("S15", "Law office page at tn-office.jp: internships over the limit", "行政書士等の解説（tn-office.jp）：上限を超えるインターンシップ", "tn-office.jp/14109370752522"),
    _source("S16", "Law office page at sayaka-office.com: internships of students", "行政書士等の解説（sayaka-office.com）：留学生のインターンシップ", "sayaka-office.com/2017/12/18/20171218-2/", "2017-12-18"),
    _source("S17", "Law office page at office-m-yoko.com: other activities over the limit", "行政書士等の解説（office-m-yoko.com）：上限を超える資格外活動", "office-m-yoko.com/shikakugaikatudou-28ijyou", "2018-09-21"),
    _source("S18", "Law office page at common-s.jp: permission for other activities", "行政書士等の解説（common-s.jp）：資格外活動許可", "common-s.jp/visanews/kaisetsu_permit2/"),
    _source("S19", "Yamanashi Gakuin University iCLA handbook", "山梨学院大学iCLAハンドブック", "www.ygu.ac.jp/ygu-hondana/icla-hb/pageindices/index46.html", "2025"),
    _source("S20", "Waseda University, Center for International Education", "早稲田大学国際教育センター", "www.cie-waseda.jp/visastatus/en/current/internship.html", "2025"),
    _source("S21", "University of Aizu: part-time work", "会津大学「アルバイト」", "u-aizu.ac.jp/en/campus/residencecard/parttime.html"),
    _source("S22", "SOKENDAI: other activities", "総合研究大学院大学「資格外活動」", "www.soken.ac.jp/campuslife/international/immigration/other_activity/"),
    _source("S23", "University of Tokyo, Frontier Sciences: work permit", "東京大学新領域創成科学研究科「資格外活動許可」", "www.k.u-tokyo.ac.jp/international/student_support/work_permit"),
    _source("S24", "Kobe University and Nagoya University: procedures for international students", "神戸大学・名古屋大学の留学生向け案内", "www.kobe-u.ac.jp/international/student/procedure_for_stay/p-7.html sed.adm.nagoya-u.ac.jp/ja/livingguide/coe.html"),
    _source("S25", "Law offices on how long the permission takes", "行政書士事務所による審査期間の解説", "imsvisa.support/post-2509 kokusai-law.com/permit", "2020"),
    _source("S26", "Meiji University: entry and residence", "明治大学の留学生向け案内", "www.meiji.ac.jp/cip/student_support/entry_clearance/covid19_visa.html"),
    _source("S27", "Law offices and support groups on counting the hours", "時間の数え方についての解説", "haganotakeyuki.tokyo/page3.html kokoro-vj.org/?p=9350 gowell-jp.com/prepare/over-work tooda-law.net", "2020-10-12"),
    _source("S28", "Law office page at dejimalaw.com: guide to the form", "行政書士等の解説（dejimalaw.com）：申請書の書き方", "dejimalaw.com"),
    _source("S29", "Law offices on permission for other activities", "資格外活動許可についての解説", "svisa.net/kakugai.html visa-information.jp/archives/647 kinshicho-bengoshi.com"),
    _source("S30", "Immigration Services Agency: persons with a job offer", "出入国在留管理庁「内定者」の案内", "www.moj.go.jp/isa/applications/resources/nyuukokukanri07_00013.html"),
    _source("S31", "Law office page at kaikokusai.com: exchange students", "行政書士等の解説（kaikokusai.com）：交換留学生", "kaikokusai.com/newpage98.html"),
    _source("S32", "Immigration Services Agency: job hunting after graduation, as read by a public project", "出入国在留管理庁「卒業後の就職活動」（公開プロジェクトによる確認）", "www.moj.go.jp/isa/applications/resources/nyukan_nyukan84.html visa123.top ms-jimusho.com/status/status01/status07.html", "2026-05-12"),
    _source("S33", "Immigration Bureau: permission for Dependent status, March 2015, copied", "入国管理局「『家族滞在』の資格外活動許可」（2015年3月・転載）", "expydoc.com/doc/8002990 xn--wckxc688jykhyucvwh863cdkhro4b.com/family/", "2015-03"),
    _source("S34", "Law office page at samurai-law.com: Cultural Activities", "行政書士等の解説（samurai-law.com）：文化活動", "samurai-law.com/visa/2024/10/11/c82", "2024-10-11"),
    _source("S35", "Law office page at tani.biz: Temporary Visitor", "行政書士等の解説（tani.biz）：短期滞在", "tani.biz/?page=page9"),
    _source("S36", "Law offices on the application form", "申請書についての解説", "mori68gyosei.com/?p=478 visabu.jp/?p=3509 visa-station.jp", "2020-10-17"),
    _source("S37", "Where to apply", "申請先についての解説", "alivio-office.com/columns/visa-application-where-to-apply magazine.go-al.co.jp/visa/applicationdestination/"),
    _source("S38", "Immigration Services Agency: online filing, and law offices on it", "出入国在留管理庁「オンライン申請」と解説", "www.moj.go.jp/isa/applications/online/online-QA.html morinaga-office.net/14595 hirashita-office.com/archives/837 asofficeflw.com/?p=2838"),
    _source("S39", "On penalties for unauthorised work", "不法就労の罰則についての解説", "blog.goo.ne.jp/show125/e/f33f882338b328df5e0b4fa719af4c14 ryoesaka-blog.com dayforce.co.jp tbsa.or.jp/?p=583", "2025-06"),
    _source("S41", "Law offices on statuses without a work limit", "就労制限のない在留資格についての解説", "hirashita-office.com/archives/837 common-s.jp/visanews/out_of_qualification/"),
    _source("S42", "How the permission is printed on the card", "在留カードの記載についての解説", "visa-information.jp/archives/647 fukuoka-kensetsugyo.com/h4-14/"),
    _source("S43", "On the fees since 2025, and public projects citing the Immigration Services Agency", "手数料についての報道と公開プロジェクトによる確認", "mediachina.jp/info/6127420 www.moj.go.jp/isa/01_00644.html www.nippon.com/ja/news/yjj2026031000327/", "2026-10-05"),
    _source("S44", "Text of the notification for internships and summer jobs, copied", "特定活動告示（インターンシップ・サマージョブ）の転載", "www.real.or.jp/service/internship/ koyou.acroseed.com/zairyu/internship.html miyataoffice.com visanavi-law.com"),
    _source("S45", "Law offices on interns from abroad and their costs", "海外からのインターンと実費についての解説", "cogito-kobo.net office-arai-gunma.com/?p=150 inagawayobouhoumu.net visakawasaki.jimdofree.com"),
    _source("S46", "On the guideline for hosts of May 2020", "2020年5月のガイドラインについての解説", "touch.or.jp/work/archives/1151 visa-asocia.com/column/1543 joy-gyouseishosi.com iris-gyouseishoshi.com", "2024-08-27"),
    _source("S47", "Law offices on the papers for internships from abroad", "海外からのインターンシップの必要書類の解説", "lighthouse88.com tlg-visa.law", "2025-02-10"),
    _source("S48", "Law offices on Cultural Activities and short stays", "文化活動・短期滞在の必要書類の解説", "gaikoku-jin.com/visa/209.html g-shoshi.com/zairyu-visa/cultural-activities.html visasupportnavi.net/news/9956"),
    _source("S49", "Law office page at sapporozairyu.com: changes from Temporary Visitor", "行政書士等の解説（sapporozairyu.com）：短期滞在からの変更", "sapporozairyu.com"),
    _source("S50", "Labour ministry circular of 1997 on interns, and explanations", "平成9年の労働省通達についての解説", "kaiketsudojo.jp roumu.com/archives/25334156.html"),
    _source("S51", "On reporting foreign workers to Hello Work", "外国人雇用状況の届出についての解説", "visa-station.jp fukuoka-kensetsugyo.com/h4-14/", "2024-08-28"),
    _source("S52", "Kyoto University and Tsuru University on student insurance", "京都大学・都留文科大学の学生保険の案内", "www2.ges.kyoto-u.ac.jp/for-students/about-insurance/ www.tsuru.ac.jp", "2024-06-14"),
)  # fmt: skip
SOURCES: Final = {source.key: source for source in _SOURCES}
