"""What can be read from a stored slip."""

from typing import Any


def sources_of(slip: dict[str, Any]) -> list[dict[str, Any]]:
    """Give the sources of all reasons, each once, in the order they are named."""
    named = [source for reason in slip["reasons"] for source in reason["sources"]]
    return list({source["rule"]: source for source in named}.values())
