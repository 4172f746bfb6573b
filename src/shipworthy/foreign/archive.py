"""Members of a ZIP archive, also those packed by Zstandard, which `zipfile` reads from Python 3.14 on only."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

ZSTANDARD = 93
"""The number of the method (APPNOTE.TXT of the ZIP format, 4.4.5)."""

_LOCAL_HEADER, _LENGTHS_AT = 30, 26


class Archive:
    """An archive that is held in memory.

    Raises:
        zipfile.BadZipFile: it is none, or its directory is damaged.
    """

    def __init__(self, data: bytes) -> None:
        self._data, self._zip = data, zipfile.ZipFile(io.BytesIO(data))

    def names(self) -> list[str]:
        """The names of its members."""
        return self._zip.namelist()

    def read(self, name: str) -> bytes:
        """One member.

        Raises:
            zipfile.BadZipFile: it is damaged.
            zlib.error: it is damaged.
            NotImplementedError: it is packed in a way that is not known.
        """
        member = self._zip.getinfo(name)
        return self._unpacked(member) if member.compress_type == ZSTANDARD else self._zip.read(member)

    def _unpacked(self, member: zipfile.ZipInfo) -> bytes:
        from pyarrow import decompress

        lengths = struct.unpack_from("<HH", self._data, member.header_offset + _LENGTHS_AT)
        begin = member.header_offset + _LOCAL_HEADER + sum(lengths)
        packed = self._data[begin : begin + member.compress_size]
        try:
            found: bytes = decompress(packed, member.file_size, "zstd", asbytes=True)
        except OSError as error:
            raise zipfile.BadZipFile(str(error)) from None
        if zlib.crc32(found) != member.CRC:
            raise zipfile.BadZipFile("its check sum is another one")
        return found
