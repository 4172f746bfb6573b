"""What the first bytes of a text file say of its encoding."""

from __future__ import annotations

import codecs
import gzip
import zlib
from pathlib import Path

MARKS = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}
"""The byte order marks of encodings that are not read; one of them begins with another, which stands behind it."""


def foreign_encoding(path: Path) -> str | None:
    """The encoding that a byte order mark names, other than UTF-8; None without such a mark."""
    try:
        with gzip.open(path) if path.name.lower().endswith(".gz") else path.open("rb") as file:
            first = file.read(max(map(len, MARKS)))
    except (OSError, EOFError, zlib.error):  # a damaged file, which its reader tells of
        return None
    return next((name for mark, name in MARKS.items() if first.startswith(mark)), None)
