"""Document: what a product's records say, for people who were not there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from shipworthy.documents import roadmap_plan
from shipworthy.store import keep_text
from shipworthy.workbench.clock import now

if TYPE_CHECKING:
    from shipworthy.documents.building import Draft
    from shipworthy.errors import InputError
    from shipworthy.evidence import Record
    from shipworthy.workbench.documenting.proving import Proof
    from shipworthy.workbench.documenting.writing import Prepared
    from shipworthy.workbench.product import Opened

REDACTED = "redacted"


@dataclass(frozen=True)
class Documents:
    """The files that were written, the last one's page last, and by kind why others could not be."""

    paths: tuple[Path, ...]
    lacking: Mapping[str, InputError]


def document(
    opened: Opened,
    kinds: Sequence[str] = (),
    *,
    pdf: bool = False,
    redact: bool = False,
    force: bool = False,
) -> Documents:
    """Write documents of these kinds, or of all that the records allow, into reports/.

    Args:
        opened: the product.
        kinds: the names of kinds, or of the team's own templates.
        pdf: whether to set pages of print too.
        redact: whether to write them without names, addresses and examples, into reports/redacted/.
        force: whether to overwrite what was edited by hand.

    Raises:
        InputError: a kind is unknown or cannot be made, a template is wrong, or a file was edited by hand.
    """
    from shipworthy.workbench.documenting.drafting import drafts
    from shipworthy.workbench.documenting.writing import written

    found = drafts(opened, kinds, redact=redact)
    folder = documents_folder(opened, redact=redact)
    ready, unfit = _prepared(found.drafts, folder, asked=bool(kinds))
    paths = written(ready, folder, pdf=pdf, force=force)
    decided = next((each for each in found.drafts if "decide" in each.seal.records), None)
    if decided and not kinds and not redact:
        from shipworthy.store import load

        _write_roadmap(opened, load(opened.workspace, decided.seal.records["decide"][0]))
    return Documents(tuple(paths), {**found.lacking, **unfit})


def _prepared(
    made: Sequence[Draft], folder: Path, *, asked: bool
) -> tuple[list[Prepared], dict[str, InputError]]:
    """Documents with people's blocks; those that were not asked for may be left out, where they break a rule of their kind."""
    from shipworthy.errors import InputError
    from shipworthy.workbench.documenting.writing import prepared

    ready: list[Prepared] = []
    unfit: dict[str, InputError] = {}
    for each in made:
        try:
            ready.append(prepared(each, folder))
        except InputError as error:
            if asked or error.problem.code != "document.too_long":
                raise
            unfit[each.kind.name] = error
    return ready, unfit


def proofs(opened: Opened, *, redact: bool = False) -> tuple[Proof, ...]:
    """Every document in reports/ against the records that it names.

    Raises:
        InputError: there is none.
    """
    from shipworthy.workbench.documenting.proving import proofs as found

    return found(opened, documents_folder(opened, redact=redact))


def write_memo(opened: Opened, record: Record, comparison: Record | None = None) -> Path:
    """Write the memo of this decision, with a comparison of the same inputs; the path of its page.

    Raises:
        InputError: the memo was edited by hand.
    """
    from shipworthy.documents.kinds.table import MEMO

    beside = {"compare": comparison} if comparison else {}
    found = write_kind(opened, MEMO, {"decide": record, **beside})
    _write_roadmap(opened, record)
    return found


def write_kind(opened: Opened, kind: str, records: Mapping[str, Record]) -> Path:
    """Write the document of one kind from these records; the path of its page.

    Raises:
        InputError: it was edited by hand, or its template is wrong.
    """
    from shipworthy.documents.kinds.table import kind_of
    from shipworthy.documents.sources import Sources
    from shipworthy.workbench.documenting.drafting import drafted
    from shipworthy.workbench.documenting.writing import prepared, written

    folder = reports_folder(opened)
    made = drafted(opened, kind_of(kind), Sources(opened.product, records))
    return written([prepared(made, folder)], folder)[-1]


def _write_roadmap(opened: Opened, record: Record) -> None:
    """The forecast of the roadmap as of today beside the memo, where product.yaml has one."""
    from shipworthy.workbench.economics import forecasted

    found = forecasted(opened, record, now())
    plan = roadmap_plan(opened.product.product, found) if found else None
    if plan is None:
        return
    reports = reports_folder(opened)
    keep_text(reports / "roadmap.md", plan.markdown)
    keep_text(reports / "roadmap.csv", plan.table)
    keep_text(reports / "roadmap.ics", plan.calendar)


def reports_folder(opened: Opened) -> Path:
    """Where documents go: reports/ beside product.yaml, or inside a workspace that lies elsewhere."""
    return (opened.workspace_path or opened.folder) / "reports"


def documents_folder(opened: Opened, *, redact: bool) -> Path:
    """Where documents go, redacted ones in a folder of their own."""
    return reports_folder(opened) / REDACTED if redact else reports_folder(opened)
