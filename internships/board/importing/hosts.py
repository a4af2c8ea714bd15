"""The hosts of a file: known ones are found by their names, others are made."""

from collections.abc import Iterable, Mapping
from typing import Any

from careers.people.models import User
from careers.record import log
from internships.board import organisations
from internships.board.folding import name_key
from internships.board.importing.cells import ORGANISATION_FIELDS
from internships.board.models import Organisation


class HostsOfFile:
    def __init__(self, names: Iterable[tuple[str, str]], by: User | None):
        self.by = by
        self._known = organisations.Hosts(names)

    def find(
        self, values: Mapping[str, Any], *, likely: Organisation | None = None
    ) -> Organisation | None:
        """Give the host of a line; of two with the same names the likely one."""
        if likely and _has_names(likely, values):
            return likely
        return self._known.find(*names_of(values))

    def add(self, values: Mapping[str, Any]) -> Organisation:
        made = {field: values[column] for column, field in ORGANISATION_FIELDS.items()}
        host = Organisation.objects.create(**made)
        log.append("imported", host, actor=self.by, after={"name": host.name_ja or host.name_en})
        return host

    def remember(self, host: Organisation) -> None:
        """Know it by its present names: its line is written."""
        self._known.add(host)

    def gaps(self, host: Organisation, values) -> set[str]:
        """Give the columns that a host has nothing in and the file has."""
        blank = {c for c, field in ORGANISATION_FIELDS.items() if not getattr(host, field)}
        return blank if self._new(host, values, blank) else set()

    def bring_up_to_date(self, organisation, values, columns: set[str]) -> None:
        """Write the named columns of the host where the file gives something else."""
        if not self._new(organisation, values, columns):
            return
        organisations.hold_postings(organisation)
        held = Organisation.objects.select_for_update()
        organisation.refresh_from_db(fields=organisations.FACTS, from_queryset=held)
        new = self._new(organisation, values, columns)
        if not new:
            return
        before = {name: getattr(organisation, name) for name in new}
        for name, value in new.items():
            setattr(organisation, name, value)
        organisation.save(update_fields=new)
        log.append("imported", organisation, actor=self.by, before=before, after=new)

    def _new(self, organisation, values, columns: set[str]) -> dict[str, str]:
        return {
            name: values[column]
            for column, name in ORGANISATION_FIELDS.items()
            if column in columns
            and values[column]
            and not self._known.was_called(organisation, values[column])
            and getattr(organisation, name) != values[column]
        }


def names_of(values: Mapping[str, Any]) -> tuple[str, str]:
    return values["organisation_ja"], values["organisation_en"]


def _has_names(organisation: Organisation, values) -> bool:
    """Whether the names that a line gives are those of the organisation."""
    pairs = zip((organisation.name_ja, organisation.name_en), names_of(values), strict=True)
    return all(name_key(said) in ("", name_key(name)) for name, said in pairs)
