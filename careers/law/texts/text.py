from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """The same words in both languages; `{names}` are filled from parameters and facts."""

    en: str
    ja: str

    def __post_init__(self) -> None:
        if not self.en or not self.ja:
            raise ValueError("a text needs both languages")

    def in_language(self, language: str) -> str:
        return self.ja if language.startswith("ja") else self.en


def both(prefix: str, pairs: Mapping[str, tuple[str, str]], suffix: str = "") -> dict[str, Text]:
    """Make texts of pairs (English, Japanese), keyed `prefix.code.suffix`."""
    end = f".{suffix}" if suffix else ""
    return {f"{prefix}.{code}{end}": Text(en, ja) for code, (en, ja) in pairs.items()}
