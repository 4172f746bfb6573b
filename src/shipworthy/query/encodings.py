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

LOOKED_AT = 4096


def foreign_encoding(path: Path) -> str | None:
    """The encoding of a CSV file, other than UTF-8, by its byte order mark or its header; None where they tell none."""
    try:
        with gzip.open(path) if path.name.lower().endswith(".gz") else path.open("rb") as file:
            first = file.read(LOOKED_AT)
    except (OSError, EOFError, zlib.error):  # a damaged file, which its reader tells of
        return None
    marked = next((name for mark, name in MARKS.items() if first.startswith(mark)), None)
    return marked or _unmarked(first)


def _unmarked(first: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: letters, separators and line ends of a header have zero bytes there alone."""
    header = first[: first.find(b"\n") + 2] if b"\n" in first else first
    even, odd = (header[at::2].count(0) for at in (0, 1))
    if even == odd:
        return None
    width = 32 if b"\0\0\0" in header else 16
    return f"UTF-{width}{'LE' if odd > even else 'BE'}"
