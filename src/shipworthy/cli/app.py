"""The commands. Each parses, calls one verb of the workbench, and renders what it returns."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, CycloptsError, Group, Parameter

from shipworthy.cli.options import (
    other_values,
    prove_document_options,
    prove_incident_options,
    prove_label_options,
    prove_plan_options,
    prove_probe_options,
    variables,
)
from shipworthy.cli.output import Output, failed, unforeseen
from shipworthy.errors import InputError, ShipworthyError
from shipworthy.workbench.version import CODE_VERSION

INTERRUPTED = 130

app = App(
    name="shipworthy",
    help="Requirements that run: write what an AI feature must do, and get evidence whether it is fit to ship.",
    version=f"shipworthy {CODE_VERSION}",
    version_flags=["--version", "-V"],
    result_action="return_value",
    suppress_keyboard_interrupt=False,  # run_command says what was kept
    help_format="plaintext",
    group_commands=Group("Verbs", sort_key=0),
)

Product = Annotated[Path, Parameter(help="The product's folder, or its product.yaml.")]
Workspace = Annotated[
    Path | None, Parameter(help="Keep records and models here, for a product folder that is read-only.")
]
Json = Annotated[
    bool, Parameter(name="--json", negative=(), help="Print one JSON document on stdout and nothing else.")
]


@app.command
def new(
    name: str,
    /,
    *,
    template: Annotated[str | None, Parameter(help="blank, lending or spam.")] = None,
    from_: Annotated[
        str | None, Parameter(name="--from", help="Your own table: a Parquet or CSV file, or a database URL.")
    ] = None,
    label: Annotated[
        str | None, Parameter(help="The column of that table that holds the true answers.")
    ] = None,
    table: Annotated[str | None, Parameter(help="The table, where --from is a database URL.")] = None,
    json: Json = False,
) -> int:
    """Make a product folder from a template, or around your own table.

    Args:
        name: the folder to make.
    """
    from shipworthy.cli.views import created
    from shipworthy.workbench.new import new as from_template
    from shipworthy.workbench.new import new_from

    if from_ is not None and template is not None:
        raise InputError("cli.new", "--template and --from exclude each other", remedy="Keep one of them.")
    if from_ is not None and label is None:
        raise InputError(
            "cli.new",
            "--from needs --label",
            remedy="Name the column that holds the true answers: --label COLUMN.",
        )
    files = (
        new_from(name, from_, label or "", table)
        if from_ is not None
        else from_template(name, template or "blank")
    )
    return created(Output(json=json), Path(name), files)


@app.command
def check(product: Product = Path(), /, *, workspace: Workspace = None, json: Json = False) -> int:
    """Hold product.yaml against its data: every problem at once, with its line."""
    from shipworthy.cli.views import checked
    from shipworthy.workbench.check import check as verb
    from shipworthy.workbench.product import open_product

    return checked(Output(json=json), verb(open_product(product, workspace)), product)


@app.command
def frame(*products: Path, workspace: Workspace = None, json: Json = False) -> int:
    """Say whether a rule, a model, a person or nobody should decide; several products are ranked.

    Args:
        products: the product's folder, or its product.yaml; here, if none is given. Several are ranked.
    """
    from shipworthy.cli.framing import answers_of, framed
    from shipworthy.cli.portfolio import ranked
    from shipworthy.workbench.frame import frame as verb
    from shipworthy.workbench.frame import opportunities
    from shipworthy.workbench.product import open_product

    output, named = Output(json=json), products or (Path(),)
    if len(named) > 1:
        if workspace is not None:
            raise InputError(
                "cli.frame", "--workspace goes with one product", remedy="Leave it out, or frame each alone."
            )
        return ranked(output, opportunities([open_product(each) for each in named]), named)
    opened = open_product(named[0], workspace)
    return framed(output, opened, verb(opened, answers_of(output, opened)), named[0])


@app.command
def audit(
    product: Product = Path(),
    /,
    *,
    label_noise: Annotated[
        bool,
        Parameter(
            help="Fit a trained candidate five times, and name the labels that it contradicts.", negative=""
        ),
    ] = False,
    learning_curve: Annotated[
        bool,
        Parameter(
            help="Fit trained candidates on growing subsets, and say what more labels would bring.",
            negative="",
        ),
    ] = False,
    presidio: Annotated[
        bool,
        Parameter(
            help="Let Presidio look for further kinds of personal data in 1,000 texts of each column (extra pii).",
            negative="",
        ),
    ] = False,
    workspace: Workspace = None,
    json: Json = False,
) -> int:
    """Judge the claims about the data: enough, right, fresh, and whose. Broken input is reported, not refused."""
    from shipworthy.cli.audited import readiness
    from shipworthy.workbench.audit import audit as verb
    from shipworthy.workbench.audit import exit_code
    from shipworthy.workbench.audits.trying import Trials
    from shipworthy.workbench.product import open_product

    output, opened = Output(json=json), open_product(product, workspace)
    with output.progress() as progress:
        record = verb(opened, progress, Trials(label_noise, learning_curve, presidio))
    return readiness(output, opened, record, exit_code(record.audit) if record.audit else 0, product)


@app.command
def train(product: Product = Path(), /, *, workspace: Workspace = None, json: Json = False) -> int:
    """Train the candidates that are missing or stale."""
    from shipworthy.cli.views import trainings
    from shipworthy.workbench.api import train as verb
    from shipworthy.workbench.product import open_product

    output = Output(json=json)
    with output.progress() as progress:
        found = verb(open_product(product, workspace), progress=progress)
    return trainings(output, found)


@app.command
def evaluate(
    product: Product = Path(),
    /,
    *,
    why: Annotated[
        str | None, Parameter(help="Show counts, interval, method and rule of one requirement.")
    ] = None,
    workspace: Workspace = None,
    json: Json = False,
) -> int:
    """Judge every candidate against every requirement: met, missed or undecided."""
    from shipworthy.cli.verdicts import evaluation, explanation
    from shipworthy.workbench.evaluate import evaluate as verb
    from shipworthy.workbench.evaluate import exit_code, requirement_named
    from shipworthy.workbench.product import open_product

    output, opened = Output(json=json), open_product(product, workspace)
    requirement = requirement_named(opened, why) if why is not None else None
    with output.progress() as progress:
        record = verb(opened, progress)
    code = exit_code(record.evaluation) if record.evaluation else 0
    if requirement is not None and not json:
        return explanation(output, record, requirement, code, product)
    return evaluation(output, opened, record, code, product)


@app.command
def compare(
    product: Product = Path(),
    /,
    *,
    champion: Annotated[
        str | None, Parameter(help="The candidate to beat, if not the one of product.yaml.")
    ] = None,
    metric: Annotated[
        list[str] | None,
        Parameter(help="Compare in this metric; may be given several times.", negative=()),
    ] = None,
    margin: Annotated[
        list[str] | None,
        Parameter(help="How much worse is still no worse: 0.01, or recall=0.01.", negative=()),
    ] = None,
    workspace: Workspace = None,
    json: Json = False,
) -> int:
    """Hold every challenger against the champion on the same rows: better, no worse, worse or undecided."""
    from shipworthy.cli.contest import comparison
    from shipworthy.workbench.compare import compare as verb
    from shipworthy.workbench.compare import exit_code
    from shipworthy.workbench.product import open_product

    output, opened = Output(json=json), open_product(product, workspace)
    with output.progress() as progress:
        record = verb(opened, progress, champion, metric or (), margin or ())
    code = exit_code(record.contest) if record.contest else 0
    return comparison(output, opened.product, record, code, product)


@app.command
def explain(
    product: Product = Path(),
    /,
    *,
    candidate: Annotated[str | None, Parameter(help="Who is explained; all, if not given.")] = None,
    row: Annotated[str | None, Parameter(help="Explain the answer to the row of this id.")] = None,
    what_if: Annotated[
        list[str] | None,
        Parameter(help="COLUMN=VALUE, in place of what stands in the row; may be repeated.", negative=()),
    ] = None,
    workspace: Workspace = None,
    json: Json = False,
) -> int:
    """Say what drives a candidate, why it answered a row so, what would turn the answer, and where it does worse."""
    from shipworthy.cli.explaining import explained
    from shipworthy.workbench.explain import Wanted
    from shipworthy.workbench.explain import explain as verb
    from shipworthy.workbench.product import open_product

    wanted = Wanted(candidate, row, other_values(what_if or ()))
    output, opened = Output(json=json), open_product(product, workspace)
    with output.progress() as progress:
        record = verb(opened, wanted, progress)
    return explained(output, record)


@app.command
def decide(product: Product = Path(), /, *, workspace: Workspace = None, json: Json = False) -> int:
    """Ship, do not ship, or not yet: with the reasons and what would change them."""
    from shipworthy.cli.verdicts import decision
    from shipworthy.workbench.decide import decide as verb
    from shipworthy.workbench.evaluate import exit_code
    from shipworthy.workbench.product import open_product

    output, opened = Output(json=json), open_product(product, workspace)
    with output.progress() as progress:
        record = verb(opened, progress)
    return decision(output, opened, record, exit_code(record.evaluation) if record.evaluation else 0, product)


@app.command
def plan(  # noqa: PLR0913 - each is an option of the command line
    product: Annotated[
        Path | None, Parameter(help="The product's folder, or its product.yaml; here, if not given.")
    ] = None,
    /,
    *,
    claim: Annotated[
        str | None,
        Parameter(help="The rows that this claim needs, by errors that may turn up; no product needed."),
    ] = None,
    compare: Annotated[
        str | None, Parameter(help="The rows that a comparison of two candidates by this metric needs.")
    ] = None,
    difference: Annotated[
        float | None, Parameter(help="What it is to show: 0.02 for two points, or an amount of the metric.")
    ] = None,
    margin: Annotated[
        float | None, Parameter(help="What it is to rule out of harm; the difference, if not given.")
    ] = None,
    discordance: Annotated[
        float | None, Parameter(help="The share of rows on which only one of the two is right.")
    ] = None,
    sd: Annotated[
        float | None,
        Parameter(help="Of a metric that is no share: how much the difference on one row varies."),
    ] = None,
    power: Annotated[float, Parameter(help="The chance of showing it.")] = 0.8,
    workspace: Workspace = None,
    json: Json = False,
) -> int:
    """How many rows each claim still needs, of which kind, what they cost and how long they take."""
    from shipworthy.cli.beforehand import claim_plan, comparison_plan
    from shipworthy.cli.plans import product_plan
    from shipworthy.workbench.comparison_plan import Aim, comparison
    from shipworthy.workbench.plan import claim_ladder
    from shipworthy.workbench.plan import plan as verb
    from shipworthy.workbench.product import open_product

    output = Output(json=json)
    prove_plan_options(claim, compare, difference)
    if claim is not None:
        return claim_plan(output, claim, claim_ladder(claim))
    with output.progress() as progress:
        if compare is None or difference is None:
            opened = open_product(product or Path(), workspace)
            record = verb(opened, progress)
            return product_plan(output, opened.product, record, product or Path())
        stands = product is not None or Path("product.yaml").exists()
        found = open_product(product or Path(), workspace) if stands else None
        aim = Aim(difference, margin, discordance, power, sd)
        return comparison_plan(output, comparison(compare, aim, found, progress))


@app.command
def label(  # noqa: PLR0913 - each is an option of the command line
    product: Product = Path(),
    /,
    *,
    as_: Annotated[str | None, Parameter(name="--as", help="Your name; labels are kept under it.")] = None,
    take: Annotated[int | None, Parameter(help="Put so many unlabelled rows into the queue.")] = None,
    by: Annotated[
        str | None,
        Parameter(
            help="How: random, slices or settle to measure; uncertainty or disagreement to learn; again or noise to check labels. Of answers: random or verdict."
        ),
    ] = None,
    ids: Annotated[Path | None, Parameter(help="A file of ids, one a line, for --by noise.")] = None,
    answers: Annotated[
        str | None, Parameter(help="Label the answers of this candidate; those of all, for --grade alone.")
    ] = None,
    grade: Annotated[
        str | None,
        Parameter(help="Pass or fail answers that this judge judged; the only judge, if not given."),
    ] = None,
    status: Annotated[bool, Parameter(negative=(), help="Show where the queue stands.")] = False,
    agreement: Annotated[bool, Parameter(negative=(), help="Show how far people agree.")] = False,
    export: Annotated[Path | None, Parameter(help="Write rows and labels: .csv, .parquet, or .json.")] = None,
    import_: Annotated[
        Path | None, Parameter(name="--import", help="Keep the labels of such a file.")
    ] = None,
    web: Annotated[bool, Parameter(negative=(), help="Label in a browser on this machine.")] = False,
    port: Annotated[int, Parameter(help="The page's port; 0 for any free one.")] = 8317,
    workspace: Workspace = None,
    json: Json = False,
) -> int:
    """Label rows or answers by hand: one of them, one key, the next one."""
    from shipworthy.cli import labels as views
    from shipworthy.cli.labelling import at_work
    from shipworthy.workbench import label as verb
    from shipworthy.workbench.product import open_product

    chosen = {"--take": take, "--status": status, "--agreement": agreement, "--export": export}
    chosen |= {"--import": import_, "--web": web}
    prove_label_options(
        [name for name, given in chosen.items() if given is not None and given is not False],
        by,
        ids,
        json=json,
    )
    output, opened = Output(json=json), open_product(product, workspace)
    which = verb.Which(grade, answers)
    each, again = verb.each_of(opened, which), views.again(product, which)
    if take is not None:
        with output.progress() as progress:
            taken = verb.take(opened, take, by or "random", verb.read_ids(ids), which, progress)
        return views.drawn(output, taken, again, each)
    if status:
        return views.queue_status(output, verb.status(opened, which), each)
    if agreement:
        return views.agreement(output, verb.agreement(opened, which), each)
    if export is not None:
        return views.exported(output, verb.export(opened, export, which), each)
    if import_ is not None:
        return views.imported(output, verb.bring_in(opened, import_, as_, which))
    return at_work(output, verb.desk_of(opened, which), as_, again, port if web else None)


@app.command
def probe(  # noqa: PLR0913 - each is an option of the command line
    product: Product = Path(),
    /,
    *,
    candidate: Annotated[
        str | None, Parameter(help="Who is asked; the chat candidate, where there is one only.")
    ] = None,
    ask: Annotated[
        str | None, Parameter(help="Say this to a chat model, in place of the last part of its prompt.")
    ] = None,
    row: Annotated[str | None, Parameter(help="Ask about the row of the examples that has this id.")] = None,
    var: Annotated[
        list[str] | None,
        Parameter(help="COLUMN=VALUE, in place of what stands in the row; may be repeated.", negative=()),
    ] = None,
    times: Annotated[int | None, Parameter(help="How often; 5 for a chat model, if not given.")] = None,
    expect: Annotated[
        str | None, Parameter(help="What the answer should be; the label of the row, if not given.")
    ] = None,
    tag: Annotated[
        list[str] | None,
        Parameter(help="A failure, such as invented, or own:NAME; may be repeated.", negative=()),
    ] = None,
    on: Annotated[int | None, Parameter(help="Put the tags on the probe of this number.")] = None,
    log: Annotated[bool, Parameter(negative=(), help="List what was asked, and count the failures.")] = False,
    workspace: Workspace = None,
    json: Json = False,
) -> int:
    """Ask a candidate one thing several times: what comes back, how far it varies, what went wrong."""
    from shipworthy.cli.probing import probe_list, probed
    from shipworthy.workbench import probe as verb
    from shipworthy.workbench.probing.wanted import Wanted
    from shipworthy.workbench.product import open_product

    wanted = Wanted(candidate, ask, row, variables(var or ()), times, expect, tag or ())
    prove_probe_options(wanted, on, log=log)
    output, opened = Output(json=json), open_product(product, workspace)
    if log:
        return probe_list(output, verb.probes(opened, candidate))
    if on is not None:
        return probed(output, verb.tagged(opened, on, tag or ()), product)
    with output.progress() as progress:
        found = verb.probe(opened, wanted, progress)
    return probed(output, found, product)


@app.command
def document(  # noqa: PLR0913 - each is an option of the command line
    product: Product = Path(),
    /,
    *,
    kind: Annotated[
        list[str] | None,
        Parameter(negative=(), help="Only this kind of document; may be given several times."),
    ] = None,
    pdf: Annotated[bool, Parameter(negative=(), help="Set pages of print too.")] = False,
    redact: Annotated[
        bool, Parameter(negative=(), help="Leave out names, addresses and examples, into reports/redacted/.")
    ] = False,
    check: Annotated[
        bool, Parameter(negative=(), help="Write nothing: hold every document against its records.")
    ] = False,
    force: Annotated[
        bool, Parameter(negative=(), help="Overwrite what was edited by hand outside your blocks.")
    ] = False,
    list_: Annotated[bool, Parameter(name="--list", negative=(), help="List the kinds.")] = False,
    workspace: Workspace = None,
    json: Json = False,
) -> int:
    """Write what the records say for people who were not there, into reports/: memo, cards, sheets."""
    from shipworthy.cli import documents as view
    from shipworthy.workbench import document as room
    from shipworthy.workbench.documenting.drafting import known_kinds
    from shipworthy.workbench.product import open_product

    prove_document_options(kind or (), check=check, lists=list_, writes=pdf or force)
    output, opened = Output(json=json), open_product(product, workspace)
    if list_:
        return view.listed(output, [*known_kinds(opened).values()])
    if check:
        found = room.proofs(opened, redact=redact)
        return view.checked(output, found, room.documents_folder(opened, redact=redact), product)
    return view.written(
        output, room.document(opened, kind or (), pdf=pdf, redact=redact, force=force), product
    )


@app.command
def risks(product: Product = Path(), /, *, workspace: Workspace = None, json: Json = False) -> int:
    """What may go wrong, as records measure it, who owns it; the tier of the EU AI Act; the card of ethics."""
    from shipworthy.cli.risking import registered
    from shipworthy.workbench.product import open_product
    from shipworthy.workbench.risks import risks as verb

    output, opened = Output(json=json), open_product(product, workspace)
    return registered(output, opened, verb(opened), product)


@app.command
def incident(  # noqa: PLR0913 - each is an option of the command line
    product: Product = Path(),
    /,
    *,
    open_: Annotated[
        str | None, Parameter(name="--open", help="Open an incident with what was said.")
    ] = None,
    step: Annotated[
        str | None,
        Parameter(help="Take a step: verify, size, contain, tell, cause, fix, re-measure or learn."),
    ] = None,
    say: Annotated[
        list[str] | None,
        Parameter(
            help="What there is to say of it: once for all its questions, or once for each.", negative=()
        ),
    ] = None,
    evidence: Annotated[
        str | None, Parameter(help="The record that it rests on, if not the newest evaluation.")
    ] = None,
    because: Annotated[str | None, Parameter(help="Why contain cannot wait for its turn.")] = None,
    about: Annotated[str | None, Parameter(help="The requirement of product.yaml that it is about.")] = None,
    candidate: Annotated[str | None, Parameter(help="Whose answers it is about.")] = None,
    as_: Annotated[str | None, Parameter(name="--as", help="Your name; steps are kept under it.")] = None,
    drill: Annotated[bool, Parameter(negative=(), help="Open it as an exercise.")] = False,
    number: Annotated[int | None, Parameter(help="Which incident, if not the newest open one.")] = None,
    show: Annotated[bool, Parameter(negative=(), help="Show where it stands, and ask nothing.")] = False,
    workspace: Workspace = None,
    json: Json = False,
) -> int:
    """Handle a bias incident in order: verify, size, contain, tell, cause, fix, re-measure, learn."""
    from getpass import getuser

    from shipworthy.cli.incidents import at_terminal, guided, standing
    from shipworthy.workbench import incident as verb
    from shipworthy.workbench.product import open_product

    prove_incident_options(
        {"--open": open_, "--step": step, "--say": say, "--evidence": evidence, "--because": because},
        drill=drill,
        show=show,
    )
    output, opened = Output(json=json), open_product(product, workspace)
    name = as_ or getuser()
    if open_ is not None:
        record = verb.open_incident(opened, open_, name, about=about, candidate=candidate, drill=drill)
    elif step is not None:
        taken = verb.Taken(step, say or (), name, evidence, because or "", about, candidate, number)
        record = verb.take_step(opened, taken)
    else:
        record = verb.newest(opened, number)
    if not show and step is None and at_terminal(output):
        return guided(output, opened, record, name, product)
    return standing(output, opened, record, product)


@app.command
def sign(  # noqa: PLR0913 - each is an option of the command line
    product: Product = Path(),
    /,
    *,
    as_: Annotated[str | None, Parameter(name="--as", help="Who signs.")] = None,
    answer: Annotated[
        str | None, Parameter(help="ship, do_not_ship or not_yet; that of the decision, if not given.")
    ] = None,
    because: Annotated[str, Parameter(help="Why; needed for another answer than the decision's.")] = "",
    dissent: Annotated[
        list[str] | None,
        Parameter(help="Who thinks otherwise: NAME: TEXT; may be repeated.", negative=()),
    ] = None,
    revisit: Annotated[str | None, Parameter(help="The day to look again: YYYY-MM-DD.")] = None,
    risk: Annotated[
        list[str] | None,
        Parameter(help="A risk that is left; open claims, if not given. May be repeated.", negative=()),
    ] = None,
    kill_switch: Annotated[str | None, Parameter(help="Who may turn the feature off.")] = None,
    candidate: Annotated[
        str | None, Parameter(help="Which candidate ships; that of the decision, if not given.")
    ] = None,
    record: Annotated[
        str | None, Parameter(help="The decision's record, or how its id begins; the newest, if not given.")
    ] = None,
    workspace: Workspace = None,
    json: Json = False,
) -> int:
    """Put a name under a decision: who, why, against whose objection, with which risks left, until when."""
    from shipworthy.cli.signing import asked_for, signed
    from shipworthy.sign import Wanted
    from shipworthy.workbench.product import open_product
    from shipworthy.workbench.sign import sign as verb
    from shipworthy.workbench.sign import to_sign

    output, opened = Output(json=json), open_product(product, workspace)
    wanted = Wanted(
        as_, answer, because, tuple(dissent or ()), tuple(risk or ()), kill_switch, revisit, candidate
    )
    wanted = asked_for(output, to_sign(opened, wanted, record), wanted)
    return signed(output, verb(opened, wanted, record), product)


@app.command
def history(
    product: Product = Path(),
    /,
    *,
    show: Annotated[
        str | None,
        Parameter(help="Play this decision again (its id, a signature's, or how one begins)."),
    ] = None,
    due: Annotated[bool, Parameter(help="Only what should be looked at again by now.", negative=())] = False,
    workspace: Workspace = None,
    json: Json = False,
) -> int:
    """List who decided what and when; replay one decision with what was known then, and what is stale since."""
    from shipworthy.cli.past import events
    from shipworthy.cli.replayed import replayed
    from shipworthy.workbench.history import history as verb
    from shipworthy.workbench.product import open_product
    from shipworthy.workbench.replay import replay

    output, opened = Output(json=json), open_product(product, workspace)
    if show is not None:
        return replayed(output, opened, replay(opened, show), product)
    return events(output, verb(opened, due=due), product, due=due)


@app.command
def gate(
    product: Product = Path(),
    /,
    *,
    margin: Annotated[
        list[str] | None,
        Parameter(
            help="How much worse than when it was signed still passes: 0.01, or recall=0.01.", negative=()
        ),
    ] = None,
    junit: Annotated[Path | None, Parameter(help="Write the results as JUnit XML.")] = None,
    summary: Annotated[Path | None, Parameter(help="Write a summary as Markdown.")] = None,
    annotations: Annotated[
        bool, Parameter(help="Print lines that GitHub shows beside product.yaml.", negative=())
    ] = False,
    workspace: Workspace = None,
    json: Json = False,
) -> int:
    """For CI: judge today's product against what was signed, and exit with 0, 1 or 3."""
    from shipworthy.cli.gated import gated, prove_gate_options
    from shipworthy.workbench.gate import gate as verb
    from shipworthy.workbench.product import open_product

    prove_gate_options(json=json, annotated=annotations)
    output, opened = Output(json=json), open_product(product, workspace)
    with output.progress() as progress:
        found = verb(opened, progress, margin or ())
    return gated(output, opened, found, product, annotated=annotations, junit_file=junit, summary=summary)


