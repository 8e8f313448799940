"""Bytes of a feed as text that a parser of XML can read, whatever encoding was claimed.

Bytes that are valid UTF-8 are UTF-8: other encodings seldom make such bytes by accident. Otherwise
what the document declares is tried, and what is left is read line by line, each as UTF-8 or as
Windows-1252, so that one old line does not spoil the others.
"""

from __future__ import annotations

import codecs
import html
import re
import zlib

from spreekruimte.ophef.encodings import decode_line
from spreekruimte.ophef.feeds.problems import FeedError

# Names in which a program could write a feed. Others of Python are no encodings of text, or slow.
_KNOWN = re.compile(r"cp125\d|iso8859-\d+|koi8-[ru]|mac-roman|utf-(?:16|32)(?:-[lb]e)?|gb\w+|big5")
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,400}\?>")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    # Without a mark: XML begins with this sign.
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
# XML has no way to write these.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_A_CHARACTER = re.compile(r"&#(?:x([0-9A-Fa-f]{1,8})|([0-9]{1,9}));")
# Signs of HTML that XML does not know, and a lone ampersand; not where everything is literal.
_AMPERSAND = re.compile(
    r"(<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z))"
    r"|&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,9}|#x[0-9A-Fa-f]{1,8});)(?:([A-Za-z][A-Za-z0-9]{1,31};))?",
    re.DOTALL,
)
_GZIP = b"\x1f\x8b"


def unpack(content: bytes, *, most_bytes: int) -> bytes:
    """Unpack what a server keeps as a gzip file; leave anything else as it is.

    Raises
    ------
    FeedError
        If it is broken, or larger than this.
    """
    if not content.startswith(_GZIP):
        return content
    unpacking = zlib.decompressobj(wbits=31)
    try:
        unpacked = unpacking.decompress(content, most_bytes + 1)
    except zlib.error as error:
        raise FeedError("not_a_feed", f"it is packed and cannot be unpacked: {error}") from error
    if len(unpacked) > most_bytes:
        raise FeedError("large", f"unpacked it is larger than {most_bytes} bytes")
    return unpacked


def decode(content: bytes) -> str:
    """Give the text of a feed, without a declaration and without what XML cannot hold."""
    text = _decode(content)
    text = _DECLARATION.sub("", text, count=1)
    text = _FORBIDDEN.sub("\ufffd", text)
    text = _NOT_A_CHARACTER.sub(_keep_character, text)
    return _AMPERSAND.sub(_write_out, text)


def _decode(content: bytes) -> str:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            skipped = 0 if b"<" in mark else len(mark)
            return content[skipped:].decode(encoding, errors="replace")
    for encoding in ("utf-8", _declared(content)):
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return "".join(map(decode_line, content.splitlines(keepends=True)))


def _declared(content: bytes) -> str:
    """Give the encoding that a document declares, if it is one of those that are read."""
    found = _DECLARED.match(content.lstrip()[:400])
    if found is None:
        return "utf-8"
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
    except LookupError:
        return "utf-8"
    # What calls itself Latin 1 is mostly of Windows, which has more signs.
    name = "cp1252" if name == "iso8859-1" else name
    return name if _KNOWN.fullmatch(name) else "utf-8"


def _keep_character(found: re.Match[str]) -> str:
    number = int(found[1], 16) if found[1] else int(found[2])
    is_character = (
        number in (0x9, 0xA, 0xD)
        or 0x20 <= number < 0xD800
        or 0xE000 <= number < 0xFFFE
        or 0x10000 <= number < 0x110000
    )
    return found[0] if is_character else "\ufffd"


def _write_out(found: re.Match[str]) -> str:
    literal, name = found[1], found[2]
    if literal is not None:
        return literal
    if name is None:
        return "&amp;"
    sign = html.unescape(f"&{name}")
    return f"&amp;{name}" if sign.startswith("&") else html.escape(sign)
