"""The commands. Each parses, calls one verb of the workbench, and renders what it returns."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import CycloptsError, Parameter

from shipworthy.cli import answering_for, gathering  # noqa: F401 - imported, they bring their commands along
from shipworthy.cli.options import other_values
from shipworthy.cli.output import Output, failed, unforeseen
from shipworthy.cli.program import Json, Product, Workspace, app
from shipworthy.errors import InputError, ShipworthyError

__all__ = ["app", "run_command"]

INTERRUPTED = 130


@app.command
def new(
    name: str,
    /,
    *,
    template: Annotated[str | None, Parameter(help="assistant, blank, lending or spam.")] = None,
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
    made = (
        new_from(name, from_, label or "", table)
        if from_ is not None
        else from_template(name, template or "blank")
    )
    return created(Output(json=json), Path(name), made)


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
