"""Which tool wrote a file, and its rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from shipworthy.errors import InputError, Place
from shipworthy.foreign.content import Foreign
from shipworthy.foreign.inspect_log import read_inspect
from shipworthy.foreign.lm_eval import read_lm_eval
from shipworthy.foreign.openai_evals import read_openai_evals
from shipworthy.foreign.promptfoo import read_promptfoo
from shipworthy.foreign.rows import Results

FORMATS: Mapping[str, Callable[[bytes, str], Results]] = {
    "promptfoo": read_promptfoo,
    "inspect": read_inspect,
    "lm_eval": read_lm_eval,
    "openai_evals": read_openai_evals,
}


def read_results(form: str, data: bytes, file: str, where: Place | None = None) -> Results:
    """The rows of a file of this tool.

    Args:
        form: a key of FORMATS.
        data: what the file holds.
        file: its name, whose ending tells JSON, CSV and YAML apart.
        where: the place in product.yaml that names the tool.

    Raises:
        InputError: it is damaged, empty, of a version that is not known, or another tool's; that one is named.
    """
    try:
        found = FORMATS[form](data, file)
    except Foreign as error:
        raise _of_another(form, data, file, str(error), where) from None
    except InputError as error:
        looks = _looks_like(form, data, file) if error.problem.code == "import.damaged" else None
        if looks is None:
            raise
        raise _of_another(form, data, file, error.problem.message, where) from None
    if not found.rows:
        message = f"{file} holds no answer"
        raise InputError(
            "import.empty", message, where=where, remedy="Run the evaluation to its end, and export again."
        )
    return found


def _of_another(form: str, data: bytes, file: str, lacks: str, where: Place | None) -> InputError:
    looks = _looks_like(form, data, file)
    remedy = (
        f"It looks like one of {looks}: write format: {looks}"
        if looks
        else f"Known formats: {', '.join(FORMATS)}. A plain table needs no format: leave it out."
    )
    return InputError("import.format", f"{file} is no file of {form}: {lacks}", where=where, remedy=remedy)


def _looks_like(form: str, data: bytes, file: str) -> str | None:
    """The tool whose form the content has, if it is another one."""
    for name, read in FORMATS.items():
        if name != form:
            try:
                read(data, file)
            except (Foreign, InputError):
                continue
            return name
    return None
