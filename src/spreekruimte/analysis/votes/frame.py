"""A compressed file, unpacked a little at a time."""

from __future__ import annotations

import hashlib

import zstandard

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.votes.lines import ByteSource

_CHUNK = 2**16
_PIECE = 2**8
"""Bytes unpacked at once; four can stand for 128 KiB, so these for 8 MiB at most."""


class Frame:
    """The content of a file that is one zstandard frame and nothing else.

    Parameters
    ----------
    source
        The open file.
    """

    def __init__(self, source: ByteSource) -> None:
        self._source = source
        self._unpacker = zstandard.ZstdDecompressor(max_window_size=2**27).decompressobj()
        self._packed = b""
        self._buffer = bytearray()
        self._digest = hashlib.sha256()
        self._in_first_line = True

    @property
    def digest_after_first_line(self) -> str:
        """SHA-256, in hexadecimal, of what was read so far without its first line."""
        return self._digest.hexdigest()

    def read(self, size: int) -> bytes:
        """Read at most `size` bytes; none are left where it gives none.

        Raises
        ------
        InputError
            The file is no zstandard frame, is damaged, was cut off or goes on behind it.
        """
        while len(self._buffer) < size and not self._unpacker.eof:
            self._unpack()
        data = bytes(self._buffer[:size])
        del self._buffer[:size]
        self._note(data)
        return data

    def _unpack(self) -> None:
        if not self._packed:
            self._packed = self._source.read(_CHUNK)
        if not self._packed:
            raise InputError("This file was cut off: its end is missing.", path=self._source.path)
        piece, self._packed = self._packed[:_PIECE], self._packed[_PIECE:]
        try:
            self._buffer += self._unpacker.decompress(piece)
        except zstandard.ZstdError as error:
            raise InputError(
                "This is not a file compressed with zstandard, or it is damaged.",
                path=self._source.path,
            ) from error
        if self._unpacker.eof:
            self._require_end()

    def _require_end(self) -> None:
        if self._unpacker.unused_data or self._packed or self._source.read(1):
            raise InputError(
                "Something follows the end of the compressed content.", path=self._source.path
            )

    def _note(self, data: bytes) -> None:
        if self._in_first_line:
            end = data.find(b"\n")
            if end < 0:
                return
            self._in_first_line = False
            data = data[end + 1 :]
        self._digest.update(data)
