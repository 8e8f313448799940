import hashlib
import io
import resource
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from spreekruimte.analysis.errors import InputError
from spreekruimte.analysis.votes.frame import Frame
from spreekruimte.analysis.votes.lines import ByteSource, ignore_progress

HERE = Path("here.zst")


def unpack(packed: bytes, size: int = 1000) -> tuple[bytes, str]:
    frame = Frame(ByteSource(io.BytesIO(packed), HERE, ignore_progress, None))
    parts = list(iter(lambda: frame.read(size), b""))
    assert all(len(part) <= size for part in parts)
    return b"".join(parts), frame.digest_after_first_line


@given(st.lists(st.binary(max_size=400), max_size=5), st.integers(1, 2000))
def test_content_is_unpacked_and_digested_after_its_first_line(
    lines: list[bytes], size: int
) -> None:
    content = b"\n".join(lines)
    _, _, rest = content.partition(b"\n")
    expected = (content, hashlib.sha256(rest).hexdigest())
    assert unpack(zstandard.compress(content), size) == expected


def test_large_content_is_unpacked() -> None:
    content = b"".join(str(number).encode() for number in range(200_000))
    assert unpack(zstandard.compress(content), 2**18)[0] == content


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.99, 0.9999])
def test_a_file_cut_off_is_refused(share: float) -> None:
    packed = zstandard.compress(b"".join(str(number).encode() for number in range(200_000)))
    with pytest.raises(InputError, match="cut off: its end is missing"):
        unpack(packed[: int(len(packed) * share)])


def test_another_file_is_refused() -> None:
    with pytest.raises(InputError, match="not a file compressed with zstandard"):
        unpack(b'{"format":"spreekruimte-replay"}\n')


def test_a_damaged_file_is_refused() -> None:
    compressor = zstandard.ZstdCompressor(write_checksum=True)
    packed = bytearray(compressor.compress(bytes(range(256)) * 4))
    packed[-1] ^= 1
    with pytest.raises(InputError, match="or it is damaged"):
        unpack(bytes(packed))


@pytest.mark.parametrize("behind", [b"x", zstandard.compress(b"more")])
@pytest.mark.parametrize("padding", [0, 2**16])
def test_what_follows_the_content_is_refused(behind: bytes, padding: int) -> None:
    packed = zstandard.compress(bytes(range(256)))
    with pytest.raises(InputError, match="Something follows"):
        unpack(packed + behind + b"x" * padding)


def test_what_follows_the_content_in_a_later_chunk_is_refused() -> None:
    stored = store(2**16)
    assert unpack(stored, 2**20)[0].strip(b"y") == b""
    with pytest.raises(InputError, match="Something follows"):
        unpack(stored + b"x", 2**20)


def store(size: int) -> bytes:
    """Make a frame of exactly this size, of one block that is not compressed."""
    header = b"\x28\xb5\x2f\xfd" + bytes([0x00, 0x58])
    length = size - len(header) - 3
    return header + ((length << 3) | 1).to_bytes(3, "little") + b"y" * length


def test_a_little_file_that_unpacks_to_gigabytes_is_not_unpacked_at_once() -> None:
    packed = zstandard.compress(bytes(2**30))
    assert len(packed) < 2**17
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    frame = Frame(ByteSource(io.BytesIO(packed), HERE, ignore_progress, None))
    for _ in range(100):
        assert frame.read(2**18) == bytes(2**18)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 64 * 2**10
