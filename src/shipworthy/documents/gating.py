"""What the gate found in words: for its page in Markdown, for JUnit, and for the lines that GitHub shows beside the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from shipworthy.documents.figure import measured, plain_text
from shipworthy.documents.measure import scale_of
from shipworthy.documents.rendering import markdown_page
from shipworthy.documents.wording import day, plural

if TYPE_CHECKING:
    from shipworthy.evidence import Estimate
    from shipworthy.gate import Check, Gated, Shift
    from shipworthy.spec.model import Product

OUTCOMES = {
    "passed": "✓ met",
    "failed": "✗ missed",
    "open": "? open",
    "accepted": "! accepted",
    "aside": "– aside",
}
STANDINGS = {"same": "✓ the same", "no_worse": "✓ no worse", "worse": "✗ worse", "undecided": "? undecided"}
WORDS = {0: "passes", 1: "fails", 3: "is undecided"}


def gate_page(product: Product, found: Gated) -> str:
    """The summary in Markdown: the outcome, the claims of whom it is about, and what moved since the signature."""
    values = {
        "headline": headline(product, found),
        "against": against(found),
        "notes": [*found.notes, *(f"nothing ships: {each}" for each in found.blocked)],
        "dropped": found.dropped,
        "checks": [
            (OUTCOMES[each.outcome], each, since_text(each), shown(product, each.estimate))
            for each in found.checks
            if each.outcome != "aside"
        ],
        "aside": aside(found),
        "unjudged": unjudged(found),
        "shifts": [(STANDINGS[each.standing], each, moved(product, each)) for each in judged(found)],
    }
    return markdown_page("gate.md.j2", values, found.decision.id)


def headline(product: Product, found: Gated) -> str:
    """The outcome in a sentence."""
    return f"{product.product} {WORDS[found.code]} the gate"


def against(found: Gated) -> str:
    """What the gate measured by."""
    if found.yardstick is None:
        return ""
    signature, when = found.yardstick.signature, day(found.yardstick.time)
    override = ", an override" if signature.override else ""
    who = f" {signature.candidate}" if signature.answer == "ship" and signature.candidate else ""
    answer = (signature.answer or "").replace("_", " ")
    return f"{answer}{who}, signed by {signature.by} on {when}{override}"


def since_text(check: Check) -> str:
    """The verdict that was signed, where it was another."""
    if check.outcome == "accepted":
        return (
            f"{check.verdict}, as signed"
            if check.then == check.verdict
            else f"{check.verdict}, was {check.then}"
        )
    if check.outcome == "open" and check.verdict == "missed":
        return "missed by itself, not when all claims are looked at together"
    return "" if check.then in (None, check.verdict) else f"was {check.then}"


def verdict_text(check: Check) -> str:
    """The verdict, and the one that was signed where it was another."""
    return check.verdict if check.then in (None, check.verdict) else f"{check.verdict}, was {check.then}"


def shown(product: Product, estimate: Estimate | None) -> str:
    """An estimate with its interval, at the slice that it is of."""
    if estimate is None or estimate.value is None:
        return "no estimate"
    where = ", ".join(f"{column} = {value}" for column, value in estimate.slice.items())
    text = plain_text(measured(estimate, "", scale_of(estimate.metric, product)))
    return f"{text}{f' at {where}' if where else ''}"


def judged(found: Gated) -> tuple[Shift, ...]:
    """The shifts that have a margin to be held against."""
    return tuple(each for each in found.shifts if each.margin is not None)


def unjudged(found: Gated) -> str:
    """The metrics that are not held against then, as nobody said by how much they may be worse."""
    names = dict.fromkeys(each.metric for each in found.shifts if each.margin is None)
    return f"Without a margin, so not held against then: {', '.join(names)}" if names else ""


def moved(product: Product, shift: Shift) -> str:
    """A metric then and now."""
    then, now = (shown(product, replace(each, slice={})) for each in (shift.then, shift.now))
    return f"{then} then, {now} now"


def place_of(shift: Shift) -> str:
    """A metric with the slice that it is of."""
    where = ", ".join(f"{column} = {value}" for column, value in shift.slice.items())
    return f"{shift.metric}{f' where {where}' if where else ''}"


def told_check(check: Check) -> str:
    """One claim in a sentence."""
    return f"{check.candidate}: {check.requirement} is {verdict_text(check)}: {check.reason}"


def told_shift(product: Product, shift: Shift) -> str:
    """One metric in a sentence."""
    worse = "is" if shift.standing == "worse" else "may be" if shift.standing == "undecided" else "is not"
    told = f"{place_of(shift)} {worse} worse than when it was signed by more than {shift.margin:g}"
    return f"{told}: {moved(product, shift)}"


def aside(found: Gated) -> str:
    """Who else was judged."""
    names = dict.fromkeys(each.candidate for each in found.checks if each.outcome == "aside")
    if not names:
        return ""
    return f"{plural(len(names), 'other candidate')} judged beside: {', '.join(names)}"


def github_lines(product: Product, found: Gated, file: str) -> Iterator[str]:
    """Workflow commands of GitHub Actions: errors for what fails, warnings for what is open, notices for what an override lets pass.

    Args:
        product: the product.
        found: what the gate found.
        file: product.yaml as the repository names it.
    """
    lines = {each.requirement: each.line for each in found.checks}
    levels = {"failed": "error", "open": "warning", "accepted": "notice"}
    for check in found.checks:
        if check.outcome in levels:
            title = f"{check.outcome}: {check.requirement}"
            yield _command(levels[check.outcome], file, check.line, title, told_check(check))
    for shift in judged(found):
        if shift.standing == "worse":
            line = lines.get(shift.requirement)
            yield _command("error", file, line, f"worse: {place_of(shift)}", told_shift(product, shift))
    for claim in found.dropped:
        told = f"{claim} was signed, and product.yaml no longer says so. Sign the new requirements."
        yield _command("warning", file, None, "a signed claim is gone", told)
    for each in found.blocked:
        yield _command("warning", file, None, "nothing ships", each)


def _command(level: str, file: str, line: int | None, title: str, message: str) -> str:
    place = f",line={line}" if line else ""
    return f"::{level} file={_property(file)}{place},title={_property(title)}::{_data(message)}"


def _data(text: str) -> str:
    """Text as the message of a workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Text as a property of a workflow command."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
