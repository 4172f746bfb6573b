"""The verbs as Python functions: an opened product in, evidence out, nothing printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from shipworthy.evidence import Record
from shipworthy.metrics import Entry
from shipworthy.workbench.check import Checked
from shipworthy.workbench.product import Opened, open_product
from shipworthy.workbench.run import Run
from shipworthy.workbench.train import Progress, Training

if TYPE_CHECKING:
    from shipworthy.frame import Portfolio
    from shipworthy.gate import Gated
    from shipworthy.label.agreeing import Agreed
    from shipworthy.probe import Probe
    from shipworthy.store.labels.reading import Status
    from shipworthy.workbench.history import History
    from shipworthy.workbench.labelling.exchanging import Exported, Imported
    from shipworthy.workbench.labelling.taking import Taken
    from shipworthy.workbench.replay import Replay


def _silent(message: str) -> None:
    """Progress that nobody hears."""


def open(  # noqa: A001 - people write sw.open, and this module has no other use for the builtin
    path: str | PathLike[str] = ".", *, workspace: str | PathLike[str] | None = None
) -> Opened:
    """Open product.yaml, or the one in a folder. Raises SpecError with every problem of the file."""
    return open_product(path, workspace)


def new(
    name: str,
    *,
    template: str = "blank",
    source: str | None = None,
    label: str | None = None,
    table: str | None = None,
) -> list[Path]:
    """Make a product folder from a template, or around a person's own table.

    Args:
        name: the folder to make.
        template: which template to copy, where there is no `source`.
        source: a Parquet or CSV file, or a database URL.
        label: the column of the source with the true answers.
        table: the table, where the source is a database.
    """
    from shipworthy.workbench import new as room

    made = room.new_from(name, source, label or "", table) if source else room.new(name, template)
    return made.files


def check(product: Opened) -> Checked:
    """Hold a product against its data."""
    from shipworthy.workbench.check import check as run_check

    return run_check(product)


def frame(product: Opened, *, answers: Mapping[str, str] | None = None) -> Record:
    """Whether a rule, a model, a person or nobody should make the decision; the record holds the framing.

    Args:
        product: an opened product.
        answers: inputs that product.yaml does not state, by name, as it would write them: `{"specifiable": "no"}`.
    """
    from shipworthy.workbench.frame import frame as run_frame

    return run_frame(product, answers)


def opportunities(products: Sequence[Opened]) -> Portfolio:
    """Several products in the order of what they are worth, and what would put them into another one."""
    from shipworthy.workbench.frame import opportunities as run_opportunities

    return run_opportunities(products)


def audit(
    product: Opened,
    *,
    label_noise: bool = False,
    learning_curve: bool = False,
    presidio: bool = False,
    progress: Progress = _silent,
) -> Record:
    """Judge the claims about the data, and say what is wrong with them; the record holds verdicts and findings.

    Args:
        product: an opened product.
        label_noise: fit a trained candidate five times, and name the labels that it contradicts.
        learning_curve: fit trained candidates on growing subsets, and say what more labels would bring.
        presidio: let Presidio look for further kinds of personal data on some texts of each column (extra pii).
        progress: told what is done.
    """
    from shipworthy.workbench.audit import audit as run_audit
    from shipworthy.workbench.audits.trying import Trials

    return run_audit(product, progress, Trials(label_noise, learning_curve, presidio))


def train(product: Opened, *, progress: Progress = _silent) -> tuple[Training, ...]:
    """Train the trained candidates that have no model for the present data and settings."""
    from shipworthy.workbench.check import prove_ready
    from shipworthy.workbench.session import Session
    from shipworthy.workbench.train import train as run_train

    session = Session(product)
    prove_ready(session)
    return run_train(session, progress)


def evaluate(product: Opened, *, progress: Progress = _silent) -> Record:
    """Judge every candidate against every requirement; the record holds estimates and verdicts."""
    from shipworthy.workbench.evaluate import evaluate as run_evaluate

    return run_evaluate(product, progress)


def compare(
    product: Opened,
    *,
    champion: str | None = None,
    metrics: Sequence[str] = (),
    margins: Mapping[str, float] | float | None = None,
    progress: Progress = _silent,
) -> Record:
    """Hold every challenger against the champion on the same test rows; the record holds the contest.

    Args:
        product: the product.
        champion: who is to be beaten; None for the one of product.yaml, the last that shipped, or the best.
        metrics: what is compared; empty for what product.yaml says, or what it requires.
        margins: how much worse still counts as no worse: one number for every share, or one for each metric.
        progress: hears each step.
    """
    from shipworthy.workbench.compare import compare as run_compare

    named = margins if isinstance(margins, Mapping) else {} if margins is None else {"": margins}
    written = [f"{name}={margin!r}" for name, margin in named.items()]
    return run_compare(product, progress, champion, metrics, written)


def explain(
    product: Opened,
    candidate: str | None = None,
    *,
    row: str | None = None,
    what_if: Mapping[str, object] | None = None,
    progress: Progress = _silent,
) -> Record:
    """What drives candidates, the reasons of one answer, what would turn it; the record holds the explanation.

    Args:
        product: the product.
        candidate: who is explained; None for all.
        row: the id of a row of the examples, whose answer is explained.
        what_if: columns with values, in place of those of the row.
        progress: hears each step.
    """
    from shipworthy.workbench.explain import Wanted
    from shipworthy.workbench.explain import explain as run_explain

    texts = {name: _as_text(value) for name, value in (what_if or {}).items()}
    return run_explain(product, Wanted(candidate, row, texts), progress)


def decide(product: Opened, *, progress: Progress = _silent) -> Record:
    """Judge again with the error shared between the candidates, and decide."""
    from shipworthy.workbench.decide import decide as run_decide

    return run_decide(product, progress)


def risks(product: Opened) -> Record:
    """What may go wrong as records measure it, the tier of the EU AI Act, and the card of ethics; the record holds the register."""
    from shipworthy.workbench.risks import risks as run_risks

    return run_risks(product)


def incident(product: Opened, number: int | None = None) -> Record:
    """The newest record of an incident, with every step so far; of the newest open one where no number is given."""
    from shipworthy.workbench import incident as room

    return room.newest(product, number)


def incident_open(
    product: Opened,
    what: str,
    *,
    name: str,
    about: str | None = None,
    candidate: str | None = None,
    drill: bool = False,
) -> Record:
    """Open a bias incident with what was said.

    Args:
        product: the product.
        what: what was said, in its words.
        name: who opens it.
        about: the requirement of product.yaml that it is about; None for the one that compares groups and stands poorest.
        candidate: whose answers; None for the one that was decided on, or stands best.
        drill: whether it is an exercise.
    """
    from shipworthy.workbench import incident as room

    return room.open_incident(product, what, name, about=about, candidate=candidate, drill=drill)


def incident_step(  # noqa: PLR0913 - each is an option of the command
    product: Opened,
    step: str,
    said: str | Sequence[str],
    *,
    name: str,
    evidence: str | None = None,
    because: str = "",
    about: str | None = None,
    candidate: str | None = None,
    number: int | None = None,
) -> Record:
    """Take the next step of an incident: verify, size, contain, tell, cause, fix, re-measure, learn.

    Args:
        product: the product.
        step: its name.
        said: one text for all questions of the step, or one for each.
        name: who takes it.
        evidence: the record that it rests on; None for the newest evaluation.
        because: why it cannot wait for its turn.
        about: the requirement that the incident is about, where that was not said yet.
        candidate: whose answers, where the fix is in another candidate.
        number: of the incident; None for the newest open one.
    """
    from shipworthy.workbench import incident as room

    texts = (said,) if isinstance(said, str) else said
    taken = room.Taken(step, texts, name, evidence, because, about, candidate, number)
    return room.take_step(product, taken)


def probe(  # noqa: PLR0913 - each is an option of the command
    product: Opened,
    candidate: str | None = None,
    *,
    ask: str | None = None,
    row: str | None = None,
    values: Mapping[str, object] | None = None,
    times: int | None = None,
    expect: str | None = None,
    tags: Sequence[str] = (),
    progress: Progress = _silent,
) -> Probe:
    """Ask a candidate several times, and file what came of it: answers, how far they vary, failures.

    Args:
        product: the product.
        candidate: who is asked; None where there is one chat candidate only.
        ask: what is said to a chat model in place of the last part of its prompt.
        row: the id of a row of the examples.
        values: columns with values, in place of those of the row.
        times: how often; None for five of a chat model and one of others.
        expect: what the answer should be; None for the label of the row.
        tags: names of failures.
        progress: hears each step.
    """
    from shipworthy.workbench.probe import probe as run_probe
    from shipworthy.workbench.probing.wanted import Wanted

    texts = {name: _as_text(value) for name, value in (values or {}).items()}
    return run_probe(product, Wanted(candidate, ask, row, texts, times, expect, tags), progress)


def _as_text(value: object) -> str:
    """A value as the command line has it."""
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def probes(product: Opened, candidate: str | None = None) -> tuple[Probe, ...]:
    """Every probe of the product (of one candidate), the oldest first."""
    from shipworthy.workbench.probe import probes as all_probes

    return all_probes(product, candidate)


def plan(product: Opened, *, progress: Progress = _silent) -> Record:
    """What each requirement still needs: rows, labels, money and weeks; the record holds the plan."""
    from shipworthy.workbench.plan import plan as run_plan

    return run_plan(product, progress)


def label(product: Opened, *, grade: str | None = None) -> Status:
    """Where the labelling queue stands: rows, labels, people, disagreements.

    Args:
        product: the product.
        grade: the judge whose queue of answers is meant. Where answers are texts it is the only judge, if not given.
    """
    from shipworthy.workbench import label as room

    return room.status(product, room.Which(grade))


def label_take(
    product: Opened,
    rows: int,
    *,
    by: str = "random",
    ids: Sequence[str] = (),
    answers: str | None = None,
    grade: str | None = None,
    progress: Progress = _silent,
) -> Taken:
    """Put rows, or answers that a judge judged, into the queue.

    Args:
        product: the product.
        rows: how many.
        by: `random`, `slices` or `settle` to measure by; `uncertainty` or `disagreement` to train on; `again` to measure
            how many labels of the source are wrong; `noise` to have suspected ones looked at. Of answers `random`, or
            `verdict` for as many that the judge passes as that it fails.
        ids: the rows whose label is suspected to be wrong, for `noise`.
        answers: the candidate whose answers are to be labelled; those of all, if not given.
        grade: the judge whose queue of answers is meant.
        progress: called with each step, where candidates have yet to answer.
    """
    from shipworthy.workbench import label as room

    return room.take(product, rows, by, ids, room.Which(grade, answers), progress)


def label_give(product: Opened, row: str, label: object, *, name: str, grade: str | None = None) -> bool:
    """Keep one label of one row, or one verdict on an answer; whether it is new.

    A row that is not in the queue joins it as imported: to train on, and not to measure by.

    Args:
        product: the product.
        row: its id; of an answer the name of the item, as `label_export` writes it.
        label: one of the product's labels, `pass` or `fail` of an answer, or `cannot tell`.
        name: who gives it.
        grade: the judge whose queue of answers is meant.
    """
    from shipworthy.workbench import label as room

    return room.give(product, row, label, name, room.Which(grade))


def label_agreement(product: Opened, *, grade: str | None = None) -> Agreed:
    """How far the people who labelled the same rows or answers agree: alpha of all, kappa of each two, with intervals."""
    from shipworthy.workbench import label as room

    return room.agreement(product, room.Which(grade))


def label_export(product: Opened, file: str | PathLike[str], *, grade: str | None = None) -> Exported:
    """Write rows or answers and their labels to a file: .csv, .parquet, or .json for Label Studio."""
    from shipworthy.workbench import label as room

    return room.export(product, Path(file), room.Which(grade))


def label_import(
    product: Opened, file: str | PathLike[str], *, name: str | None = None, grade: str | None = None
) -> Imported:
    """Keep the labels of such a file; `name` is whose they are, where the file does not say."""
    from shipworthy.workbench import label as room

    return room.bring_in(product, Path(file), name, room.Which(grade))


def document(
    product: Opened,
    kinds: Sequence[str] = (),
    *,
    pdf: bool = False,
    redact: bool = False,
    force: bool = False,
) -> Path:
    """Write documents of these kinds, or all that the records allow; the path of the last one's page: the memo's, if it is written.

    Args:
        product: the product.
        kinds: such as `prd` or `model-card`, or the names of your own templates.
        pdf: whether to set pages of print too.
        redact: whether to leave out names, addresses and examples; these go into reports/redacted/.
        force: whether to overwrite what was edited by hand outside your blocks.
    """
    from shipworthy.workbench.document import document as run_document

    return run_document(product, kinds, pdf=pdf, redact=redact, force=force).paths[-1]


def sign(  # noqa: PLR0913 - each is an option of the command
    product: Opened,
    name: str | None = None,
    *,
    answer: str | None = None,
    because: str = "",
    dissent: Mapping[str, str] | None = None,
    risks: Sequence[str] = (),
    kill_switch: str | None = None,
    revisit: str | None = None,
    candidate: str | None = None,
    record: str | None = None,
) -> Record:
    """Put a name under a decision, or add dissent to it; the record holds the signature.

    Args:
        product: the product.
        name: who signs; None where only dissent is added.
        answer: `ship`, `do_not_ship` or `not_yet`; None for that of the decision. Another one needs a reason.
        because: the reason.
        dissent: what others say against it, by their names.
        risks: what is left over; empty for the claims that are open.
        kill_switch: who may turn the feature off.
        revisit: the day to look again, as YYYY-MM-DD.
        candidate: which one ships; None for that of the decision.
        record: the id of the decision, or how it begins; None for the newest.
    """
    from shipworthy.sign import Wanted
    from shipworthy.workbench.sign import sign as run_sign

    said = tuple(f"{who}: {text}" for who, text in (dissent or {}).items())
    wanted = Wanted(name, answer, because, said, tuple(risks), kill_switch, revisit, candidate)
    return run_sign(product, wanted, record)


def history(product: Opened, *, due: bool = False) -> History:
    """Who decided and signed what, the oldest first; with `due`, only what should be looked at again by now."""
    from shipworthy.workbench.history import history as run_history

    return run_history(product, due=due)


def replay(product: Opened, record: str) -> Replay:
    """One decision taken again from its record, with what changed since and which verdicts are stale."""
    from shipworthy.workbench.replay import replay as run_replay

    return run_replay(product, record)


def gate(
    product: Opened, *, margins: Mapping[str, float] | float | None = None, progress: Progress = _silent
) -> Gated:
    """Hold today's product against the newest signature; `code` is what a machine that merges goes by.

    Args:
        product: the product.
        margins: how much worse still passes: one number for every share, or one for each metric.
        progress: told what is done.
    """
    from shipworthy.workbench.gate import gate as run_gate

    if margins is None or isinstance(margins, Mapping):
        given = [f"{metric}={margin!r}" for metric, margin in (margins or {}).items()]
    else:
        given = [repr(margins)]
    return run_gate(product, progress, given)


def run(product: Opened, *, progress: Progress = _silent) -> Run:
    """Take a product from its file to a memo, skipping what is fresh."""
    from shipworthy.workbench.run import run as run_run

    return run_run(product, progress)


def records(product: Opened, verb: str | None = None) -> list[Record]:
    """What was done in the product's workspace, newest last."""
    from shipworthy.workbench.records import records as run_records

    return run_records(product, verb)


def metrics() -> tuple[Entry, ...]:
    """Everything that a requirement may name."""
    from shipworthy.workbench.metrics import metrics as run_metrics

    return run_metrics()