@app.command
def run(product: Product = Path(), /, *, workspace: Workspace = None, json: Json = False) -> int:
    """Check, train, evaluate, compare, decide and document, skipping what is fresh."""
    from shipworthy.cli.verdicts import whole_run
    from shipworthy.workbench.evaluate import exit_code
    from shipworthy.workbench.product import open_product
    from shipworthy.workbench.run import run as verb

    output, opened = Output(json=json), open_product(product, workspace)
    with output.progress() as progress:
        found = verb(opened, progress)
    return whole_run(
        output,
        opened,
        found,
        exit_code(found.decision.evaluation) if found.decision.evaluation else 0,
        product,
    )


@app.command
def metrics(*, json: Json = False) -> int:
    """List every metric that a requirement may name."""
    from shipworthy.cli.views import metric_table
    from shipworthy.workbench.metrics import metrics as verb

    return metric_table(Output(json=json), verb())


@app.command
def records(
    product: Product = Path(),
    /,
    *,
    show: Annotated[
        str | None, Parameter(help="Print this record (its id, or how it begins) as JSON.")
    ] = None,
    verb: Annotated[str | None, Parameter(help="Only the records of this verb.")] = None,
    workspace: Workspace = None,
    json: Json = False,
) -> int:
    """List what was done in this product's workspace, newest last."""
    from shipworthy.cli.views import record_list, record_shown
    from shipworthy.workbench.product import open_product
    from shipworthy.workbench.records import record
    from shipworthy.workbench.records import records as listed

    output, opened = Output(json=json), open_product(product, workspace)
    if show is not None:
        return record_shown(output, record(opened, show))
    return record_list(output, listed(opened, verb))


