"""Figures of risks and incidents, as sentences: what was measured, of how many rows, against which bound, in which record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shipworthy.documents.figure import counted, measured, sentence
from shipworthy.documents.measure import metric_words, scale_of
from shipworthy.documents.wording import listed
from shipworthy.evidence import Estimate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shipworthy.documents.figure import Sentence
    from shipworthy.evidence import RiskFigure
    from shipworthy.spec.model import Product

WORDS: Mapping[str, str] = {"met": "met", "missed": "missed", "undecided": "not decided"}


def told(product: Product, found: RiskFigure, path: str) -> Sentence:
    """One figure: its metric or the claim it was asked for, where, its value with its interval, and its rows.

    Args:
        product: whose units are used.
        found: the figure.
        path: the JSON pointer of the figure in its record.
    """
    where = f" where {group(found.slice)}" if found.slice else ""
    about = f"{metric_words(found.metric)}{where}: "
    rows = sentence(", n = ", counted(found.n, f"{path}/n"))
    asked = f"; {found.requirement} is {WORDS.get(found.verdict, 'not judged')}" if found.requirement else ""
    return sentence(
        about, measured(_estimate(found), path, scale_of(found.metric, product)), rows, asked, "."
    )


def _estimate(found: RiskFigure) -> Estimate:
    """The figure as an estimate, whose interval is two-sided at 95 %."""
    return Estimate(
        "", found.metric, found.slice, found.value, found.low, found.high, 0.95, None, None, 0.95, found.n, found.n, ""
    )  # fmt: skip


def group(found: Mapping[str, str]) -> str:
    """A group of rows by its columns and values; everybody where none is named."""
    return listed([f"{column} = {value}" for column, value in found.items()]) if found else "everybody"


def numbered(records: Sequence[str]) -> Mapping[str, int]:
    """The records that a document rests on, each once with its number, from 1."""
    return {record: at for at, record in enumerate(dict.fromkeys(records), 1)}


def referring(records: Sequence[str], numbers: Mapping[str, int]) -> str:
    """Which records of the list at the end something rests on."""
    return listed([f"record {numbers[each]}" for each in dict.fromkeys(records)])
