"""Document: the memo of the newest decision, as Markdown and as a self-contained page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from shipworthy.documents import decision_memo, roadmap_plan
from shipworthy.errors import InputError
from shipworthy.store import keep_text, latest, records
from shipworthy.workbench.clock import now

if TYPE_CHECKING:
    from shipworthy.evidence import Record
    from shipworthy.workbench.product import Opened


def document(opened: Opened) -> Path:
    """Write the memo of the newest decision into reports/; the path of its page.

    Raises:
        InputError: nothing was decided yet, or the product changed since.
    """
    record = latest(opened.workspace, "decide")
    if record is None:
        raise InputError(
            "record.none",
            "nothing was decided yet, so there is nothing to document",
            remedy="Run: shipworthy decide",
            next_command="shipworthy decide",
        )
    if record.provenance.spec_hash != opened.spec_hash:
        raise InputError(
            "record.stale",
            f"product.yaml changed since the decision {record.id}",
            remedy="Decide again, so that the memo speaks of the present requirements.",
            next_command="shipworthy decide",
        )
    compared = [
        each
        for each in records(opened.workspace, "compare")
        if each.provenance.fingerprint == record.provenance.fingerprint
    ]
    return write_memo(opened, record, compared[-1] if compared else None)


def write_memo(opened: Opened, record: Record, comparison: Record | None = None) -> Path:
    """Write the memo of this decision, with a comparison of the same inputs; the path of its page."""
    memo = decision_memo(opened.of_candidates, record, comparison)
    reports = reports_folder(opened)
    keep_text(reports / "decision-memo.md", memo.markdown)
    keep_text(reports / "decision-memo.html", memo.html)
    _write_roadmap(opened, record)
    return reports / "decision-memo.html"


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
