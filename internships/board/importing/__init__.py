"""Postings from a file: sheets (file to lines), cells (line to values), saving (what a line means),
writing (what it writes)."""

from internships.board.importing.report import write_report
from internships.board.importing.results import ACTIONS, Result, Summary
from internships.board.importing.saving import Stopped, import_table
from internships.board.importing.sheets import Table, Unreadable, read_table

__all__ = [
    "ACTIONS",
    "Result",
    "Stopped",
    "Summary",
    "Table",
    "Unreadable",
    "import_table",
    "read_table",
    "write_report",
]
