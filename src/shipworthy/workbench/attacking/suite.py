"""The suite of a product: one of the package, or a file of its folder; of it the hazards that product.yaml names."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from shipworthy.errors import InputError, SpecError
from shipworthy.misuse.choosing import chosen
from shipworthy.misuse.reading import read_suite
from shipworthy.misuse.shipped import shipped_suite, taxonomy
from shipworthy.workbench.chatting.files import load_own
from shipworthy.workbench.product import placed

if TYPE_CHECKING:
    from pathlib import Path

    from shipworthy.errors import Place
    from shipworthy.misuse.attack import Suite
    from shipworthy.spec.attacking import Misuse
    from shipworthy.workbench.session import Session

ENDINGS = (".yaml", ".yml")


def whole_suite(session: Session, misuse: Misuse) -> Suite:
    """All attacks of the suite that product.yaml names.

    Raises:
        InputError: there is no such suite, or its file is wrong.
    """
    where = session.opened.places.of("misuse", "suite")
    if not misuse.suite.endswith(ENDINGS):
        try:
            return shipped_suite(misuse.suite)
        except InputError as error:
            remedy = f"{error.problem.remedy} A suite of your own is a YAML file of the folder: suite: attacks.yaml"
            raise InputError(error.problem.code, error.problem.message, where=where, remedy=remedy) from None
    return _own_suite(session.opened.folder, misuse.suite, where)


def suite_of(session: Session, misuse: Misuse) -> Suite:
    """The attacks that are tried.

    Raises:
        InputError: the suite is wrong, or has no attack of a hazard that is named.
    """
    try:
        return chosen(whole_suite(session, misuse), hazards=misuse.hazards)
    except SpecError:
        raise  # each problem says where it stands in the file
    except InputError as error:
        places = session.opened.places
        where = placed(error.problem, places.of("misuse", "hazards" if misuse.hazards else "suite")).where
        problem = error.problem
        raise InputError(problem.code, problem.message, where=where, remedy=problem.remedy) from None


@lru_cache(maxsize=4)
def _parsed(text: str, file: str) -> Suite:
    return read_suite(text, file, taxonomy())


def _own_suite(folder: Path, name: str, where: Place) -> Suite:
    return _parsed(load_own(folder, name, "the suite", where), name)
