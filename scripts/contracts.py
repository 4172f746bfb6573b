"""A contract for import-linter: a foreign library is spoken in the rooms that are named, and in no other."""

from __future__ import annotations

from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class SpokenIn(Contract):
    """`libraries` may be imported in `rooms` of `package` only, so that changing one of them is work in one place."""

    type_name = "spoken_in"
    package: Any = fields.StringField()
    libraries: Any = fields.ListField(subfield=fields.StringField())
    rooms: Any = fields.ListField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002, FBT001 - the signature is import-linter's
        """Kept where no module outside the rooms imports one of the libraries itself."""
        allowed = tuple(f"{self.package}.{room}" for room in self.rooms)
        wrong = [
            (importer, library)
            for library in self.libraries
            if library in graph.modules
            for importer in sorted(graph.find_modules_that_directly_import(library))
            if importer.startswith(f"{self.package}.") and not _within(importer, allowed)
        ]
        return ContractCheck(kept=not wrong, metadata={"wrong": wrong})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Each import that is out of place."""
        for importer, library in check.metadata["wrong"]:
            output.print_error(f"{importer} imports {library}; only {', '.join(self.rooms)} may")


def _within(module: str, rooms: tuple[str, ...]) -> bool:
    return any(module == room or module.startswith(f"{room}.") for room in rooms)
