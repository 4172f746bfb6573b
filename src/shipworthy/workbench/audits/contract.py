"""The data contract on disk: beside product.yaml, or in a workspace that lies elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from shipworthy.errors import InputError
from shipworthy.evidence import DataFacts
from shipworthy.evidence.record import content_hash
from shipworthy.spec.contract import FILE, Contract, contract_text, read_contract
from shipworthy.store import keep_text

if TYPE_CHECKING:
    from shipworthy.workbench.product import Opened


def contract_file(opened: Opened) -> Path:
    """Where the contract lies."""
    return (opened.workspace_path or opened.folder) / FILE


def load_contract(opened: Opened) -> Contract | None:
    """The contract that was kept; None where there is none yet.

    Raises:
        InputError: it cannot be read.
    """
    file = contract_file(opened)
    return read_contract(_text(file), str(file)) if file.is_file() else None


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{file.name} cannot be read: {getattr(error, 'strerror', None) or 'it is not UTF-8'}"
        remedy = "Save it as text in UTF-8, or delete it to have it written anew."
        raise InputError("contract.wrong", message, where=str(file), remedy=remedy) from None


def keep_contract(opened: Opened, contract: Contract) -> None:
    """Write a contract that is not there yet."""
    keep_text(contract_file(opened), contract_text(contract))


def contract_facts(opened: Opened) -> DataFacts:
    """The contract as an input of a record; it is not there before the first audit."""
    file = contract_file(opened)
    text = _text(file) if file.is_file() else ""
    return DataFacts("contract", FILE, content_hash(text), 0)
