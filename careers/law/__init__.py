"""What the law says of a person and an activity. Plain Python; imports no Django.

    facts = Facts(institution="japan", status_of_residence="STUDENT", pay_kind="wage", ...)
    answer = assess(facts, on=first_day_of_work, policy=Policy())
    answer.outcome, answer.flags, answer.documents, answer.reasons, answer.unknown, ...
    text(f"outcome.{answer.outcome}", "ja")

Facts: a field is a value, UNKNOWN ("not sure") or None (blank: the default of the field).
`Facts.parse` reads raw words, `to_dict`/`from_dict` store them; FactsError lists problems.
`merge(PartialFacts("profile", {...}), PartialFacts("posting", {...}))` puts facts of several
origins together, later ones winning; `.facts` goes to assess, `.origins` to the page.
`assess` is pure and cached; NoEdition is raised for a day before the rules begin.
`Assessment.to_dict`/`from_dict` store an answer; `digest` names it.
`QUESTIONS` in order; `question.asked(given)` tells whether it still matters, where `given`
holds the facts known so far by name, and `question.may_matter(given)` whether it could once
the facts before it are known; `rules_for` gives the numbers and the policy they look at.
`text`, `words` and `citation` give words and sources.
`OUTCOMES[code]` says what the product does with an outcome; `dates` derives facts from dates.
`what_would_change(facts, on, policy)` gives the single answers that alter the outcome.
"""

from .changes import Change, what_would_change
from .citations import CITATIONS, Citation, citation
from .dates import (
    duration_days,
    final_year,
    in_long_vacation,
    latest_safe_filing_date,
    permission_covers,
)
from .decide import Assessment, Reason, assess
from .editions import RULEBOOK, Edition, NoEdition, Rulebook, edition_for
from .facts import FIELDS, UNKNOWN, Facts, FactsError, Problem, parse_value, write_value
from .merge import Merged, PartialFacts, merge
from .outcomes import DOCUMENTS, FLAGS, KINDS, OUTCOMES, Outcome
from .policy import Policy
from .questions import QUESTIONS, Option, Question, rules_for
from .sentences import sentence
from .wording import fact_words, reason_text, text, value_words, words

__all__ = [
    "CITATIONS",
    "DOCUMENTS",
    "FIELDS",
    "FLAGS",
    "KINDS",
    "OUTCOMES",
    "QUESTIONS",
    "RULEBOOK",
    "UNKNOWN",
    "Assessment",
    "Change",
    "Citation",
    "Edition",
    "Facts",
    "FactsError",
    "Merged",
    "NoEdition",
    "Option",
    "Outcome",
    "PartialFacts",
    "Policy",
    "Problem",
    "Question",
    "Reason",
    "Rulebook",
    "assess",
    "citation",
    "duration_days",
    "edition_for",
    "fact_words",
    "final_year",
    "in_long_vacation",
    "latest_safe_filing_date",
    "merge",
    "parse_value",
    "permission_covers",
    "reason_text",
    "rules_for",
    "sentence",
    "text",
    "value_words",
    "what_would_change",
    "words",
    "write_value",
]
