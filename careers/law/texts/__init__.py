"""Every word of the law, in English and Japanese. No digits: numbers are parameters.

Keys: `outcome.<code>` (the words on the flag), `.sentence`, `.plain` (easy Japanese), `.strip`;
`kind.<code>`; `flag.<code>`, `.sentence`, `.plain`; `document.<code>`, `.what`, `.issuer`, `.time`;
`step.<code>`, `.who`; `reason.<finding>`; `condition.<name>`; `fact.<fact>` (its label);
`question.<fact>`, `.help`, `.why`, `.where`; `answer.<fact>.<code>`, `.help`; `status.<code>`;
`problem.<code>`; `strength.<letter>`; `parameter.<name>`.
"""

from types import MappingProxyType
from typing import Final

from . import documents, flags, outcomes, parameters, phrases, questions, reasons, steps
from .text import Text

TEXTS: Final = MappingProxyType(
    outcomes.texts()
    | flags.texts()
    | documents.texts()
    | steps.texts()
    | reasons.texts()
    | questions.texts()
    | phrases.texts()
    | parameters.texts()
)

__all__ = ["TEXTS", "Text"]
