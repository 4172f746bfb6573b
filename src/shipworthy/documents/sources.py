"""What a document is made from: the product, and the records that it may name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shipworthy.documents.choice import subject
from shipworthy.errors import InputError
from shipworthy.metrics.on_data import is_of_data

if TYPE_CHECKING:
    from shipworthy.evidence import Decision, Evaluation, Record
    from shipworthy.spec.model import Product


@dataclass(frozen=True)
class Sources:
    """The product, and records by the verb that made them."""

    product: Product
    records: Mapping[str, Record]

    def record(self, verb: str) -> Record:
        """The record of a verb.

        Raises:
            InputError: there is none.
        """
        if verb not in self.records:
            message = f"there is no record of {verb}"
            raise InputError("record.none", message, remedy=f"Run: shipworthy {verb}")
        return self.records[verb]

    @property
    def judged(self) -> Product:
        """The product without claims about its data, as candidates are judged by it."""
        claims = tuple(each for each in self.product.requirements if not is_of_data(each.metric))
        return self.product.model_copy(update={"requirements": claims})

    @property
    def decided(self) -> tuple[Record, Evaluation, Decision] | None:
        """The record of the decision with what it holds; None where there is none."""
        record = self.records.get("decide")
        if record is None or record.evaluation is None or record.evaluation.decision is None:
            return None
        return record, record.evaluation, record.evaluation.decision

    @property
    def candidate(self) -> str | None:
        """The candidate that documents speak of: the chosen one, else the one that comes closest."""
        return subject(self.decided[1]) if self.decided else None

    @property
    def newest(self) -> Record | None:
        """The youngest record, whose time is that of the document."""
        return max(self.records.values(), key=lambda record: record.time, default=None)
