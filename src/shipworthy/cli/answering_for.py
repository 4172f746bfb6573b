"""The commands for those who answer for a product: document, risks, incident, sign, history, gate."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from shipworthy.cli.options import prove_document_options, prove_incident_options
from shipworthy.cli.output import Output
from shipworthy.cli.program import Json, Product, Workspace, app


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
