"""Records: what a verb did, from which inputs, sealed by a hash of its own content."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property
from typing import Any

from shipworthy.errors import InputError
from shipworthy.evidence.audit import Audit, read_audit, read_verdict
from shipworthy.evidence.comparison import Contest, read_contest
from shipworthy.evidence.display import (
    audit_html,
    contest_html,
    evaluation_html,
    explanation_html,
    framing_html,
    incident_html,
    register_html,
)
from shipworthy.evidence.economics import Economics, read_economics
from shipworthy.evidence.explanation import Explanation, read_explanation
from shipworthy.evidence.framing import Framing, read_framing
from shipworthy.evidence.incident import Incident, read_incident
from shipworthy.evidence.judging import read_judge_trust
from shipworthy.evidence.mitigation import read_mitigation
from shipworthy.evidence.plan import Plan, read_plan
from shipworthy.evidence.risks import RiskRegister, read_register
from shipworthy.evidence.signing import Signature, read_signature
from shipworthy.evidence.values import (
    CandidateFacts,
    Confused,
    CurvePoint,
    DataFacts,
    Decision,
    Estimate,
    Evaluation,
    Failed,
    Handover,
    Regret,
    Reliability,
    ReliabilityBin,
    SliceSearch,
    SplitFacts,
    WorstSlice,
)

SCHEMA = 1
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


@dataclass(frozen=True)
class Provenance:
    """The inputs of a record: with the same ones, a verb gives the same evidence."""

    spec_hash: str
    data: tuple[DataFacts, ...]
    models: Mapping[str, str]
    code_version: str
    seed: int
    engine: str
    queries: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        """A hash of everything that decides the result (the queries follow from it)."""
        inputs = {key: value for key, value in plain(self).items() if key != "queries"}
        return content_hash(inputs)


@dataclass(frozen=True)
class Record:
    """One append-only entry of the workspace. `id` is `<time>-<verb>-<hash>`, its file's name without `.json`.

    `time` is UTC with microseconds, as in 2026-11-22T07:48:17.123456Z, so that ids sort by time.
    """

    verb: str
    time: str
    provenance: Provenance
    evaluation: Evaluation | None = None
    facts: Mapping[str, Any] | None = None
    parent: str | None = None
    plan: Plan | None = None
    contest: Contest | None = None
    audit: Audit | None = None
    economics: Economics | None = None
    framing: Framing | None = None
    explanation: Explanation | None = None
    register: RiskRegister | None = None
    incident: Incident | None = None
    signature: Signature | None = None

    def __post_init__(self) -> None:
        if not _TIME.fullmatch(self.time):
            raise ValueError(f"{self.time!r} is not a UTC time such as 2026-11-22T07:48:17.123456Z")

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the canonical JSON of everything but the hash and the id."""
        return content_hash(self._content())

    @property
    def id(self) -> str:
        """The time, the verb and the first eight digits of the hash."""
        return f"{self.time.replace(':', '').replace('-', '')}-{self.verb}-{self.hash[:8]}"

    def as_json(self) -> dict[str, Any]:
        """The record as plain JSON values, with its id and hash."""
        return {"record": self.id, "hash": self.hash, **self._content()}

    def _repr_html_(self) -> str:
        shown = evaluation_html(self.evaluation) if self.evaluation else ""
        shown += contest_html(self.contest) if self.contest else ""
        shown += audit_html(self.audit) if self.audit else ""
        shown += framing_html(self.framing) if self.framing else ""
        shown += explanation_html(self.explanation) if self.explanation else ""
        shown += register_html(self.register) if self.register else ""
        shown += incident_html(self.incident) if self.incident else ""
        return f"{shown}<p><small>record {self.id}</small></p>"

    def _content(self) -> dict[str, Any]:
        evaluation = plain(self.evaluation) if self.evaluation else {}
        if not evaluation.get("judges"):  # only some products have them
            evaluation.pop("judges", None)
        for candidate in evaluation.get("candidates", ()):
            for name in ("confusion", "reliability", "failed", "handover"):  # only some products have them
                if not candidate[name]:
                    del candidate[name]
        contest = plain(self.contest) if self.contest else {}
        for contender in contest.get("contenders", ()):
            for name in (
                "unanswered",
                "dominated_by",
                "not_separable_from",
            ):  # older records have none of them
                if contender[name] is None:
                    del contender[name]
        return {
            "schema": SCHEMA,
            "verb": self.verb,
            "time": self.time,
            "parent": self.parent,
            "inputs": plain(self.provenance),
            **{key: value for key, value in evaluation.items() if value is not None},
            **({"facts": plain(self.facts)} if self.facts is not None else {}),
            **({"plan": plain(self.plan)} if self.plan is not None else {}),
            **({"contest": contest} if self.contest is not None else {}),
            **({"audit": plain(self.audit)} if self.audit is not None else {}),
            **({"economics": plain(self.economics)} if self.economics is not None else {}),
            **({"framing": plain(self.framing)} if self.framing is not None else {}),
            **({"explanation": plain(self.explanation)} if self.explanation is not None else {}),
            **({"register": plain(self.register)} if self.register is not None else {}),
            **({"incident": plain(self.incident)} if self.incident is not None else {}),
            **({"signature": plain(self.signature)} if self.signature is not None else {}),
        }


