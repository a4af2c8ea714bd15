"""The report of an import: one line for each line of the file."""

import csv
from pathlib import Path

from internships.board.importing.cells import COLUMNS, as_text
from internships.board.importing.results import Result, Summary

HEADERS = ["row", "excel_row", *COLUMNS, "problems", "action", "note"]


def write_report(summary: Summary, path: Path) -> None:
    """Write the report whole or not at all."""
    draft = path.with_name(path.name + ".part")
    with draft.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADERS)
        writer.writerows(map(_cells, summary.results))
    draft.replace(path)


def _cells(result: Result) -> list[str]:
    understood = {name: as_text(value) for name, value in result.values.items()}
    if result.posting:
        understood["ref"] = result.posting.ref
    return [
        str(result.line.row),
        str(result.line.excel_row),
        *(understood[name] for name in COLUMNS),
        ";".join(result.problems),
        result.action,
        result.why,
    ]
