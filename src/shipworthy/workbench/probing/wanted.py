"""What a person wants to be asked, held against what the product has."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from shipworthy.errors import InputError, did_you_mean
from shipworthy.query.one_row import empty_row, row_of, with_values

if TYPE_CHECKING:
    import pyarrow as pa

    from shipworthy.spec.model import Candidate, Product
    from shipworthy.workbench.session import Session

MOST_TIMES = 1_000
ASKABLE = ("rule", "trained", "chat")
"""The kinds of candidates that answer when they are asked."""


@dataclass(frozen=True)
class Wanted:
    """What is to be asked: of whom, in which words or about which row, how often, and what should come back.

    Attributes:
        candidate: who is asked; None where the product has one chat candidate only.
        ask: what is said to a chat model in place of the last part of its prompt.
        row: the id of a row of the examples.
        values: columns with values, as text, in place of those of the row.
        times: how often; None for five of a chat model and one of others.
        expect: what the answer should be; None for the label of the row, if it has one.
        tags: of what went wrong, where that is known.
    """

    candidate: str | None = None
    ask: str | None = None
    row: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    times: int | None = None
    expect: str | None = None
    tags: Sequence[str] = ()


def chosen(product: Product, name: str | None) -> tuple[str, Candidate]:
    """The candidate that is asked.

    Raises:
        InputError: there is no such candidate, it is a mere recording, or none was named and the choice is not plain.
    """
    askable = [each for each, candidate in product.candidates.items() if candidate.kind in ASKABLE]
    if name is None:
        chats = [each for each in askable if product.candidates[each].chat is not None]
        if len(chats) != 1:
            many = f"{len(chats)} chat candidates" if chats else "no chat candidate"
            remedy = f"Name who is asked: --candidate {' or '.join(chats or askable) or 'NAME'}."
            raise InputError("probe.candidate", f"the product has {many} to ask", remedy=remedy)
        name = chats[0]
    if name not in product.candidates:
        remedy = did_you_mean(name, askable)
        raise InputError("probe.candidate", f"the product has no candidate {name!r}", remedy=remedy)
    if name not in askable:
        raise _unaskable(name, product.candidates[name], askable)
    return name, product.candidates[name]


def _unaskable(name: str, candidate: Candidate, askable: Sequence[str]) -> InputError:
    if candidate.cascade is not None:
        first, then = candidate.cascade.first, candidate.cascade.then
        message = f"{name} is a cascade of {first} and {then}, and asks them"
        return InputError("probe.candidate", message, remedy=f"Ask one of the two: --candidate {first}.")
    message = f"{name} is a recording: what it answered is known, and nobody can be asked again"
    remedy = f"Ask one that runs: {', '.join(askable) or 'there is none yet'}."
    return InputError("probe.candidate", message, remedy=remedy)


def prove_texts(wanted: Wanted) -> None:
    """Return where all that a person wrote can be sent and filed.

    Raises:
        InputError: some of it is no text in UTF-8, as what a terminal of another encoding gives.
    """
    given = {"--ask": wanted.ask, "--row": wanted.row, "--expect": wanted.expect}
    given |= {f"--var {name}": text for name, text in wanted.values.items()}
    given |= dict.fromkeys(["--tag"], "".join(wanted.tags))
    for option, text in given.items():
        try:
            f"{option}{text}".encode()
        except UnicodeEncodeError:
            name = option.encode(errors="replace").decode()
            message = f"{name} is no text in UTF-8"
            raise InputError(
                "probe.text", message, remedy="Type it in a terminal that speaks UTF-8."
            ) from None


def prove_times(times: int | None) -> None:
    """Return where so many tries can be made.

    Raises:
        InputError: they are too few or too many.
    """
    if times is not None and not 1 <= times <= MOST_TIMES:
        message = f"--times {times}: a prompt is tried at least once and at most {MOST_TIMES:,} times"
        raise InputError("probe.times", message, remedy="Five tell whether answers vary, thirty how much.")


@dataclass(frozen=True)
class Given:
    """The row that is asked about: the values that the candidate reads, and the label that the row has."""

    table: pa.Table | None
    values: Mapping[str, Any]
    label: Any = None


def given(session: Session, wanted: Wanted, needed: Collection[str]) -> Given:
    """The row, with each column that the candidate reads.

    Args:
        session: the data side of the product.
        wanted: which row, and which values stand in it in place of its own.
        needed: the columns that the candidate reads.

    Raises:
        InputError: there is no such row, a value is of no column that is read, or a column has no value.
    """
    readable = {*needed, *(name for grader in session.product.grade.values() for name in grader.columns)}
    for name in wanted.values:
        if name not in readable:
            known = did_you_mean(name, readable) or "It reads none."
            raise InputError("probe.variable", f"--var {name}: the candidate reads no {name!r}", remedy=known)
    missing = sorted(set(needed) - set(wanted.values))
    if wanted.row is None and missing:
        message = f"the candidate reads {missing[0]!r}, which has no value"
        remedy = f"Give it: --var {missing[0]}=VALUE, or take all of a row of the examples: --row ID."
        raise InputError("probe.variable", message, remedy=remedy)
    if wanted.row is None and not needed and not wanted.values:
        return Given(None, {})
    table = empty_row(session.frame) if wanted.row is None else row_of(session.frame, wanted.row)
    own = not wanted.values and wanted.ask is None  # the label is that of the row as it is
    label = table["key:label"][0].as_py() if own and wanted.row is not None else None
    table = with_values(table, wanted.values)
    [row] = table.select(sorted(needed)).to_pylist()
    return Given(table, row, label)
