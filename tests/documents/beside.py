"""What stands beside a decision of `mail`: a register of risks, an incident, signatures and an explanation."""

from __future__ import annotations

from dataclasses import replace

from shipworthy.evidence import (
    Incident,
    IncidentStep,
    Record,
    RiskFigure,
    RiskRegister,
    RiskRow,
    Seal,
    Signature,
)
from shipworthy.evidence.explanation import Driver, Drivers, Explained, Explanation
from shipworthy.evidence.incident import Clock, Said, Sized
from shipworthy.evidence.risks import Edition, EthicsItem, Tag, TierRule, Triage, TriageFact
from shipworthy.evidence.signing import Dissent

OPENED = "2026-11-20T09:00:00.000000Z"
GAP = "gap(false_positive_rate, format) <= 0.05"
RECORD = "20261122T070000.000000Z-evaluate-0a1b2c3d"

FIGURE = RiskFigure(
    "gap(false_positive_rate, format)", {}, 0.083, 0.012, 0.176, 830, RECORD, GAP, "<=", 0.05, "undecided"
)
ROWS = (
    RiskRow(
        "K7", "Unfair gap between groups", "triggered", "missed: gap", (FIGURE,), (RECORD,), "Look at html first.",
        "Send the group to a person.", (Tag("NIST AI RMF", "MEASURE 2.11", "fairness is measured"), Tag("NIST AI RMF", "MAP 1.1", "")),
        owner="Grace *Hopper*", response="mitigate", treatment="a person reads it", revisit="2027-03-01",
    ),
    RiskRow("K5", "Rights unknown", "triggered", "nobody said for how long", next_step="Say how long."),
    RiskRow("K2", "Data unlike the world", "not_measured", "nothing says what production looks like"),
    RiskRow("K6", "Dear mistakes", "quiet", "met: net_value", (FIGURE,) * 5, (RECORD,)),
    RiskRow("K10", "Invented answers", "does_not_apply", "answers are no texts"),
    RiskRow("senders adapt", "senders adapt", "not_measured", "no metric is named", own=True, note="within weeks"),
)  # fmt: skip
LAW = Triage(
    "minimal", "high_risk", ("it reaches people in the European Union",), (),
    (
        TriageFact("reaches_eu", "Does it reach the Union?", True, "stated", None, "Article 2", "it does"),
        TriageFact("employment", "Does it help to hire?", None, "", "high_risk", "Annex III, 4", "it hires"),
    ),
    ("employment",), (TierRule("minimal", "Minimal risk", "No specific duty.", ("Article 4: since 2025-02-02",), ()),),
)  # fmt: skip
ETHICS = (
    EthicsItem("fairness", "alike", (GAP,), "undecided", "platform", "2027-01-01", None),
    EthicsItem("recourse", "appeal", (), "open", None, None, None, (), ("no owner",)),
)
EDITIONS = (Edition("EU AI Act", "Regulation (EU) 2024/1689", "2026-07-04", "its text", 141, old=True),)
CLOCK = Clock(
    "serious incident",
    15,
    "2026-12-05T09:00:00.000000Z",
    "EU AI Act",
    "Article 73(2)",
    "it is serious",
    counts=True,
)
SIZES = (
    Sized({"format": "html"}, "false_positive_rate", 177.1, 113.6, 265.4, 96, 18.2, 11.7, 27.3, RECORD, worst=True, excess=8.5),
    Sized({"format": "plain"}, "recall", 4.2, None, None, 734, None, None, None, RECORD),
)  # fmt: skip
STEPS = (
    IncidentStep("verify", "2026-11-20T09:30:00.000000Z", "Ada", (Said("Is it so?", "Ada counted anew"),), (FIGURE,), (), (RECORD,), "missed"),
    IncidentStep("size", "2026-11-20T12:00:00.000000Z", "Ada", (Said("Who is hit?", "readers of Ring mails"),), (), SIZES, (RECORD,)),
    IncidentStep("contain", "2026-11-23T12:00:00.000000Z", "Grace *Hopper*", (Said("What stops it?", "a person"),), early="Ada waits"),
    IncidentStep("tell", "2026-11-24T12:00:00.000000Z", "Ada", (Said("Who was told?", "all, and Lovelace"),)),
)  # fmt: skip
INCIDENT = Incident(
    2, "You bury mails of Lovelace", OPENED, "Ada", "logistic", GAP, drill=False, clocks=(CLOCK,), steps=STEPS
)


def records(decision: Record) -> dict[str, Record]:
    """Records by verb, of this decision."""
    return {
        "risks": _record(decision, "risks", register=RiskRegister("logistic", ROWS, LAW, ETHICS, EDITIONS)),
        "incident": _record(decision, "incident", incident=INCIDENT),
        "sign": _record(decision, "sign", signature=signature(decision)),
        "explain": _record(decision, "explain", explanation=explanation(decision)),
    }


def _record(decision: Record, verb: str, **content: object) -> Record:
    return replace(
        decision,
        verb=verb,
        time="2026-11-22T09:00:00.000001Z",
        evaluation=None,
        economics=None,
        facts=None,
        **content,
    )


def signature(decision: Record) -> Signature:
    """A signature against the evidence, with dissent."""
    return Signature(
        Seal(decision.id, decision.hash), "not_yet", "Ada Lovelace", "ship", "logistic", "the deadline", (Dissent("Grace *Hopper*", "it is too early"),),
        ("recall may be lower",), "the desk of Lovelace", "2027-03-01", None, override=True,
    )  # fmt: skip


def explanation(decision: Record) -> Explanation:
    """What drives the candidate that was decided on."""
    assert decision.evaluation is not None
    version = decision.evaluation.facts("logistic").version
    found = (Driver(("dollar",), 0.083, 0.058, 0.107), Driver(("winner", "format"), 0.01, None, None))
    drivers = Drivers("log loss", 0.2375, 1176, 1176, 5, 0, found)
    return Explanation((Explained("logistic", "trained", version, drivers),))
