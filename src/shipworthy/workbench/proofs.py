"""What was proved of data once need not be proved again: a small cache, keyed by what the proof rests on."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from shipworthy.evidence.record import content_hash
from shipworthy.store import keep_text

if TYPE_CHECKING:
    from shipworthy.store import Workspace


def proved(workspace: Workspace, key: Mapping[str, Any], prove: Callable[[], Any]) -> Any:
    """What `prove` gives, from the cache where the same was proved before. A failed proof raises and is not kept."""
    path = workspace.cache / f"proof-{content_hash(dict(key))[:24]}.json"
    try:
        return json.loads(path.read_text(encoding="utf-8"))["found"]
    except (OSError, ValueError, KeyError, TypeError):
        found = prove()
        keep_text(path, json.dumps({**key, "found": found}))
        return found