@app.command
def completion(shell: Literal["bash", "zsh", "fish"], /) -> int:
    """Print the script that completes shipworthy's commands in a shell.

    Args:
        shell: for bash, add to ~/.bashrc: source <(shipworthy completion bash)
    """
    sys.stdout.write(app.generate_completion(shell=shell))
    return 0


def run_command(arguments: Sequence[str]) -> int:
    """Run one command line; its exit code. Errors teach and never show a traceback."""
    output = Output(json="--json" in arguments)
    try:
        found = app(list(arguments), exit_on_error=False, print_error=False)
    except ShipworthyError as error:
        return failed(output, error, arguments)
    except CycloptsError as error:
        return failed(output, _misused(error), arguments)
    except KeyboardInterrupt:
        output.say("Stopped. What was finished is kept.")
        output.say(f"Next: {shlex.join(['shipworthy', *arguments])}")
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except Exception as error:  # noqa: BLE001 - whatever goes wrong, a person gets a sentence and a way to tell us
        return failed(output, unforeseen(error), arguments)
    return found if isinstance(found, int) else 0


def _misused(error: CycloptsError) -> InputError:
    command = " ".join(error.command_chain or ())
    return InputError(
        "cli.usage",
        " ".join(str(error).split()),
        remedy=f"See: shipworthy {command} --help".replace("  ", " "),
    )
