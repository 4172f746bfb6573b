"""What probe prints: each answer with what it took, how far answers vary, and the log of all probes."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from math import exp, log
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from shipworthy.documents.wording import plural
from shipworthy.probe import TAGS, tag_counts

if TYPE_CHECKING:
    from shipworthy.cli.output import Output
    from shipworthy.probe import Passes, Probe, Spread, Try

ANSWER_CHARACTERS, ASKED_CHARACTERS = 60, 100


def probed(output: Output, found: Probe, product: object) -> int:
    """One probe: what was asked, every answer, how far they vary."""
    if output.json:
        output.document({**found.as_json, "number": found.number})
        return 0
    output.console.print(
        f"{found.candidate} ({found.kind}), {plural(len(found.tries), 'try', 'tries')}", style="bold"
    )
    output.console.print(_lines(_asked(found)))
    output.console.print(_answers(found))
    output.console.print(_lines(_found(found)))
    add = f"shipworthy probe {shlex.quote(str(product))} --on {found.number} --tag …"
    output.console.print(f"Probe {found.number} of the log. Tag it: {add}", soft_wrap=True)
    return 0


def probe_list(output: Output, found: Sequence[Probe]) -> int:
    """Every probe in a line, and how many have each tag."""
    counts = tag_counts([each.tags for each in found])
    if output.json:
        listed = [{**each.as_json, "number": each.number} for each in found]
        output.document({"probes": listed, "tags": counts})
        return 0
    if not found:
        output.console.print("No probes yet. Run: shipworthy probe --candidate NAME --ask TEXT")
        return 0
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for title in ("", "candidate", "asked", "expected", "got", "failures"):
        table.add_column(title, overflow="fold")
    for each in found:
        row = f"row {each.row}: " if each.row is not None else ""
        expected, asked = _short(each.expected or "", 20), f"{row}{_short(each.asked, 40)}"
        table.add_row(
            str(each.number), each.candidate, asked, expected, _got(each.spread), ", ".join(each.tags)
        )
    output.console.print(table)
    output.console.print(
        f"\n{plural(len(found), 'probe')}, {sum(bool(each.tags) for each in found)} with a failure"
    )
    for tag, count in counts.items():
        output.console.print(f"  {count:>4}  {tag}{f': {TAGS[tag]}' if tag in TAGS else ''}")
    return 0


Lines = list[tuple[str, str]]
"""What is said, each with its name."""


def _lines(lines: Lines) -> Table:
    """Names on the left, what is said beside them."""
    table = Table(box=None, show_header=False, padding=(0, 1, 0, 0))
    table.add_column(style="dim", no_wrap=True, width=18)
    table.add_column(overflow="fold")
    for name, said in lines:
        table.add_row(f"  {name}", Text(said))
    return table


def _asked(found: Probe) -> Lines:
    row = f"row {found.row}: " if found.row is not None else ""
    lines = [("asked", f"{row}{_short(found.asked, ASKED_CHARACTERS)}")]
    if found.expected is not None:
        lines.append(("expected", _short(found.expected, ASKED_CHARACTERS)))
    return lines


def _found(found: Probe) -> Lines:
    """How far answers vary, which failures there are, and what a reader should know."""
    failures = [("failure", f"{tag}: {TAGS[tag]}" if tag in TAGS else tag) for tag in found.tags]
    return [*_spread(found, found.spread), *failures, *(("note", note) for note in found.notes)]


def _short(text: str, most: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def _answers(found: Probe) -> Table:
    """Each try in a line; columns of which nothing is known are left out."""
    columns = {
        "answer": [_answer(each) for each in found.tries],
        "reply": [_reply(each) for each in found.tries],
        "chances": [_chances(each) for each in found.tries],
        "score": [_score(each) for each in found.tries],
        "tokens": [_tokens(each) for each in found.tries],
        "first token": [_ms(each.first_token_ms) for each in found.tries],
        "in all": [_ms(each.latency_ms) for each in found.tries],
        "cost": ["" if each.cost_usd is None else f"${each.cost_usd:.6f}" for each in found.tries],
    }
    kept = {name: cells for name, cells in columns.items() if any(cells)}
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("")
    for name in kept:
        table.add_column(name, overflow="fold", no_wrap=name not in ("answer", "reply"))
    for at in range(len(found.tries)):
        table.add_row(f"  {at + 1}", *(Text(cells[at]) for cells in kept.values()))
    return table


def _answer(tried: Try) -> str:
    """The answer where it is not the reply itself, with whether it is as expected."""
    if tried.outcome in ("unreadable", "failed"):
        return "none"
    marks: dict[bool | None, str] = {True: " ✓", False: " ✗"}
    mark = marks.get(tried.passed.get("expected"), "")
    shown = "" if tried.answer == tried.text and tried.tokens_out is not None else tried.answer or ""
    return f"{_short(shown, ANSWER_CHARACTERS)}{mark}".strip()


def _reply(tried: Try) -> str:
    if tried.text is None or (tried.tokens_out is None and tried.latency_ms is None):
        return _short(tried.why, ANSWER_CHARACTERS)
    return _short(tried.text, ANSWER_CHARACTERS) or "(nothing)"


def _chances(tried: Try) -> str:
    """The chances of labels; without labels the likeliest first tokens."""
    of_labels = [f"{label} {100 * chance:.3g} %" for label, chance in tried.chances.items()]
    of_tokens = [f"{token!r} {100 * exp(log_chance):.3g} %" for token, log_chance in tried.tops[:3]]
    return "  ".join(of_labels or of_tokens)


def _score(tried: Try) -> str:
    """The score, where it is not seen already."""
    shown = tried.score is None or tried.chances or tried.answer == f"{tried.score:.6g}"
    return "" if shown else f"{tried.score:.6g}"


def _tokens(tried: Try) -> str:
    if tried.tokens_in is None or tried.tokens_out is None:
        return ""
    return f"{tried.tokens_in:,} in, {tried.tokens_out:,} out"


def _ms(value: float | None) -> str:
    return "" if value is None else f"{value:,.0f} ms"


def _got(spread: Spread) -> str:
    if spread.most is None:
        return f"no answer in {spread.tries}"
    return f"{_short(spread.most, 30)} ({spread.most_often} of {spread.tries})"


def _varied(spread: Spread) -> str:
    """The most frequent answer, and how many different ones there are."""
    answers = f"; {plural(spread.distinct, 'answer', 'different answers')}" if spread.distinct else ""
    return f"{_got(spread)}{answers}; {plural(spread.texts, 'text', 'different texts')}"


def _spread(found: Probe, spread: Spread) -> Lines:
    """How far answers vary, line by line."""
    if len(found.tries) == 1:
        return [("cost", f"${spread.cost_usd:.6f}")] if spread.cost_usd and found.kind != "chat" else []
    lines = [("got", _varied(spread))]
    if spread.agreement is not None and spread.semantic_entropy_nats is not None:
        lines.append(("agreement", f"{100 * spread.agreement:.3g} % of pairs of tries"))
        entropy, most = abs(spread.semantic_entropy_nats), log(spread.answered)
        lines.append(
            ("semantic entropy", f"{entropy:.2f} nats of at most {most:.2f}; alike are {found.same}")
        )
    lines += [
        (each.name if each.name != "expected" else "as expected", _passes(each)) for each in spread.passes
    ]
    if spread.cost_usd is not None:
        lines.append(("cost", f"${spread.cost_usd:.6f} for all tries"))
    return lines


def _passes(each: Passes) -> str:
    """How often it passed, with the interval of the chance, and pass^k."""
    if not each.tries:
        return "could not be told"
    shares = f"{each.passes} of {each.tries}"
    unscored = f"; {each.unscored} could not be told" if each.unscored else ""
    several = ", ".join(f"pass^{k} {100 * chance:.3g} %" for k, chance in each.all_of.items() if k > 1)
    return f"{shares} ({100 * each.low:.0f} to {100 * each.high:.0f} %); {several}{unscored}"
