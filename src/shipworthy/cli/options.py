"""Which options of a command go together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from shipworthy.errors import InputError

if TYPE_CHECKING:
    from shipworthy.workbench.probing.wanted import Wanted


def prove_plan_options(claim: str | None, compare: str | None, difference: float | None) -> None:
    """Return where the options of plan go together."""
    if claim is not None and compare is not None:
        raise InputError("cli.plan", "--claim and --compare exclude each other", remedy="Keep one of them.")
    if (compare is None) != (difference is None):
        given, missing = ("--compare", "--difference") if compare else ("--difference", "--compare")
        raise InputError(
            "cli.plan", f"{given} needs {missing}", remedy="For example: --compare recall --difference 0.02"
        )


def variables(given: Sequence[str]) -> dict[str, str]:
    """The values of --var by column."""
    for each in given:
        if "=" not in each.strip("="):
            message = f"--var {each}: a column and its value stand on the two sides of ="
            raise InputError("cli.probe", message, remedy='For example: --var subject="Free tickets"')
    return {name.strip(): value for name, _, value in (each.partition("=") for each in given)}


def other_values(given: Sequence[str]) -> dict[str, str]:
    """The values of --what-if by column."""
    found = [each.partition("=") for each in given]
    for each, (name, sign, _) in zip(given, found, strict=True):
        if not (sign and name.strip()):
            message = f"--what-if {each}: a column and its value stand on the two sides of ="
            raise InputError("cli.explain", message, remedy="For example: --what-if income=30000")
    names = [name.strip() for name, _, _ in found]
    double = next((name for name in names if names.count(name) > 1), None)
    if double is not None:
        message = f"--what-if gives {double} two values"
        raise InputError("cli.explain", message, remedy="Keep one of them, and ask again for the other.")
    return {name.strip(): value for name, _, value in found}


def prove_probe_options(wanted: Wanted, on: int | None, *, log: bool) -> None:
    """Return where the options of probe go together."""
    asks = wanted.ask or wanted.row or wanted.values or wanted.times or wanted.expect
    if (log and on is not None) or ((log or on is not None) and asks):
        given = "--log" if log else "--on"
        message = f"{given} asks nothing, and goes with no option that does"
        raise InputError("cli.probe", message, remedy="Give them one after the other.")
    if log and wanted.tags:
        raise InputError("cli.probe", "--log lists, --tag names a failure", remedy="Add --on NUMBER to tag.")
    if on is not None and not wanted.tags:
        raise InputError("cli.probe", "--on needs --tag", remedy="For example: --on 3 --tag invented")


def prove_label_options(chosen: Sequence[str], by: str | None, ids: Path | None, *, json: bool) -> None:
    """Return where the options of label go together."""
    if len(chosen) > 1:
        raise InputError(
            "cli.label", f"{' and '.join(chosen)} exclude each other", remedy="Give them one after the other."
        )
    if (by or ids) and "--take" not in chosen:
        raise InputError(
            "cli.label", "--by and --ids need --take", remedy="For example: --take 100 --by random"
        )
    if json and chosen in ([], ["--web"]):
        raise InputError(
            "cli.label",
            "labelling itself prints no JSON",
            remedy="Give it with --take, --status, --agreement, --export or --import.",
        )


def prove_incident_options(given: Mapping[str, object], *, drill: bool, show: bool) -> None:
    """Return where the options of incident go together."""
    said = [name for name, value in given.items() if value is not None]
    if given["--open"] is not None and given["--step"] is not None:
        message = "--open and --step exclude each other"
        raise InputError("cli.incident", message, remedy="Open it first, then take its steps.")
    if given["--step"] is None and (lonely := [name for name in said if name not in ("--open", "--step")]):
        message = f"{' and '.join(lonely)} {'need' if len(lonely) > 1 else 'needs'} --step"
        raise InputError("cli.incident", message, remedy='For example: --step verify --say "…" --as NAME')
    if drill and given["--open"] is None:
        remedy = 'For example: --open "…" --as NAME --drill'
        raise InputError("cli.incident", "--drill goes with --open", remedy=remedy)
    if show and said:
        message = f"--show changes nothing, and goes with no {' or '.join(said)}"
        raise InputError("cli.incident", message, remedy="Give them one after the other.")


def prove_document_options(kinds: Sequence[str], *, check: bool, lists: bool, writes: bool) -> None:
    """Return where the options of document go together."""
    if check and lists:
        raise InputError("cli.document", "--check and --list exclude each other", remedy="Keep one of them.")
    if (check or lists) and (kinds or writes):
        message = f"{'--check' if check else '--list'} writes nothing, and goes with no option of writing"
        raise InputError("cli.document", message, remedy="Give them one after the other.")
