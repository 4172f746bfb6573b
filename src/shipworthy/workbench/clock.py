"""The one place that reads the clock."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """The present moment in UTC, to the microsecond, as ISO 8601 writes it."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def instant_ms() -> int:
    """The present moment in milliseconds since 1970."""
    return int(datetime.now(UTC).timestamp() * 1000)
