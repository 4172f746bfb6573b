"""Shipworthy: requirements that run.

    import shipworthy as sw

    product = sw.open("examples/spam")       product.yaml, read and proved
    sw.check(product)                        against its data: problems and warnings
    sw.frame(product)                        a rule, a model, a person or nobody; sw.opportunities([...]) ranks several
    sw.audit(product)                        claims about the data, and what is wrong with them
    sw.train(product)                        the trained candidates that are missing or stale
    sw.evaluate(product)                     every candidate against every requirement
    sw.compare(product)                      challengers against the champion, on the same rows
    sw.explain(product, "logistic", row="7") what drives a candidate, and why it answered a row so
    sw.decide(product)                       ship, do not ship, or not yet
    sw.plan(product)                         what each open requirement still needs, in rows, money and weeks
    sw.probe(product, "assistant", ask="…")  one prompt several times: what comes back, and how far it varies
    sw.risks(product)                        what may go wrong, what the law asks, who answers
    sw.incident(product)                     where a bias incident stands; sw.incident_open and sw.incident_step handle it
    sw.label(product)                        where the labelling queue stands; sw.label_take(product, 100) fills it
    sw.document(product)                     the memo, as a page
    sw.sign(product, "Ana Lima")             a name under the newest decision, with dissent and what is left over
    sw.history(product)                      who decided and signed what; sw.replay(product, id) takes one again
    sw.gate(product)                         for CI: today's product against what was signed
    sw.run(product)                          all of it, skipping what is fresh
    sw.records(product)                      what was done before
    sw.metrics()                             everything that a requirement may name

Results are frozen values (`Record`, `Evaluation`, `Estimate`, `Verdict`, `Decision`) that show themselves in a
notebook. Every error is a `ShipworthyError` with a code, a place and a remedy.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shipworthy.errors import InputError as InputError
    from shipworthy.errors import OutsideError as OutsideError
    from shipworthy.errors import ShipworthyError as ShipworthyError
    from shipworthy.errors import SpecError as SpecError
    from shipworthy.evidence import Decision as Decision
    from shipworthy.evidence import Estimate as Estimate
    from shipworthy.evidence import Evaluation as Evaluation
    from shipworthy.evidence import Record as Record
    from shipworthy.evidence import Verdict as Verdict
    from shipworthy.workbench.api import audit as audit
    from shipworthy.workbench.api import check as check
    from shipworthy.workbench.api import compare as compare
    from shipworthy.workbench.api import decide as decide
    from shipworthy.workbench.api import document as document
    from shipworthy.workbench.api import evaluate as evaluate
    from shipworthy.workbench.api import explain as explain
    from shipworthy.workbench.api import frame as frame
    from shipworthy.workbench.api import gate as gate
    from shipworthy.workbench.api import history as history
    from shipworthy.workbench.api import incident as incident
    from shipworthy.workbench.api import incident_open as incident_open
    from shipworthy.workbench.api import incident_step as incident_step
    from shipworthy.workbench.api import label as label
    from shipworthy.workbench.api import label_agreement as label_agreement
    from shipworthy.workbench.api import label_export as label_export
    from shipworthy.workbench.api import label_give as label_give
    from shipworthy.workbench.api import label_import as label_import
    from shipworthy.workbench.api import label_take as label_take
    from shipworthy.workbench.api import metrics as metrics
    from shipworthy.workbench.api import new as new
    from shipworthy.workbench.api import open as open  # noqa: A004 - people write sw.open
    from shipworthy.workbench.api import opportunities as opportunities
    from shipworthy.workbench.api import plan as plan
    from shipworthy.workbench.api import probe as probe
    from shipworthy.workbench.api import probes as probes
    from shipworthy.workbench.api import records as records
    from shipworthy.workbench.api import replay as replay
    from shipworthy.workbench.api import risks as risks
    from shipworthy.workbench.api import run as run
    from shipworthy.workbench.api import sign as sign
    from shipworthy.workbench.api import train as train

_HOME = {
    **dict.fromkeys(("InputError", "OutsideError", "ShipworthyError", "SpecError"), "shipworthy.errors"),
    **dict.fromkeys(("Decision", "Estimate", "Evaluation", "Record", "Verdict"), "shipworthy.evidence"),
    **dict.fromkeys(
        (
            "audit",
            "check",
            "compare",
            "decide",
            "document",
            "evaluate",
            "explain",
            "frame",
            "incident",
            "incident_open",
            "incident_step",
            "gate",
            "history",
            "label",
            "label_agreement",
            "label_export",
            "label_give",
            "label_import",
            "label_take",
            "metrics",
            "new",
            "open",
            "opportunities",
            "plan",
            "probe",
            "probes",
            "records",
            "risks",
            "replay",
            "run",
            "sign",
            "train",
        ),
        "shipworthy.workbench.api",
    ),
}

__all__ = sorted(_HOME)  # noqa: PLE0605 - the names are listed once, in _HOME


class _Face(ModuleType):
    """The package as people see it: a verb is a function here, although a room of the house has the same name."""

    def __setattr__(self, name: str, value: Any) -> None:
        # Importing the room shipworthy.evaluate would otherwise put the room in the place of the verb.
        if not (name in _HOME and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Face


def __getattr__(name: str) -> Any:
    """Load a public name on first use, so that importing Shipworthy costs next to nothing."""
    if name == "__version__":
        return import_module("shipworthy.workbench.version").CODE_VERSION
    if name not in _HOME:
        raise AttributeError(f"module 'shipworthy' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
