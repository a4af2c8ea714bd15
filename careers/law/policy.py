"""Office settings that change verdicts; stored with each verdict."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Policy:
    """One office's choices. The defaults are what the worked cases expect."""

    flag_unpaid_over28_in_vacation: bool = True
    bureau_lead_days: int = 60
    mixed_week_reading: str = "safe"

    def __post_init__(self) -> None:
        if self.bureau_lead_days < 0:
            raise ValueError("bureau_lead_days must not be negative")
        if self.mixed_week_reading not in ("safe", "wide"):
            raise ValueError("mixed_week_reading is 'safe' or 'wide'")

    def to_dict(self) -> dict[str, bool | int | str]:
        return asdict(self)

    @classmethod
    def from_dict(cls, stored: Mapping[str, bool | int | str]) -> "Policy":
        return cls(**stored)  # type: ignore[arg-type]
