"""Random groups of units, the same on every engine and in every run."""

from __future__ import annotations

from typing import Any

import ibis

from shipworthy.query.source import md5


def random_group(whose: Any) -> Any:
    """The group of each unit, 0 to 31, by the first five bits of its MD5 digest."""
    digest = md5(whose.cast("string"))
    return (
        2 * ibis.literal("0123456789abcdef").find(digest.substr(0, 1))
        + ibis.cases((digest.substr(1, 1) >= "8", 1), else_=0)
    ).cast("int64")
