"""The commands that gather what is missing: plan, label, probe."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from shipworthy.cli.options import prove_label_options, prove_plan_options, prove_probe_options, variables
from shipworthy.cli.output import Output
from shipworthy.cli.program import Json, Product, Workspace, app


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
