"""Rules of `build_or_buy` and `roadmap` that look beyond one value: currencies, names, circles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shipworthy.errors import Problem, did_you_mean
from shipworthy.spec.inputs import MEASURES
from shipworthy.spec.places import Loc
from shipworthy.spec.quantity import CURRENCIES
from shipworthy.spec.range import currency_in
from shipworthy.spec.roadmap import order_of
from shipworthy.spec.tree import Tree


def broken_plans(product: dict[str, Any], tree: Tree) -> Iterator[Problem]:
    """The problems of both sections that follow from the file alone."""
    money, roadmap = _group(product.get("build_or_buy")), _group(product.get("roadmap"))
    yield from _other_currencies(product, tree)
    if money:
        yield from _no_volume(product, tree)
        yield from _unknown_options(product, tree)
    if roadmap:
        yield from _unknown_stages(roadmap, tree)
        yield from _unknown_questions(product, tree)


def _group(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _texts(value: Any, loc: Loc) -> Iterator[tuple[Loc, str]]:
    """Every text below a path."""
    if isinstance(value, dict):
        for key, each in value.items():
            if key not in ("source", "candidate", "how"):
                yield from _texts(each, (*loc, str(key)))
    elif isinstance(value, str):
        yield loc, value


def _other_currencies(product: dict[str, Any], tree: Tree) -> Iterator[Problem]:
    """All money of a product is of one currency, that of `value`."""
    ours = str(_group(product.get("value")).get("currency") or "USD")
    for section in ("build_or_buy", "roadmap"):
        for loc, text in _texts(product.get(section), (section,)):
            found = currency_in(text)
            if found and found != ours:
                symbol = next((char for char in text if char in CURRENCIES), "")
                yield Problem(
                    "spec.currency",
                    f"{text!r} is in {found}{f' ({symbol})' if symbol else ''}, and value.currency is {ours}",
                    tree.places.of(*loc),
                    f"Convert it to {ours} and say at which rate in source, or change value.currency.",
                )


def _no_volume(product: dict[str, Any], tree: Tree) -> Iterator[Problem]:
    if all(_group(product.get(section)).get("volume") is None for section in ("build_or_buy", "value")):
        yield Problem(
            "spec.missing",
            "build_or_buy has no volume, and value has none either: costs grow with the number of decisions",
            tree.places.key("build_or_buy"),
            "Add for example: volume: 1_500_000..2_500_000 / month",
        )


def _unknown_options(product: dict[str, Any], tree: Tree) -> Iterator[Problem]:
    section = _group(product["build_or_buy"])
    options, candidates = _group(section.get("options")), _group(product.get("candidates"))
    for key in ("cheap", "dear"):
        name = _group(section.get("cascade")).get(key)
        if isinstance(name, str) and name not in options:
            yield Problem(
                "spec.value",
                f"build_or_buy.cascade.{key}: no option is called {name!r}",
                tree.places.of("build_or_buy", "cascade", key),
                did_you_mean(name, [str(each) for each in options]),
            )
    for option, given in options.items():
        name = _group(given).get("candidate")
        if isinstance(name, str) and name not in candidates:
            yield Problem(
                "spec.value",
                f"build_or_buy.options.{option}: no candidate is called {name!r}",
                tree.places.of("build_or_buy", "options", option, "candidate"),
                did_you_mean(name, [str(each) for each in candidates]),
            )


def _unknown_stages(roadmap: dict[str, Any], tree: Tree) -> Iterator[Problem]:
    stages = {str(name): _before(stage) for name, stage in _group(roadmap.get("stages")).items()}
    for name, before in stages.items():
        for at, each in enumerate(before):
            if each not in stages:
                yield Problem(
                    "spec.value",
                    f"roadmap.stages.{name} comes after {each!r}, which is no stage",
                    tree.places.of("roadmap", "stages", name, "after", at),
                    did_you_mean(each, list(stages)),
                )
    try:
        order_of(stages)
    except ValueError as error:
        place = tree.places.key("roadmap", "stages")
        yield Problem("spec.circle", f"roadmap.{error}", place, "Take out one of these needs.")


def _before(stage: Any) -> tuple[str, ...]:
    after = _group(stage).get("after")
    return tuple(each for each in after if isinstance(each, str)) if isinstance(after, list) else ()


def _unknown_questions(product: dict[str, Any], tree: Tree) -> Iterator[Problem]:
    """A question is an input that `build_or_buy` has: `volume`, or `OPTION.INPUT`."""
    section = _group(product.get("build_or_buy"))
    known = [str(key) for key in section if key in MEASURES]
    for option, given in _group(section.get("options")).items():
        known += [f"{option}.{key}" for key in _group(given) if key in MEASURES]
        candidate = _group(given).get("candidate")
        known += [f"net_value({candidate})"] if candidate else []
    for item, given in _group(_group(product.get("roadmap")).get("backlog")).items():
        asked = _group(given).get("answers")
        if isinstance(asked, str) and asked not in known:
            yield Problem(
                "spec.value",
                f"roadmap.backlog.{item} answers {asked!r}, which is no input of build_or_buy",
                tree.places.of("roadmap", "backlog", item, "answers"),
                did_you_mean(asked, known)
                if known
                else "Add build_or_buy first: its inputs are the questions.",
            )