_PLAIN = frozenset({str, int, bool, type(None)})


def plain(value: Any) -> Any:
    """A value as JSON knows it: dataclasses become objects, tuples lists, non-finite numbers null."""
    if type(value) in _PLAIN:  # most values are
        return value
    if is_dataclass(value) and not isinstance(value, type):
        kept = [each for each in fields(value) if not each.metadata or getattr(value, each.name) is not None]
        return {field.name: plain(getattr(value, field.name)) for field in kept}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if hasattr(value, "item"):  # a NumPy scalar
        return plain(value.item())
    return value


def content_hash(value: Any) -> str:
    """SHA-256 of a JSON value in canonical form (sorted keys, no spaces), as hexadecimal digits."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def read_record(text: str, file: str) -> Record:
    """The record that a file holds.

    Raises:
        InputError: it is not a record, of another schema, or was altered since it was written.
    """
    remedy = "Records are append-only: restore the file from a backup, or remove it and run the verb again."
    try:
        found = json.loads(text, parse_constant=_refuse_constant)
        record = _record(found)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        message = f"{file} is not a readable record ({_told(error)})"
        raise InputError("record.corrupt", message, where=file, remedy=remedy) from None
    if found != record.as_json():
        message = f"{file} was altered after it was written: its content does not match its id and hash"
        raise InputError("record.altered", message, where=file, remedy=remedy)
    return record


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number that a record may hold")


def _told(error: Exception) -> str:
    return f"{error} is missing" if isinstance(error, KeyError) else str(error)


def _record(found: dict[str, Any]) -> Record:
    if found["schema"] != SCHEMA:
        raise ValueError(f"schema {found['schema']}, this version reads {SCHEMA}")
    inputs = dict(found["inputs"])
    inputs["data"] = tuple(DataFacts(**item) for item in inputs["data"])
    inputs["queries"] = tuple(inputs["queries"])
    evaluation = read_evaluation(found) if "verdicts" in found else None
    contest = read_contest(found["contest"]) if "contest" in found else None
    return Record(
        found["verb"],
        found["time"],
        Provenance(**inputs),
        evaluation,
        found.get("facts"),
        found["parent"],
        read_plan(found["plan"]) if "plan" in found else None,
        contest,
        read_audit(found["audit"]) if "audit" in found else None,
        read_economics(found["economics"]) if "economics" in found else None,
        read_framing(found["framing"]) if "framing" in found else None,
        read_explanation(found["explanation"]) if "explanation" in found else None,
        read_register(found["register"]) if "register" in found else None,
        read_incident(found["incident"]) if "incident" in found else None,
        signature=read_signature(found["signature"]) if "signature" in found else None,
    )


def read_evaluation(found: Mapping[str, Any]) -> Evaluation:
    """The evaluation inside a record's JSON."""
    return Evaluation(
        candidates=tuple(_candidate(item) for item in found["candidates"]),
        splits=tuple(SplitFacts(**item) for item in found["splits"]),
        estimates=tuple(Estimate(**item) for item in found["estimates"]),
        verdicts=tuple(read_verdict(item) for item in found["verdicts"]),
        decision=_decision(found["decision"]) if found.get("decision") else None,
        notes=tuple(found["notes"]),
        worst=tuple(WorstSlice(**item) for item in found["worst"]),
        judges=tuple(read_judge_trust(item) for item in found.get("judges", ())),
        mitigations=tuple(read_mitigation(item) for item in found["mitigations"]),
        searches=tuple(
            SliceSearch(**{**item, "metrics": tuple(item["metrics"])}) for item in found["searches"]
        ),
    )


def _candidate(item: Mapping[str, Any]) -> CandidateFacts:
    curve = tuple(CurvePoint(**point) for point in item["curve"])
    confusion = tuple(Confused(**each) for each in item.get("confusion", ()))
    regret = Regret(**item["regret"]) if item.get("regret") else None
    reliability = _reliability(item["reliability"]) if item.get("reliability") else None
    failed = tuple(Failed(**each) for each in item.get("failed", ()))
    own = {
        "notes": tuple(item["notes"]),
        "curve": curve,
        "confusion": confusion,
        "regret": regret,
        "failed": failed,
    }
    handover = Handover(**item["handover"]) if item.get("handover") else None
    return CandidateFacts(**{**item, **own, "reliability": reliability, "handover": handover})


def _reliability(item: Mapping[str, Any]) -> Reliability:
    bins = tuple(ReliabilityBin(**each) for each in item["bins"])
    return Reliability(bins, item["error"], item["by_chance"])


def _decision(item: Mapping[str, Any]) -> Decision:
    return Decision(item["answer"], item["candidate"], tuple(item["because"]), tuple(item["would_change"]))
