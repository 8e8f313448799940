"""The one call of XML-RPC that is answered here: ``pingback.ping``."""

from __future__ import annotations

from enum import IntEnum
from xml.etree import ElementTree

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from spreekruimte.channels.webmention.receiving import Told

PING = "pingback.ping"


class Fault(IntEnum):
    """What the specification numbers."""

    OTHER = 0
    SOURCE = 0x0010
    TARGET = 0x0021


class NotACallError(ValueError):
    """What was sent is not a call that is answered here."""


def read_ping(content: bytes) -> Told:
    """Read a call.

    Raises
    ------
    NotACallError
        If it is anything else, or XML that could do harm.
    """
    try:
        root = fromstring(content, forbid_dtd=True)
    except (ElementTree.ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise NotACallError from error
    values = root.findall("params/param/value")
    if root.tag != "methodCall" or root.findtext("methodName", "").strip() != PING:
        raise NotACallError
    if len(values) != 2:
        raise NotACallError
    return Told(*(_read(value) for value in values))


def write_answer(sentence: str) -> bytes:
    """Write that a call was taken."""
    root = ElementTree.Element("methodResponse")
    value = ElementTree.SubElement(
        ElementTree.SubElement(ElementTree.SubElement(root, "params"), "param"), "value"
    )
    ElementTree.SubElement(value, "string").text = sentence
    return _write(root)


def write_fault(fault: Fault, sentence: str) -> bytes:
    """Write why a call was not taken."""
    root = ElementTree.Element("methodResponse")
    value = ElementTree.SubElement(ElementTree.SubElement(root, "fault"), "value")
    struct = ElementTree.SubElement(value, "struct")
    told = (("faultCode", "int", str(fault.value)), ("faultString", "string", sentence))
    for name, kind, text in told:
        member = ElementTree.SubElement(struct, "member")
        ElementTree.SubElement(member, "name").text = name
        ElementTree.SubElement(ElementTree.SubElement(member, "value"), kind).text = text
    return _write(root)


def _read(value: ElementTree.Element) -> str:
    # A value without a type is a string.
    text = value.findtext("string") if len(value) else value.text
    if text is None:
        raise NotACallError
    return text.strip()


def _write(root: ElementTree.Element) -> bytes:
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written
