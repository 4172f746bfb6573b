"""A probe as a line of the log: what was asked, what was expected, what came back, and which tags it has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from shipworthy.errors import InputError
from shipworthy.evidence.record import content_hash, plain
from shipworthy.probe.spread import Spread, spread_of
from shipworthy.probe.tries import Try, read_try

Said = tuple[str, str]
"""Who speaks, and what is said."""


@dataclass(frozen=True)
class Probe:
    """One prompt and the tries at it.

    Attributes:
        time: when it was asked, in UTC.
        candidate: who was asked.
        kind: chat, rule or trained.
        version: what tells the candidate from any other prompt, model or parameters.
        messages: what was said to a chat model; nothing for others.
        settings: model, address and parameters of the calls.
        row: the id of the row that was asked about; None where it is made up.
        values: the columns that the candidate reads, with their values.
        expected: what the answer should be; None where nobody says.
        same: when two answers mean the same.
        tries: the answers, in order.
        tags: of what went wrong.
        notes: what a reader should know.
    """

    time: str
    candidate: str
    kind: str
    version: str
    messages: tuple[Said, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    row: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    expected: str | None = None
    same: str = ""
    tries: tuple[Try, ...] = ()
    tags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    number: int = 0

    @property
    def id(self) -> str:
        """A hash of what was filed; tags that people add later do not change it."""
        return content_hash([self.time, self.candidate, self.version, self.messages, plain(self.values)])[:12]

    @property
    def spread(self) -> Spread:
        """How far the answers differ."""
        return spread_of(self.tries)

    @property
    def asked(self) -> str:
        """What was asked, in one text: the last message, or the values of the row."""
        if self.messages:
            return self.messages[-1][1]
        return ", ".join(f"{name} = {value}" for name, value in self.values.items())

    @property
    def as_json(self) -> dict[str, Any]:
        """The probe as plain values; `number` is where it stands in the log, and no part of it."""
        found = {key: value for key, value in asdict(self).items() if key != "number"}
        found["tries"] = [
            {key: value for key, value in each.items() if value not in (None, "", (), {})}
            | {"text": each["text"], "answer": each["answer"]}
            for each in found["tries"]
        ]
        return {"probe": self.id, **plain(found), "spread": plain(asdict(self.spread))}


def read_probe(entry: Mapping[str, Any]) -> Probe:
    """The probe that a line holds."""
    known = {each.name for each in fields(Probe)}
    kept = {key: value for key, value in entry.items() if key in known}
    return Probe(
        **{
            **kept,
            "messages": tuple((str(role), str(text)) for role, text in kept.get("messages", ())),
            "tries": tuple(map(read_try, kept.get("tries", ()))),
            "tags": tuple(kept.get("tags", ())),
            "notes": tuple(kept.get("notes", ())),
        }
    )


def _proved(entry: Mapping[str, Any]) -> Probe:
    try:
        return read_probe(entry)
    except (TypeError, ValueError, AttributeError):
        message = f"the line of probe {entry['probe']} in the log of probes was altered, and is none any more"
        remedy = "Restore probes.jsonl from a backup, or take the line out."
        raise InputError("probe.log", message, remedy=remedy) from None


def tag_entry(probe: Probe, tags: tuple[str, ...], time: str) -> dict[str, Any]:
    """The line that adds tags to a probe."""
    return {"tags_of": probe.id, "tags": [*tags], "time": time}


def read_probes(entries: Iterable[Mapping[str, Any]]) -> tuple[Probe, ...]:
    """The probes of a log in its order, numbered from 1, with the tags that were added later. Other lines are passed over.

    Raises:
        InputError: a line is no probe, although it says so.
    """
    found: dict[str, Probe] = {}
    for entry in entries:
        if "probe" in entry:
            found[str(entry["probe"])] = replace(_proved(entry), number=len(found) + 1)
        elif entry.get("tags_of") in found:
            of = found[entry["tags_of"]]
            found[entry["tags_of"]] = replace(
                of, tags=tuple(dict.fromkeys([*of.tags, *map(str, entry.get("tags", ()))]))
            )
    return tuple(found.values())
