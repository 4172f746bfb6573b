"""K1: whether framing says that nothing should be built."""

from __future__ import annotations

from shipworthy.risk.measured import Measured, not_measured
from shipworthy.risk.seen import Seen

STOPPING = ("F0", "F1", "F2")


def misframed(seen: Seen) -> Measured:
    """K1: the rules F0 to F2 of framing."""
    if seen.framing is None or seen.framing.framing is None:
        return not_measured("the decision was not framed yet", "shipworthy frame")
    if not seen.is_fresh(seen.framing):
        return not_measured("framed before product.yaml changed", "shipworthy frame")
    found, record = seen.framing.framing, seen.framing.id
    stopping = [rule for rule in found.rules if rule.id in STOPPING]
    fired = next((rule for rule in stopping if rule.fired), None)
    if fired:
        return Measured(
            "triggered",
            f"{fired.id}: {fired.why}",
            records=(record,),
            next_step="Stop, or change what F0 to F2 rest on.",
        )
    unsaid = [rule for rule in stopping if rule.fired is None]
    if unsaid:
        why = f"framing cannot say {unsaid[0].id}: {unsaid[0].why}"
        return Measured("not_measured", why, records=(record,), next_step="shipworthy frame")
    worth = next(rule.why for rule in stopping if rule.id == "F2")
    return Measured("quiet", worth, records=(record,))
