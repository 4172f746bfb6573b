"""What evaluate, decide and run print: verdicts as tables, the decision, and the workings of one requirement."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from shipworthy.cli.fairness import show_fairness
from shipworthy.cli.output import Output, show_problem
from shipworthy.cli.reliability import chart
from shipworthy.documents.choice import subject
from shipworthy.documents.figure import measured, plain_text
from shipworthy.documents.measure import scale_of, subject_of
from shipworthy.documents.operating import operating_words
from shipworthy.documents.wording import count
from shipworthy.documents.worst import worst
from shipworthy.evaluate import trust_notes
from shipworthy.evidence.values import OF_LABELS
from shipworthy.workbench.evaluate import workings

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from shipworthy.evidence import CandidateFacts, Estimate, Evaluation, Record, Verdict
    from shipworthy.spec.model import Product
    from shipworthy.workbench.product import Opened
    from shipworthy.workbench.run import Run

MOST_WORST = 5
"""Slices that are worse than the rest that `evaluate` shows; the record has more."""

CORRECTED = ("ppi", "post_stratified", "lee", "labels")
"""Methods that correct a judge by people's labels, of which more are wanted."""

STYLE = {"met": ("✓", "green"), "missed": ("✗", "red"), "undecided": ("?", "yellow")}
ANSWER = {
    "ship": ("SHIP", "bold green"),
    "do_not_ship": ("DO NOT SHIP", "bold red"),
    "not_yet": ("NOT YET", "bold yellow"),
}


def evaluation(output: Output, opened: Opened, record: Record, code: int, product: Path) -> int:
    """The verdicts of every candidate, and what to run next."""
    if output.json:
        output.document(record.as_json())
    elif record.evaluation:
        _tables(output, opened.product, record.evaluation)
        show_fairness(output, opened.product, record.evaluation)
        _worst(output, opened.product, record.evaluation)
        output.kept(record)
    return _ended(output, record, code, product, "shipworthy decide")


def decision(output: Output, opened: Opened, record: Record, code: int, product: Path) -> int:
    """The answer, its reasons, and what would change it."""
    if output.json:
        output.document(record.as_json())
    elif record.evaluation:
        _tables(output, opened.product, record.evaluation)
        _answer(output, record.evaluation)
        looks = int((record.facts or {}).get("looks", 1))
        if looks > 1:
            output.console.print(
                f"  these test rows were judged {looks} times: the stated error holds for the first, fresh labels are due",
                style="dim",
            )
        output.kept(record)
    return _ended(output, record, code, product, "shipworthy document")


def whole_run(output: Output, opened: Opened, found: Run, code: int, product: Path) -> int:
    """The verdicts, the decision, what was fresh, and the memo's path last."""
    if output.json:
        output.document(
            {**found.decision.as_json(), "document": str(found.memo), "skipped": list(found.skipped)}
        )
        return _ended(output, found.decision, code, product, "shipworthy document")
    if found.skipped:
        output.say(f"Fresh, not run again: {', '.join(found.skipped)}")
    for warning in found.warnings:
        show_problem(output, warning, "yellow", "!")
    code = decision(output, opened, found.decision, code, product)
    output.path(found.memo)
    return code


def explanation(output: Output, record: Record, requirement: str, code: int, product: Path) -> int:
    """One requirement for every candidate: counts, interval, method and the rule that was applied."""
    from rich.table import Table

    evaluation = record.evaluation
    if evaluation is None:
        return code
    output.console.print(requirement, style="bold")
    for facts in evaluation.candidates:
        output.console.print(_title(facts, evaluation))
        table = Table(box=None, padding=(0, 2, 0, 2), show_header=False)
        for verdict in evaluation.verdicts:
            if verdict.candidate == facts.name and verdict.requirement == requirement:
                for line in workings(verdict):
                    table.add_row(*line)
        output.console.print(table)
        for told in _of_graders(evaluation, facts, requirement):
            output.console.print(f"  {told}", style="dim")
        if facts.reliability and "calibration_error" in requirement:
            drawn, told = chart(facts.reliability)
            output.console.print(drawn)
            output.console.print(f"  {told}", style="dim")
    output.kept(record)
    if code:
        output.say(f"Next: shipworthy decide {shlex.quote(str(product))}")
    return code


def _of_graders(evaluation: Evaluation, facts: CandidateFacts, requirement: str) -> list[str]:
    """What the judges that a requirement rests on are worth, and a few answers that its graders failed."""
    judges = [each for each in evaluation.judges if each.candidate == facts.name]
    told = [note for each in judges if _rests_on(requirement, each.grader) for note in trust_notes(each)]
    failed = [each for each in facts.failed if _rests_on(requirement, each.grader)]
    return [*told, *(f"failed {each.id}: {each.why or 'no reason given'}" for each in failed)]


def _rests_on(requirement: str, grader: str) -> bool:
    return f"pass_rate({grader})" in requirement


def _ended(output: Output, record: Record, code: int, product: Path, next_command: str) -> int:
    """The `Next:` line where the exit code is not 0."""
    if code:
        weakest = _weakest(record.evaluation)
        why = f"shipworthy evaluate --why {quoted(weakest)}" if weakest else next_command
        output.say(f"Next: {why} {shlex.quote(str(product))}")
    return code


def quoted(text: str) -> str:
    """A text as one argument in a shell, in double quotes where they will do."""
    return shlex.quote(text) if set(text) & set('"$`\\!') else f'"{text}"'


