"""What risks prints: the register by how risks stand, the tier of the law, the card of ethics, and the editions."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from shipworthy.cli.output import Output
from shipworthy.cli.plans import aside
from shipworthy.cli.verdicts import measured_text
from shipworthy.documents.wording import plural
from shipworthy.evidence import Estimate
from shipworthy.workbench.risks import exit_code

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from shipworthy.evidence import EthicsItem, Record, RiskFigure, RiskRegister, RiskRow, Triage
    from shipworthy.evidence.risks import Standing
    from shipworthy.spec.model import Product
    from shipworthy.workbench.product import Opened

TITLES: dict[Standing, tuple[str, str, str]] = {
    "triggered": ("✗", "red", "Triggered"),
    "not_measured": ("?", "yellow", "Not measured"),
    "quiet": ("✓", "green", "Quiet"),
    "does_not_apply": ("–", "dim", "Does not apply"),
}
TIERS = {
    "prohibited": "prohibited",
    "high_risk": "high risk",
    "transparency": "transparency duties",
    "minimal": "minimal risk",
    "outside": "outside the Act",
}
MARKS = {
    "met": ("✓", "green"),
    "missed": ("✗", "red"),
    "undecided": ("?", "yellow"),
    "stated": ("~", "yellow"),
}
MOST_FIGURES = 3


def registered(output: Output, opened: Opened, record: Record, product: Path) -> int:
    """The register, what to run next, and the exit code."""
    found = record.register
    if found is None:
        return 0
    code = exit_code(found)
    if output.json:
        output.document(record.as_json())
    else:
        _shown(output, opened.product, found)
        output.kept(record)
    if code:
        output.say(
            f"Next: write owner: and response: under risks: in product.yaml, then run: shipworthy risks {shlex.quote(str(product))}"
        )
    return code


def _shown(output: Output, product: Product, found: RiskRegister) -> None:
    from rich.text import Text

    counts = {standing: len(found.of(standing)) for standing in TITLES}
    bare = sum(row.unowned for row in found.rows)
    told = f"{_headline(counts['triggered'], bare)}; {counts['not_measured']} not measured, {counts['quiet']} quiet"
    colour = "red" if bare else "yellow" if counts["triggered"] else "green"
    output.console.print(
        Text.assemble((f"{product.product}: ", "bold"), (told, f"bold {colour}")), soft_wrap=True
    )
    if found.candidate:
        aside(output, f"as {found.candidate} was measured")
    for standing in TITLES:
        _register(output, product, found.of(standing), standing)
    _law(output, found.triage)
    _card(output, product, found.ethics)
    _editions(output, found)


def _headline(triggered: int, bare: int) -> str:
    """How many risks are triggered, and how many of them nobody looks after."""
    if not triggered:
        return "no risk is triggered"
    told = f"{plural(triggered, 'risk')} triggered"
    return (
        f"{told}, {bare} without an owner and a response"
        if bare
        else f"{told}, each with an owner and a response"
    )


def _register(output: Output, product: Product, rows: tuple[RiskRow, ...], standing: Standing) -> None:
    if not rows:
        return
    symbol, colour, title = TITLES[standing]
    _titled(output, title)
    table = _table((2, 5, 24))
    for row in rows:
        table.add_row(_text(symbol, colour), row.id if not row.own else "own", row.name, _told(product, row))
    output.console.print(table)


def _told(product: Product, row: RiskRow) -> Text:
    from rich.text import Text

    told = Text(row.why)
    most = 1 if row.standing == "quiet" else MOST_FIGURES
    for figure in row.figures[:most]:
        told.append(f"\n{figure_text(product, figure)}")
    if len(row.figures) > most:
        told.append(f"\nfigures in the record: {len(row.figures)}", "dim")
    if row.standing in ("triggered", "not_measured") and row.next_step:
        told.append(f"\n{row.next_step}", "dim")
    if row.standing == "triggered" and row.standard:
        told.append(f"\nusually: {row.standard}", "dim")
    if owned := _owned(row):
        told.append(f"\n{owned}", "red" if row.unowned else "dim")
    return told


def _owned(row: RiskRow) -> str:
    """Who answers and what is done, then where NIST and OWASP speak of it."""
    parts = (
        [f"owner {row.owner}" if row.owner else "no owner"]
        if row.owner or row.standing == "triggered"
        else []
    )
    parts += [row.response] if row.response else ["no response"] if row.standing == "triggered" else []
    parts += [row.treatment] if row.treatment else []
    parts += [f"revisit {row.revisit}{' (past)' if row.overdue else ''}"] if row.revisit else []
    parts += [", ".join(tag.id for tag in row.tags)] if row.tags else []
    return "; ".join(parts)


def figure_text(product: Product, figure: RiskFigure) -> str:
    """A figure with its interval, and what was asked of it."""
    estimate = Estimate(
        "", figure.metric, figure.slice, figure.value, figure.low, figure.high, 0.95, None, None, 0.95, figure.n, figure.n, ""
    )  # fmt: skip
    return f"{figure.requirement or figure.metric}: {measured_text(product, estimate)}, n = {figure.n:,}"


def _law(output: Output, found: Triage) -> None:
    from rich.text import Text

    _titled(output, "EU AI Act (not legal advice)")
    output.console.print(Text(f"  {_tier(found)}", "bold"))
    for each in found.because:
        aside(output, f"because {each}")
    for rule in found.rules:
        for line in (
            f"{rule.title}: {rule.duties}",
            *rule.dates,
            *(f"sources differ: {each}" for each in rule.conflicts),
        ):
            aside(output, line)
    for note in found.notes:
        aside(output, f"note: {note}")
    if found.questions:
        output.console.print("  To find out, under triage: in product.yaml, yes or no:")
        table = _table((2, 24))
        for name in found.questions:
            fact = found.fact(name)
            leads = TIERS[fact.tier] if fact.tier else "outside the Act, if no"
            table.add_row(_text("?", "yellow"), name, f"{fact.question} ({fact.article}: {leads})")
        output.console.print(table)


def _tier(found: Triage) -> str:
    """The tier in words, and what the unknown facts could make of it."""
    if found.settled:
        return TIERS[found.tier]
    if found.tier == found.most:
        return f"{TIERS[found.tier]}, if it reaches people in the European Union"
    known = "not known yet" if found.tier == "minimal" else f"at least {TIERS[found.tier]}"
    return (
        f"{known}; {len(found.questions)} open questions, the gravest of which lead to: {TIERS[found.most]}"
    )


def _card(output: Output, product: Product, items: tuple[EthicsItem, ...]) -> None:
    from rich.text import Text

    _titled(output, "Ethics card")
    table = _table((2, 14))
    for item in items:
        symbol, colour = MARKS.get(item.standing, ("✗", "red"))
        told = Text(", ".join(item.measures) or "nothing measures it")
        for figure in item.figures[:MOST_FIGURES]:
            told.append(f"\n{figure_text(product, figure)}")
        said = [
            each
            for each in (item.how, item.owner and f"owner {item.owner}", item.by and f"by {item.by}")
            if each
        ]
        told.append(f"\n{'; '.join(said)}" if said else "", "dim")
        told.append(f"\nmissing: {', '.join(item.gaps)}" if item.gaps else "", "yellow")
        table.add_row(_text(symbol, colour), item.item, told)
    output.console.print(table)


def _editions(output: Output, found: RiskRegister) -> None:
    _titled(output, "Editions")
    for each in found.editions:
        aside(output, f"{each.name}: {each.edition}; last verified {each.last_verified}")
    for note in found.notes:
        output.console.print(_text(f"! {note}", "yellow"), soft_wrap=True)


def _titled(output: Output, title: str) -> None:
    output.console.print()
    output.console.print(title, style="bold")


def _table(widths: tuple[int, ...]) -> Table:
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    for width in widths:
        table.add_column(max_width=width, overflow="fold")
    return table


def _text(text: str, style: str) -> Text:
    from rich.text import Text

    return Text(text, style)
