"""The archive that a Word document is: checked before it is unpacked, and opened."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.opc.part import Part
from docx.oxml import parse_xml
from lxml.etree import LxmlError

from ...models import Defect
from .blocks import Unreadable

OLE = b"\xd0\xcf\x11\xe0"  # an older Word's document, or what wraps one that has a password
LOCKED = "EncryptedPackage".encode("utf-16-le")  # the name of what lies in that
MOST_UNPACKED = 100 * 1024 * 1024  # bytes of all its parts
MOST_XML = 40 * 1024 * 1024  # of those that are parsed, which takes ten times as much memory
MOST_PARTS = 5_000
# Strict Open XML has the same elements under other names of their kind, which the library lacks.
STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/"
XML = (".xml", ".rels")
TROUBLES = (
    *(OpcError, LxmlError, zipfile.BadZipFile, zlib.error, NotImplementedError),
    *(KeyError, ValueError, AttributeError, RuntimeError, EOFError, IndexError, TypeError),
)

Element = Any  # lxml has no types


def opened(content: bytes) -> Document:
    """Raises Unreadable, or one of TROUBLES for what is damaged."""
    _check(content)
    return docx.Document(io.BytesIO(_transitional(content)))


def parts(document: Document, kind: str) -> Iterator[Part]:
    """The parts of its main part's of a kind: "footnotes", "header" ..."""
    for each in document.part.rels.values():
        if not each.is_external and each.reltype.rpartition("/")[2] == kind:
            yield each.target_part


def root(part: Part) -> Element:
    """Of a part that may or may not have been parsed by the library."""
    parsed = getattr(part, "element", None)
    if parsed is not None:
        return parsed
    return parse_xml(part.blob)


def _check(content: bytes) -> None:
    """Look at the archive's list before anything is unpacked."""
    if content.startswith(OLE):
        raise Unreadable(Defect.ENCRYPTED if LOCKED in content else Defect.BROKEN)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            listed = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Unreadable(Defect.BROKEN) from error
    xml = sum(part.file_size for part in listed if part.filename.endswith(XML))
    unpacked = sum(part.file_size for part in listed)
    if len(listed) > MOST_PARTS or unpacked > MOST_UNPACKED or xml > MOST_XML:
        raise Unreadable(Defect.BOMB)
    if any(part.flag_bits & 1 for part in listed):
        raise Unreadable(Defect.ENCRYPTED)


def _transitional(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if not STRICT.search(archive.read("_rels/.rels")):
            return content
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as written:
            for each in archive.infolist():
                part = archive.read(each)
                is_xml = each.filename.endswith(XML)
                written.writestr(each, STRICT.sub(TRANSITIONAL, part) if is_xml else part)
        return out.getvalue()
