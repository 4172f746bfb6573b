"""The graders of a product, ready to grade, each with what tells it from any other."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from shipworthy.errors import InputError, did_you_mean
from shipworthy.evidence.record import content_hash
from shipworthy.grade import Grading, grading_of
from shipworthy.grade.graders import Function
from shipworthy.models.embedding import embedding
from shipworthy.workbench.chatting.pricing import token_price
from shipworthy.workbench.judging.asking import Judging
from shipworthy.workbench.judging.people import load_people
from shipworthy.workbench.judging.setting import judge_setting
from shipworthy.workbench.product import placed

if TYPE_CHECKING:
    from shipworthy.spec.model import Grader
    from shipworthy.workbench.session import Session
    from shipworthy.workbench.train import Progress


def _quietly(_: str) -> None:
    """Tell nobody."""


def graders_of(session: Session, progress: Progress = _quietly) -> Mapping[str, tuple[Grading, str]]:
    """Each grader of the product by its name, and its version: a hash of its settings and of the code that it runs.

    Raises:
        InputError: a grader cannot be used as it is set; with its place.
    """
    return {
        name: (grading(session, name, progress), version(session, name, grader))
        for name, grader in session.product.grade.items()
    }


def grading(session: Session, name: str, progress: Progress = _quietly) -> Grading:
    """One grader; a judge tells its progress.

    Raises:
        InputError: it cannot be used as it is set; with its place.
    """
    grader, folder = session.product.grade[name], session.opened.folder
    try:
        if grader.judge is not None:
            load_people(session, name)
            price = token_price(grader.judge, session.opened.places.of("grade", name, "judge", "price"))
            return Judging(session, judge_setting(session, name, grader.judge), progress, price)
        return grading_of(grader, embedding, partial(own_function, folder))
    except InputError as error:
        raise InputError(
            error.problem.code,
            f"grade.{name}: {error.problem.message}",
            where=placed(error.problem, session.opened.places.of("grade", name)).where,
            remedy=error.problem.remedy,
        ) from None


def version(session: Session, name: str, grader: Grader) -> str:
    """What tells a grader from any other: of a judge, what people said of answers too."""
    code = _code(session.opened.folder, grader.python) if grader.python else b""
    basis = [grader.model_dump(mode="json", exclude_none=True), code.decode(errors="replace")]
    if grader.judge is not None:
        people = {candidate: each.version for candidate, each in load_people(session, name).items()}
        basis += [judge_setting(session, name, grader.judge).version, people]
    return content_hash(basis)[:16]


def own_graders(session: Session) -> dict[str, str]:
    """The versions of graders that rest on further files of the product's folder: code, rubrics, people's labels."""
    found = session.product.grade.items()
    return {
        f"grade.{name}": version(session, name, grader)
        for name, grader in found
        if grader.python or grader.judge
    }


def _code(folder: Path, named: str) -> bytes:
    """The file of a function, which lies in the product's folder.

    Raises:
        InputError: it does not.
    """
    file = (folder / named.rpartition(":")[0]).resolve()
    if not file.is_relative_to(folder.resolve()) or not file.is_file():
        raise InputError(
            "grade.python",
            f"the product's folder has no file {named.rpartition(':')[0]}",
            remedy="Paths count from the folder of product.yaml, and code outside it is not run.",
        )
    return file.read_bytes()


def own_function(folder: Path, named: str) -> Function:
    """The function that `checks.py:function` names. Its file is run, as product.yaml asks for it.

    Raises:
        InputError: the file is not there, does not run, or has no such function.
    """
    _code(folder, named)
    file, _, name = named.rpartition(":")
    spec = importlib.util.spec_from_file_location(f"product_{Path(file).stem}", folder / file)
    if spec is None or spec.loader is None:
        raise InputError("grade.python", f"{file} cannot be run", remedy="Write plain Python.")
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:  # noqa: BLE001 - code of the product may raise anything
        told = f"{file} raised {type(error).__name__}: {error}"
        raise InputError("grade.python", told, remedy="Run it by itself with Python to see where.") from None
    found: Any = getattr(module, name, None)
    if not callable(found):
        names = [
            each for each in vars(module) if callable(getattr(module, each)) and not each.startswith("_")
        ]
        raise InputError("grade.python", f"{file} has no function {name}", remedy=did_you_mean(name, names))
    function: Function = found
    return function
