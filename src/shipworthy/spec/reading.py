"""product.yaml -> Product, or every problem of the file at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from os import PathLike
from pathlib import Path

from pydantic import ValidationError

from shipworthy.errors import Place, Problem, SpecError, nearest
from shipworthy.spec.faults import faults
from shipworthy.spec.model import Product
from shipworthy.spec.places import Places
from shipworthy.spec.rules import broken_rules
from shipworthy.spec.tree import read_tree

FILE_NAME = "product.yaml"


def read_product(text: str, file: str, metrics: Collection[str] | None = None) -> Product:
    """The product that a text describes.

    Args:
        text: YAML 1.2.
        file: how messages name the file.
        metrics: the names of known metrics; without them, any name passes.

    Raises:
        SpecError: with every problem of the file, in the order of its lines.
    """
    tree = read_tree(text, file)
    problems = [*tree.problems, *broken_rules(tree, metrics)]
    try:
        product = Product.model_validate(tree.data)
    except ValidationError as error:
        raise SpecError(_in_order([*problems, *faults(error, tree)])) from None
    if problems:
        raise SpecError(_in_order(problems))
    return product


def read_places(text: str, file: str) -> Places:
    """Where each value of a text stands, for problems that only show beside the data.

    Raises:
        SpecError: it is no YAML, or empty.
    """
    return read_tree(text, file).places


def load_product(path: str | PathLike[str], metrics: Collection[str] | None = None) -> Product:
    """The product in a file, or in the product.yaml of a folder; `metrics` as in `read_product`.

    Raises:
        SpecError: with every problem of the file; `spec.missing_file`, `spec.encoding` or `spec.unreadable`
            where there is no text to read.
    """
    return read_product(load_text(path), str(product_file(path)), metrics)


def product_file(path: str | PathLike[str]) -> Path:
    """The product file that a path means: itself, or product.yaml in the folder that it is."""
    given = Path(path)
    return given / FILE_NAME if given.is_dir() else given


def load_text(path: str | PathLike[str]) -> str:
    """The text of a product file.

    Raises:
        SpecError: it is missing, cannot be opened, or is not UTF-8.
    """
    file = product_file(path)
    try:
        content = file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise _no_file(file) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        problem = Problem(
            "spec.unreadable",
            f"the file cannot be read: {reason}",
            Place(str(file)),
            "Check its permissions.",
        )
        raise SpecError([problem]) from None
    return _decoded(content, str(file))


def _no_file(file: Path) -> SpecError:
    folder = file.parent
    siblings = [entry.name for entry in folder.iterdir() if entry.is_file()] if folder.is_dir() else []
    near = nearest(file.name, [name for name in siblings if name.endswith((".yaml", ".yml"))])
    if file.is_symlink():
        message = f"{file} is a link to {file.readlink()}, and there is nothing"
        remedy = "Let the link point to a product file, or put the file itself there."
        return SpecError([Problem("spec.missing_file", message, Place(str(file)), remedy)])
    message = f"there is no folder {folder}"
    if folder.is_dir():
        product = file.suffix in (".yaml", ".yml")
        message = f"the folder {folder} has no {file.name}" if product else f"there is no product at {file}"
    remedy = (
        f"Did you mean {folder / near}?"
        if near
        else "Name the folder of a product, or begin one: shipworthy new NAME"
    )
    return SpecError(
        [Problem("spec.missing_file", message, Place(str(file)), remedy)], next_command="shipworthy new NAME"
    )


def _decoded(content: bytes, file: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8", errors="replace").split("\n")
        place = Place(file, len(before), len(before[-1]) + 1)
        message = f"the file is not UTF-8 text: the byte 0x{content[error.start]:02X} stands here"
        raise SpecError(
            [Problem("spec.encoding", message, place, "Save it with the encoding UTF-8.")]
        ) from None


def _in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Each problem once, by line and column."""
    return sorted(dict.fromkeys(problems), key=lambda problem: _position(problem.where))


def _position(place: Place | None) -> tuple[int, int]:
    return (place.line or 0, place.column or 0) if place else (0, 0)
