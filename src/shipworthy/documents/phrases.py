"""What the product's cases, its positives and its action are called in a sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from shipworthy.documents.measure import Rows

if TYPE_CHECKING:
    from shipworthy.spec.model import Product

_IRREGULAR = {
    "put": "put", "set": "set", "cut": "cut", "let": "let", "send": "sent", "hold": "held", "keep": "kept",
    "hide": "hidden", "give": "given", "take": "taken", "show": "shown", "make": "made", "pay": "paid",
    "tell": "told", "withhold": "withheld", "freeze": "frozen", "throw": "thrown", "write": "written", "read": "read",
    "offer": "offered", "cancel": "cancelled", "label": "labelled", "quarantine": "quarantined",
    "filter": "filtered", "answer": "answered", "enter": "entered", "limit": "limited", "alter": "altered",
    "order": "ordered", "deliver": "delivered", "trigger": "triggered", "mute": "muted", "queue": "queued",
}  # fmt: skip
_FOLLOWS = {
    "to",
    "into",
    "in",
    "as",
    "for",
    "from",
    "out",
    "away",
    "aside",
    "back",
    "on",
    "with",
    "by",
    "at",
    "until",
    "before",
}
_NO_ARTICLE = re.compile(r"^(is|has|was)_")


def cases(product: Product) -> str:
    """What is decided on, as a plural: what `predicts.each` says, or the stem of an id such as `message_id`, else cases."""
    identity = product.data.examples.id or ""
    stem = product.predicts.each or identity.removesuffix("_id")
    if not product.predicts.each and (stem == identity or not stem.isalpha() or len(stem) < 3):
        return "cases"
    if stem.endswith("y") and stem[-2] not in "aeiou":
        return f"{stem[:-1]}ies"
    return f"{stem}es" if stem.endswith(("s", "x", "ch", "sh")) else f"{stem}s"


def positive(product: Product) -> str:
    """What a positive is: the positive value where it is a word of its own, else the target."""
    value = product.predicts.positive
    if isinstance(value, str) and value.lower() not in ("yes", "true", "y", "t", "1", "positive"):
        return value
    return _NO_ARTICLE.sub("", product.predicts.target).replace("_", " ")


def rows(product: Product, which: Rows) -> str:
    """The rows that a metric counts, as a plural."""
    noun, what = cases(product), positive(product)
    if which == "positive":
        return f"{noun} that are {what}"
    if which == "negative":
        return f"{noun} that are not {what}"
    if which == "acted":
        return f"{noun} {done(product) or 'acted on'}"
    if which == "cleared":
        return f"{noun} let pass"
    return noun


def done(product: Product) -> str | None:
    """The action as something that is done to a case: `move to the folder` -> `moved to the folder`.

    None where there is no action, or where it has an object of its own (`hold the payment`).
    """
    if product.action is None or product.action.when != "positive":
        return None
    verb, _, rest = product.action.do.strip().partition(" ")
    if not verb.isalpha() or (rest and rest.split()[0].lower() not in _FOLLOWS):
        return None
    return f"{participle(verb.lower())} {rest}".strip()


def befalls(product: Product) -> str:
    """What happens to a case that is answered positive: `be moved to the folder`, or the answer itself."""
    found = done(product)
    if found:
        return f"be {found}"
    if product.action and product.action.when == "positive":
        return f"meet the action “{product.action.do}”"
    return f"be taken for {positive(product)}"


def participle(verb: str) -> str:
    """The past participle of an English verb in lower case."""
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if verb.endswith("e"):
        return f"{verb}d"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return f"{verb[:-1]}ied"
    if re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", verb) or verb.endswith(("efer", "mit")):
        return f"{verb}{verb[-1]}ed"
    return f"{verb}ed"
