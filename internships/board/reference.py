"""The reference data that ships with the product: sources, immigration offices, minimum wages."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.db import models, transaction

from careers.prefectures import PREFECTURES
from internships.board.models import Bureau, MinimumWage, Resource, SynonymGroup

DATA = Path(__file__).parent / "data"
COMPILED_ON = date(2026, 11, 22)

_CODES = {names[0]: code for code, names in PREFECTURES.items()}


@transaction.atomic
def load_reference_data() -> dict[str, int]:
    """Bring the tables to what ships and tell how many rows that wrote.

    Run twice it writes nothing. Rows that the office has changed stay as the office wrote them.
    """
    return {
        "sources": sum(map(_load_resource, _rows("resources.csv"))),
        "immigration offices": sum(map(_load_bureau, _rows("bureaus.csv"))),
        "groups of synonyms": sum(map(_load_synonyms, _rows("synonyms.csv"))),
        "minimum wages": sum(map(_load_minimum_wage, _rows("minimum_wages.csv"))),
    }


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _load_resource(row: dict[str, str]) -> bool:
    key = {"category": row.pop("category"), "name_en": row.pop("name_en")}
    return _put(Resource, key, {**row, "checked_on": COMPILED_ON})


def _load_bureau(row: dict[str, str]) -> bool:
    values = {
        "kind": row["type"],
        "parent": Bureau.objects.filter(code=row["parent_code"]).first(),
        "prefectures": [_CODES[name] for name in row["jurisdiction_ja"].split(";") if name],
        "takes_residence_applications": row["takes_residence_applications"] == "y",
        "checked_on": COMPILED_ON,
    }
    same = (
        "name_ja name_en jurisdiction_ja jurisdiction_en postcode address_ja phone"
        " source source_date confidence note"
    )
    values |= {name: row[name] for name in same.split()}
    return _put(Bureau, {"code": row["code"]}, values)


def _load_minimum_wage(row: dict[str, str]) -> bool:
    key = {"prefecture": row["jis_code"], "effective_from": row["effective_from"]}
    return _put(MinimumWage, key, {"yen_per_hour": int(row["yen_per_hour"])})


def _load_synonyms(row: dict[str, str]) -> bool:
    words = "\n".join(row["words"].split(";"))
    return _put(SynonymGroup, {"code": row["code"]}, {"words": words})


def _put(model: type[models.Model], key: dict, values: dict) -> bool:
    """Write one row unless the office keeps it or it is right already; tell whether it was."""
    row = model.objects.filter(**key).first() or model(**key)
    if row.kept_by_office or all(getattr(row, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return True
