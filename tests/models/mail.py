"""Made-up mail with one column of each role, drawn from a seed, and the truth that made the labels."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from shipworthy.spec.model import Candidate

_WORDS = np.array(
    [
        "meeting",
        "lunch",
        "project",
        "report",
        "hello",
        "team",
        "notes",
        "agenda",
        "budget",
        "friday",
        "thanks",
        "draft",
    ]
)
_BAIT = np.array(["winner", "free", "money", "prize", "click", "offer"])
LOGISTIC = Candidate(train="logistic_regression")
BOOSTED = Candidate(train="gradient_boosting")


def mail(rows: int = 400, seed: int = 0) -> pa.Table:
    """A table with `rows` mails; a fifth of the unknown values that a real one has."""
    rng = np.random.default_rng(seed)
    spam = rng.random(rows) < 0.3
    size = rng.exponential(10 + 5 * spam)
    known = rng.random(rows) > 0.1
    formats = np.where(rng.random(rows) < 0.2 + 0.5 * spam, "plain", rng.choice(["html", "rich"], rows))
    moments = np.datetime64("2024-01-01T00:00", "us") + (rng.random(rows) * 8e12).astype("timedelta64[us]")
    return pa.table(
        {
            "id": pa.array([f"mail-{number}" for number in range(rows)]),
            "size": pa.array(size, mask=~known),
            "links": pa.array(rng.poisson(1 + spam)),
            "urgent": pa.array(rng.random(rows) < 0.1 + 0.3 * spam),
            "format": pa.array(formats, mask=rng.random(rows) < 0.05),
            "body": pa.array([_body(rng, bait=bool(bait)) for bait in spam]),
            "sent": pa.array(moments),
            "spam": pa.array(spam),
        }
    )


def labels(table: pa.Table) -> np.ndarray:
    """Whether each mail is spam."""
    return np.asarray(table["spam"].to_numpy())


def _body(rng: np.random.Generator, *, bait: bool) -> str:
    words = list(rng.choice(_WORDS, 6))
    return " ".join(words + list(rng.choice(_BAIT, 2)) if bait and rng.random() < 0.7 else words)
