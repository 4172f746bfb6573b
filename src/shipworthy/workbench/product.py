"""An opened product: its file, what the file says, and where its workspace lies."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shipworthy.errors import InputError, Problem, ShipworthyError, SpecError
from shipworthy.evaluate.asking import Questions, questions
from shipworthy.evidence.record import content_hash
from shipworthy.judge import claim_of
from shipworthy.metrics import METRICS
from shipworthy.metrics.on_data import is_of_data
from shipworthy.spec.reading import load_text, product_file, read_places, read_product
from shipworthy.spec.task import Task
from shipworthy.store import Workspace, open_workspace
from shipworthy.workbench.comparing import asked_of, options_of, prove_champion

if TYPE_CHECKING:
    from shipworthy.spec.model import Product
    from shipworthy.spec.places import Places

"""The kinds of answers that are judged."""

NOT_ASKED = {"frame", "explain", "roadmap", "risks", "ethics", "triage"}
"""Sections that change no verdict: what records measured stays fresh when they are written."""

QUANTILES = tuple(f"p{percent}" for percent in range(1, 100))


@dataclass(frozen=True)
class Opened:
    """A product with its place on disk; `sw.open` gives one, and every verb takes one. Messages name the file as `shown`."""

    file: Path
    shown: str
    text: str
    product: Product
    workspace_path: Path | None = None

    @property
    def folder(self) -> Path:
        """The product's folder, from which its paths count."""
        return self.file.parent

    @cached_property
    def of_candidates(self) -> Product:
        """The product without claims about its data, as candidates are judged by it."""
        claims = tuple(each for each in self.product.requirements if not is_of_data(each.metric))
        return self.product.model_copy(update={"requirements": claims})

    @property
    def claims_data(self) -> bool:
        """Whether some requirement is a claim about the data, which `audit` judges."""
        return len(self.of_candidates.requirements) < len(self.product.requirements)

    @cached_property
    def workspace(self) -> Workspace:
        """The workspace, made on first use."""
        return open_workspace(self.folder, self.workspace_path)

    @cached_property
    def places(self) -> Places:
        """Where each value of the file stands."""
        return read_places(self.text, self.shown)

    @cached_property
    def questions(self) -> Questions:
        """What an evaluation of the product asks; `Session.questions` knows the classes of its data too."""
        return questions(self.of_candidates)

    @cached_property
    def spec_hash(self) -> str:
        """A hash of what the file asks of the product; comments, layout, and what is no part of that do not change it."""
        return content_hash(self.product.model_dump(mode="json", exclude=NOT_ASKED))

    def _repr_html_(self) -> str:
        from html import escape

        claims = "".join(f"<li><code>{escape(each.text)}</code></li>" for each in self.product.requirements)
        return f"<b>{escape(self.product.product)}</b><ul>{claims}</ul>"


def open_product(path: str | PathLike[str] = ".", workspace: str | PathLike[str] | None = None) -> Opened:
    """Open a product file, or the product.yaml of a folder.

    Args:
        path: the file or its folder.
        workspace: where records and models are kept, if not in `.shipworthy` beside the file.

    Raises:
        SpecError: with every problem of the file.
    """
    file = product_file(path)
    text = load_text(path)
    product = read_product(text, str(file), metrics=[*METRICS, *QUANTILES])
    opened = Opened(file.absolute(), str(file), text, product, Path(workspace) if workspace else None)
    prove_claims(opened)
    return opened


def prove_claims(opened: Opened) -> None:
    """Return where every requirement can be decided by some data.

    Raises:
        SpecError: with each requirement that no data could decide.
    """
    problems = []
    for at, requirement in enumerate(opened.product.requirements):
        try:
            claim_of(requirement, opened.product.value, Task.of(opened.product))
        except InputError as error:
            problems.append(placed(error.problem, opened.places.of("requirements", at)))
    problems = problems or _comparison_problems(opened)
    if problems:
        raise SpecError(problems)


def _comparison_problems(opened: Opened) -> list[Problem]:
    """What is wrong with the section compare: its champion, its metrics or its margins."""
    written = opened.product.compare
    if written is None:
        return []
    try:
        if written.champion is not None:
            prove_champion(opened.product, written.champion)
        asked_of(opened.of_candidates, opened.questions, options_of(opened.product), Task.of(opened.product))
    except InputError as error:
        key = {"compare.champion": "champion", "compare.margin": "margin"}.get(error.problem.code, "metrics")
        return [placed(error.problem, opened.places.of("compare", key))]
    return []


def placed(problem: Problem, where: Any) -> Problem:
    """The same problem with a place, where it has none."""
    return problem if problem.where else Problem(problem.code, problem.message, where, problem.remedy)


__all__ = ["Opened", "ShipworthyError", "open_product", "placed"]
