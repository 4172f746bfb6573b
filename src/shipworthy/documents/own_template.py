"""A team's own template: it may show the fields of its kind, and do nothing else."""

from __future__ import annotations

import hashlib
import re
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from shipworthy.documents.rendering import FILTERS, escaped_by_default
from shipworthy.errors import InputError, Place, did_you_mean

_SEEN = "<template>"


class _Named(StrictUndefined):
    """An unknown field that knows what its owner has."""

    @property
    def _undefined_message(self) -> str:
        if self._undefined_obj is missing or isinstance(self._undefined_name, int):
            return super()._undefined_message
        near = did_you_mean(str(self._undefined_name), _fields(self._undefined_obj))
        return f"{self._undefined_name!r} is no field of {type(self._undefined_obj).__name__}\n{near}"


@dataclass(frozen=True)
class OwnTemplate:
    """A template of a product folder: where it lies, and its text."""

    file: str
    text: str

    @property
    def hash(self) -> str:
        """SHA-256 of its text."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def rendered(self, values: Mapping[str, Any], record: str) -> str:
        """The template with the values of a view; figures stay bound.

        Raises:
            InputError: it is no template, names a field that there is not, or asks for what it must not.
        """
        try:
            return _environment().from_string(self.text).render(record_id=record, **values)
        except TemplateSyntaxError as error:
            raise self._refused("document.template", str(error.message), error.lineno) from None
        except UndefinedError as error:
            told, _, near = str(error.message).partition("\n")
            name = re.match(r"'([^']*)' is undefined", told)
            remedy = did_you_mean(name[1], values) if name else near
            raise self._refused("document.field", _unknown(told), _line(error), remedy) from None
        except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
            raise self._refused("document.template", str(error), _line(error)) from None

    def _refused(self, code: str, told: str, line: int | None, remedy: str = "") -> InputError:
        message = f"the template cannot be filled in: {' '.join(told.split())}"
        known = "docs/guides/document.md lists the fields."
        return InputError(code, message, where=Place(self.file, line), remedy=f"{remedy} {known}".strip())


def _environment() -> ImmutableSandboxedEnvironment:
    found = ImmutableSandboxedEnvironment(
        autoescape=False,  # not HTML: `finalize` escapes what Markdown would read as markup
        undefined=_Named,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=escaped_by_default,
    )
    found.filters.update(FILTERS)
    return found


def _unknown(told: str) -> str:
    return told.replace(" is undefined", " is no field of this document")


def _line(error: BaseException) -> int | None:
    """The line of the template in which something went wrong."""
    frames = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == _SEEN]
    return frames[-1] if frames else None


def _fields(owner: Any) -> list[str]:
    if isinstance(owner, Mapping):
        return [str(name) for name in owner]
    return [each.name for each in fields(owner)] if is_dataclass(owner) else []