def _weakest(evaluation: Evaluation | None) -> str | None:
    """The first open requirement of the candidate that is nearest to shipping."""
    if evaluation is None:
        return None
    nearest = subject(evaluation)
    names = [nearest] if nearest else []
    open_claims = [
        verdict for name in names for verdict in evaluation.rolled_up(name) if verdict.verdict != "met"
    ]
    return open_claims[0].requirement if open_claims else None


def _tables(output: Output, product: Product, evaluation: Evaluation) -> None:
    test = next((split for split in evaluation.splits if split.name == "test"), None)
    if test:
        positive = f", {count(test.positives)} of them positive" if product.predicts.kind == "binary" else ""
        output.console.print(
            f"{product.product}: judged on {count(test.rows)} test rows{positive}", style="bold"
        )
    for note in evaluation.notes:
        if note.startswith(OF_LABELS):
            output.console.print(f"  {note}", style="dim")
    for facts in evaluation.candidates:
        output.console.print()
        output.console.print(_title(facts, evaluation))
        output.console.print(_verdict_table(product, evaluation, facts))
        for note in facts.notes:
            output.console.print(f"  {note}", style="dim")


def _worst(output: Output, product: Product, evaluation: Evaluation) -> None:
    """Where the candidate that is nearest to shipping does worse than on the rest of the data."""
    from rich.table import Table

    name = subject(evaluation)
    found = worst(product, evaluation, name, MOST_WORST)
    if found is None:
        return
    output.console.print()
    if not found.rows:
        output.console.print(
            f"{name}: no slice is worse than the rest beyond chance ({plain_text(found.looked_at)})"
        )
        return
    output.console.print(f"Where {name} does worse than on the rest of the data", style="bold")
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    for row in found.rows:
        against = f"{row.value.text} against {row.rest.text}"
        table.add_row(f"  {row.metric}", row.slice, against, f"{row.rows.text} rows", f"q {row.chance.text}")
    output.console.print(table)
    more = f"; {found.more} more in the record" if found.more else ""
    output.console.print(f"  {plain_text(found.looked_at)}{more}", style="dim")


def _title(facts: CandidateFacts, evaluation: Evaluation) -> Text:
    from rich.text import Text

    verdicts = evaluation.rolled_up(facts.name)
    tally = ", ".join(f"{n} {state}" for state in STYLE if (n := sum(v.verdict == state for v in verdicts)))
    threshold = f", {_operated(facts)}" if facts.threshold is not None else ""
    kind = "always there, never the answer" if facts.kind == "baseline" else facts.kind
    return Text.assemble((facts.name, "bold"), (f"  {kind}{threshold}: {tally}", "dim"))


def _operated(facts: CandidateFacts) -> str:
    """How the candidate's score becomes an answer."""
    if facts.review_from is None and not facts.thresholds_by:
        return f"threshold {facts.threshold:.3g}"
    words = plain_text(operating_words(facts, ""))
    return f"threshold {words}" if facts.thresholds_by else words


def _verdict_table(product: Product, evaluation: Evaluation, facts: CandidateFacts) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(max_width=46)
    table.add_column()
    for verdict in evaluation.rolled_up(facts.name):
        symbol, colour = STYLE[verdict.verdict]
        shown = Text(measured_text(product, verdict.estimate))
        shown.append(_more(verdict), style="dim")
        table.add_row(Text(f"  {symbol} {verdict.verdict}", style=colour), verdict.requirement, shown)
    return table


def measured_text(product: Product, estimate: Estimate | None) -> str:
    """An estimate with its interval, at the slice that it is of."""
    if estimate is None or estimate.value is None:
        return "no estimate"
    where = ", ".join(f"{column} = {value}" for column, value in estimate.slice.items())
    shown = plain_text(measured(estimate, "", scale_of(estimate.metric, product)))
    return f"{shown}{scored_text(estimate)}{f' at {where}' if where else ''}"


def scored_text(estimate: Estimate) -> str:
    """How many of the rows an estimate rests on, where some could not be scored."""
    if not estimate.unscored:
        return ""
    return f", {count(estimate.n)} of {count(estimate.n + estimate.unscored)} scored"


def _more(verdict: Verdict) -> str:
    """How many more rows decide an open claim, or why none do."""
    if verdict.verdict != "undecided":
        return ""
    if verdict.needs_more is None:
        return f"  {verdict.reason}"
    rolled_up = " for every " in verdict.requirement
    return f"  {_verb(verdict)} {count(verdict.needs_more)} more{' over all slices' if rolled_up else ''}"


def _verb(verdict: Verdict) -> str:
    """What people do with more rows: grade answers, try attacks, label the rest."""
    if verdict.estimate is None:
        return "label"
    other = {"attacks": "try", "samples": "ask", "variants": "vary"}.get(subject_of(verdict.estimate.metric))
    if other:
        return other
    by_people = verdict.estimate.unscored is None or verdict.estimate.method in CORRECTED
    return "label" if by_people else "grade"


def _answer(output: Output, evaluation: Evaluation) -> None:
    from rich.table import Table
    from rich.text import Text

    if evaluation.decision is None:
        return
    word, style = ANSWER[evaluation.decision.answer]
    candidate = evaluation.decision.candidate
    output.console.print()
    output.console.print(
        Text.assemble(
            (word, style), f"  {candidate}" if candidate and evaluation.decision.answer == "ship" else ""
        )
    )
    reasons = Table.grid(padding=(0, 2, 0, 0))
    decision = evaluation.decision
    for title, lines in (("because", decision.because), ("would change", decision.would_change)):
        for at, line in enumerate(lines):
            reasons.add_row(Text("" if at else f"  {title}", style="dim"), Text(line))
    output.console.print(reasons)
