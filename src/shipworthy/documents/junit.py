"""The gate as JUnit XML, which every system for continuous integration reads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from shipworthy.documents.gating import judged, place_of, told_check, told_shift

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shipworthy.gate import Check, Gated, Shift
    from shipworthy.spec.model import Product

AGAINST = "against the signature"
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold."""


def junit(product: Product, found: Gated) -> str:
    """One suite for each candidate with a case for each claim, and one for what moved since the signature.

    What fails the gate is a failure. What is open is skipped, as no test result says "not known": the exit code does. So is what an
    override lets pass, and what other candidates miss. Where the gate passes there are no failures.
    """
    root = Element("testsuites", {"name": _text(product.product)})
    time = found.decision.time[:19]
    for name in dict.fromkeys(each.candidate for each in found.checks):
        own = [each for each in found.checks if each.candidate == name]
        suite = _suite(root, name, time)
        for check in own:
            _check(suite, check)
        _counted(suite)
    if judged(found) or found.dropped:
        suite = _suite(root, AGAINST, time)
        for shift in judged(found):
            _shift(suite, product, shift)
        _dropped(suite, found.dropped)
        _counted(suite)
    for total in ("tests", "failures", "errors", "skipped"):
        root.set(total, str(sum(int(suite.get(total, "0")) for suite in root)))
    root.set("time", "0")
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _suite(root: Element, name: str, time: str) -> Element:
    return SubElement(
        root, "testsuite", {"name": _text(name), "timestamp": time, "hostname": "localhost", "time": "0"}
    )


def _case(suite: Element, name: str) -> Element:
    return SubElement(
        suite, "testcase", {"name": _text(name), "classname": suite.get("name", ""), "time": "0"}
    )


def _check(suite: Element, check: Check) -> None:
    case = _case(suite, check.requirement)
    told = told_check(check)
    if check.outcome == "failed":
        _failure(case, "missed", told)
    elif check.outcome == "aside" and check.verdict != "met":
        _skipped(case, f"{told} The gate is about another candidate.")
    elif check.outcome in ("open", "accepted"):
        _skipped(case, f"{told} {'An override was signed.' if check.outcome == 'accepted' else ''}".strip())


def _shift(suite: Element, product: Product, shift: Shift) -> None:
    case = _case(suite, place_of(shift))
    if shift.standing == "worse":
        _failure(case, "worse", told_shift(product, shift))
    elif shift.standing == "undecided":
        _skipped(case, told_shift(product, shift))


def _dropped(suite: Element, claims: Sequence[str]) -> None:
    for claim in claims:
        _skipped(_case(suite, claim), "It was signed, and product.yaml no longer says so.")


def _failure(case: Element, sort: str, told: str) -> None:
    SubElement(case, "failure", {"message": _text(told), "type": sort}).text = _text(told)


def _skipped(case: Element, told: str) -> None:
    SubElement(case, "skipped", {"message": _text(told)})


def _counted(suite: Element) -> None:
    cases = suite.findall("testcase")
    suite.set("tests", str(len(cases)))
    suite.set("failures", str(sum(case.find("failure") is not None for case in cases)))
    suite.set("errors", "0")
    suite.set("skipped", str(sum(case.find("skipped") is not None for case in cases)))


def _text(text: str) -> str:
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
