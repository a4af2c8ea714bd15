"""The citations: each rule of the reference, with its sources and how strong it is.

confidence: P official page read, C official text seen in somebody else's copy, S secondary,
U unverified, D decided by the office ("design"). A rule with several carries all of them.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from .sources import SOURCES, UNDATED, Source

LAST_CHECKED: Final = date(2026, 11, 22)

# The words shown for each letter are texts: `strength.<letter>`.
STRENGTHS: Final = ("P", "C", "S", "U", "D")


@dataclass(frozen=True)
class Citation:
    """One rule of the reference: its title, its sources and its confidence."""

    id: str
    en: str
    ja: str
    confidence: tuple[str, ...]
    sources: tuple[Source, ...]
    last_checked: date = LAST_CHECKED

    def title(self, language: str) -> str:
        return self.ja if language.startswith("ja") else self.en

    @property
    def strength(self) -> str:
        """Give the strongest letter: how the rule is known at its best."""
        return self.confidence[0]

    @property
    def uncertain(self) -> bool:
        """Tell whether a part of the rule is unverified, which every page must say."""
        return "U" in self.confidence

    @property
    def address(self) -> str:
        return self.sources[0].links[0] if self.sources else ""

    @property
    def source_date(self) -> str:
        return self.sources[0].date if self.sources else UNDATED


def _citation(id_: str, confidence: str, sources: str, en: str, ja: str) -> Citation:
    return Citation(id_, en, ja, tuple(confidence), tuple(SOURCES[key] for key in sources.split()))


_CITATIONS: Final = (
    _citation("STA-FREE", "PU", "S6 S11 S41", "Statuses without a work limit", "就労制限のない在留資格"),
    _citation("STA-LIST", "PC", "S6 S11", "Statuses whose paid work is limited", "収入を伴う活動が制限される在留資格"),
    _citation("STA-WORK", "S", "S7 S29 S41", "Work statuses: inside and outside their own field", "就労資格とその範囲"),
    _citation("STA-UNPAID-OTHER", "CU", "S11", "Unpaid internships on other limited statuses", "その他の在留資格での無報酬の実習"),
    _citation("STA-UNKNOWN", "D", "", "A status is never guessed", "在留資格は推測しない"),
    _citation("PERM-GENERAL", "P", "S6", "Conditions for any permission", "許可の一般的な要件"),
    _citation("STU-UNPAID", "C", "S3 S17 S19", "Guidance asks for no permission for unpaid internships", "無報酬のインターンシップに許可は求められない（案内）"),
    _citation("STU-PAID-28", "P", "S1 S2 S8", "Paid, up to the weekly limit: blanket permission", "報酬あり・週の上限以内：包括許可"),
    _citation("STU-VAC-8", "PS", "S2 S8 S9 S19", "Long vacation: a daily limit instead", "長期休業期間は一日の上限"),
    _citation("STU-COUNT", "SU", "S27 S19", "All paid jobs are added, over any seven days", "すべての仕事を合計、どの連続七日間でも"),
    _citation("STU-OVER28", "PC", "S1 S3 S12", "Paid, over the limit: individual permission", "報酬あり・上限超：個別許可"),
    _citation("STU-OVER28-CLASS", "CS", "S4 S14 S15 S16 S19", "The published classes for individual permission", "個別許可の対象として公表されている区分"),
    _citation("STU-OVER28-OTHER", "SU", "S15", "Outside the classes: judged one by one", "区分の外：個別に判断"),
    _citation("STU-OVER28-DOCS", "S", "S14 S16 S18", "Papers for individual permission", "個別許可の必要書類"),
    _citation("STU-TARA", "PS", "S7 S20 S21 S22 S24", "Teaching and research assistants at the own university", "在籍大学でのTA・RA"),
    _citation("STU-ENROL", "SC", "S9 S20 S23 S24 S28", "The permission works only while enrolled", "許可は在籍中のみ有効"),
    _citation("STU-EXCH", "S", "S14 S31", "Exchange students over the limit", "交換留学生が上限を超える場合"),
    _citation("DAJ-28", "S", "S30 S32", "Job search after graduation: blanket permission", "継続就職活動中の包括許可"),
    _citation("DAO-28", "P", "S30 S32", "After a job offer: blanket permission", "就職内定者の包括許可"),
    _citation("DA-OVER28", "PS", "S30 S32", "Job search and job offer: individual permission", "就職活動中・内定者の個別許可"),
    _citation("BIZ-FUEIHO", "PS", "S7 S9 S19", "Nothing at a place of restricted business", "風俗営業等の場所での活動は不可"),
    _citation("DEP-28", "C", "S33", "Dependent: blanket permission, no vacation rule", "家族滞在：包括許可、長期休業の特例なし"),
    _citation("DEP-OVER28", "C", "S33", "Dependent: individual permission", "家族滞在：個別許可"),
    _citation("CUL-PAID", "S", "S29 S34", "Cultural Activities: paid work", "文化活動：報酬のある活動"),
    _citation("TMP-PAID", "S", "S35", "Temporary Visitor: no paid work", "短期滞在：報酬のある活動は不可"),
    _citation("PERM-FORM", "CS", "S5 S10 S36", "The application form", "申請書の様式"),
    _citation("PERM-FEE", "P", "S5 S43", "The permission is free of charge", "手数料はかからない"),
    _citation("PERM-TIME", "S", "S21 S23 S24 S25", "How long the permission takes", "審査にかかる期間"),
    _citation("PERM-WHERE", "S", "S37 S24", "Where to apply", "申請先"),
    _citation("PERM-ONLINE", "PU", "S38", "Filing online", "オンライン申請"),
    _citation("PERM-PROOF", "S", "S29 S42", "How a permission is shown", "許可の確認方法"),
    _citation("PERM-EXPIRY", "S", "S26 S28", "A permission ends with the period of stay", "許可の期限"),
    _citation("PERM-SANCTION", "S", "S39", "Penalties for unauthorised work", "無許可の活動の罰則"),
    _citation("FOR-PAID-9", "C", "S44", "Designated Activities: internship for credit", "特定活動（インターンシップ）"),
    _citation("FOR-PAID-12", "C", "S44", "Designated Activities: summer job", "特定活動（サマージョブ）"),
    _citation("FOR-UNPAID-90", "S", "S45 S12", "Unpaid, short stay: Temporary Visitor", "無報酬・短期：短期滞在"),
    _citation("FOR-UNPAID-91", "S", "S45 S12", "Unpaid, longer stay: Cultural Activities", "無報酬・長期：文化活動"),
    _citation("FOR-GUIDE", "S", "S46", "Guideline for hosts of interns from abroad", "受入れ機関のガイドライン"),
    _citation("FOR-DOCS-9", "S", "S47", "Papers for the internship status", "特定活動（インターンシップ）の必要書類"),
    _citation("FOR-DOCS-12", "SU", "S47", "Papers for the summer job status", "特定活動（サマージョブ）の必要書類"),
    _citation("FOR-DOCS-CUL", "S", "S48", "Papers for Cultural Activities", "文化活動の必要書類"),
    _citation("FOR-DOCS-TV", "S", "S48", "Papers for a short stay", "短期滞在の必要書類"),
    _citation("FOR-NOCHANGE", "S", "S49", "No change from Temporary Visitor for an internship", "短期滞在からの変更は認められにくい"),
    _citation("FOR-HOLD", "S", "S44", "Holders work only as their designation says", "指定書に書かれた活動のみ"),
    _citation("LAB-WORKER", "CP", "S50 S1", "When an intern is a worker", "インターンが労働者に当たる場合"),
    _citation("LAB-PAY", "SU", "S45", "Costs paid back, and fixed allowances", "実費弁償と定額の手当"),
    _citation("LAB-HOURS", "S", "S20 S21 S24", "Hours of labour law", "労働法の労働時間"),
    _citation("LAB-NOTIFY", "S", "S51", "Employers report foreign workers", "外国人雇用状況の届出"),
    _citation("LAB-INS", "S", "S52", "Insurance", "保険"),
    _citation("CRD-APPROVAL", "DP", "S12", "Credit is the university's decision", "単位認定は大学の判断"),
    _citation("DIFF-01", "D", "", "Our office treats long unpaid weeks as needing permission", "本学は長時間の無報酬も許可が必要なものとして扱う"),
    _citation("CHG-2025-FEE", "S", "S43", "Fees of status changes from April 2025", "在留資格変更の手数料（2025年4月から）"),
    _citation("CHG-2026-FEE", "S", "S43", "Fees of status changes from October 2026", "在留資格変更の手数料（2026年10月から）"),
)  # fmt: skip
CITATIONS: Final = {citation.id: citation for citation in _CITATIONS}


def citation(citation_id: str) -> Citation:
    """Give a citation by its rule id. Raises KeyError."""
    return CITATIONS[citation_id]
