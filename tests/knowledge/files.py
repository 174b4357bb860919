"""Small documents of every kind, made here and now."""

import io
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from functools import cache

from docx import Document

from .lock import lock

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)  # what an older Word's files begin with
PICTURE = (
    b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray"
    b" /BitsPerComponent 8 /Length 1 >>\nstream\n\xcc\nendstream"
)


def pdf(
    pages: Sequence[Iterable[str]],
    *,
    password: bytes | None = None,
    contents: Sequence[tuple[str, int]] = (),
    scanned: bool = False,
) -> bytes:
    """Each page is a list of lines, on a picture of its size where it is `scanned`.

    The table of contents is titles with the number of their page, from 0. With a `password` it is
    encrypted; with an empty one nobody is asked for it.
    """
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    )
    objects.append(PICTURE)
    kids = []
    picture = b"q 595 0 0 842 0 0 cm /I1 Do Q " if scanned else b""
    for lines in pages:
        shown = b"".join(
            b"(%s) Tj 0 -14 Td " % line.encode("cp1252").translate(None, b"()\\") for line in lines
        )
        stream = zlib.compress(picture + b"BT /F1 11 Tf 50 780 Td " + shown + b"ET")
        objects.append(
            b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream)
        )
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> /XObject << /I1 4 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    if contents:
        objects[0] = b"<< /Type /Catalog /Pages 2 0 R /Outlines %d 0 R >>" % (len(objects) + 1)
        objects += _outline(contents, kids, len(objects) + 1)
    return assembled(objects, b"") if password is None else assembled(*lock(objects, password))


def picture(grey: bytes, width: int, height: int) -> bytes:
    """A PDF of one page that is nothing but a picture, one byte a dot."""
    packed = zlib.compress(grey)
    image = (
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray"
        b" /BitsPerComponent 8 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream"
        % (width, height, len(packed), packed)
    )
    shown = b"q 595 0 0 842 0 0 cm /I1 Do Q"
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R"
        b" /Resources << /XObject << /I1 4 0 R >> >> >>"
    )
    stream = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown)
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return assembled([b"<< /Type /Catalog /Pages 2 0 R >>", pages, page, image, stream])


def _outline(contents: Sequence[tuple[str, int]], kids: list[bytes], at: int) -> list[bytes]:
    """The table of contents as objects, the first of which is number `at`."""
    last = at + len(contents)
    objects = [b"<< /Type /Outlines /First %d 0 R /Last %d 0 R >>" % (at + 1, last)]
    for number, (title, page) in enumerate(contents, start=at + 1):
        after = b"/Next %d 0 R" % (number + 1) if number < last else b""
        objects.append(
            b"<< /Title (%s) /Parent %d 0 R %s /Dest [%s /Fit] >>"
            % (title.encode("cp1252"), at, after, kids[page])
        )
    return objects


def assembled(objects: list[bytes], extra: bytes = b"") -> bytes:
    out, offsets = io.BytesIO(b"%PDF-1.4\n"), []
    out.seek(0, io.SEEK_END)
    for number, each in enumerate(objects, start=1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, each))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % offset for offset in offsets))
    out.write(
        b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, extra, start)
    )
    return out.getvalue()


def docx(parts: Iterable[tuple[str, str]]) -> bytes:
    """Parts are (style, words): "Heading 1", "Normal" ... or "table" with cells between bars."""
    document = Document()
    for style, words in parts:
        if style == "table":
            cells = words.split("|")
            table = document.add_table(rows=1, cols=len(cells))
            for cell, text in zip(table.rows[0].cells, cells, strict=True):
                cell.text = text
        else:
            document.add_paragraph(words, style=style)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def zipped(names: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in names.items():
            archive.writestr(name, content)
    return file.getvalue()


@cache
def bomb(size: int = 60 * 1024 * 1024) -> bytes:
    """A document of some kilobytes that would be `size` bytes when unpacked."""
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b" " * size})
