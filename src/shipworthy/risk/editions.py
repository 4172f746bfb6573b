"""The data of the package that follow somebody else's list or law, each with its edition and when it was last verified."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from shipworthy.evidence.risks import Edition, Tag

TRUSTED_DAYS = 180
"""Data that were last compared with their source longer ago than this are told to be old."""

TITLES = {
    "register": "Register of risks",
    "nist_ai_rmf": "NIST AI RMF",
    "owasp_llm": "OWASP LLM",
    "eu_ai_act": "EU AI Act",
    "gdpr": "GDPR",
}


@cache
def data_of(name: str) -> Mapping[str, Any]:
    """The content of one file of editions."""
    text = (files("shipworthy.risk") / "editions" / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def edition(name: str, time: str) -> Edition:
    """Which edition a file follows, and whether that was verified lately.

    Args:
        name: the file, such as `eu_ai_act`.
        time: now, as records have it.
    """
    found = data_of(name)
    verified: date = found["last_verified"]
    days = (day_of(time) - verified).days
    return Edition(
        TITLES[name], found["edition"], verified.isoformat(), found["source"], days, days > TRUSTED_DAYS
    )


def day_of(time: str) -> date:
    """The day of a record's time (UTC)."""
    return date.fromisoformat(time[:10])


def risk_ids() -> tuple[str, ...]:
    """The risks of the register, in its order."""
    return tuple(data_of("register")["risks"])


def tags(risk: str) -> tuple[Tag, ...]:
    """Where NIST AI RMF and OWASP speak of a risk of the register."""
    found = ((name, data_of(name)) for name in ("nist_ai_rmf", "owasp_llm"))
    return tuple(
        Tag(TITLES[name], each, data["meanings"][each])
        for name, data in found
        for each in data["risks"].get(risk, ())
    )
