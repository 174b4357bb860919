"""PDFs whose words lie where a test puts them: tables, columns, headings, forms, notes."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from .files import assembled

WIDTH, HEIGHT = 595, 842
FONTS = (
    b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
)


@dataclass
class Sheet:
    """One page; places are points from the left and from the top."""

    drawn: list[bytes] = field(default_factory=list)
    annotations: list[bytes] = field(default_factory=list)
    turned: int = 0

    def write(
        self, left: float, top: float, text: str, size: float = 11, *, bold: bool = False
    ) -> "Sheet":
        shown = text.encode("cp1252").replace(b"\\", rb"\\").replace(b"(", rb"\(")
        self.drawn.append(
            b"BT /F%d %.2f Tf %.2f %.2f Td (%s) Tj ET"
            % (1 + bold, size, left, HEIGHT - top, shown.replace(b")", rb"\)"))
        )
        return self

    def lines(self, left: float, top: float, *texts: str, step: float = 14) -> "Sheet":
        for number, text in enumerate(texts):
            self.write(left, top + number * step, text)
        return self

    def table(
        self, columns: Sequence[float], top: float, *rows: Sequence[str], step: float = 18
    ) -> "Sheet":
        """Row by row; a cell's lines stand below each other, and "" is an empty one."""
        for cells in rows:
            deepest = 1
            for left, cell in zip(columns, cells, strict=False):
                if cell:
                    parts = cell.split("\n")
                    self.lines(left, top, *parts, step=12)
                    deepest = max(deepest, len(parts))
            top += step + (deepest - 1) * 12
        return self

    def rule(self, left: float, top: float, right: float, bottom: float) -> "Sheet":
        self.drawn.append(
            b"0.5 w %.2f %.2f m %.2f %.2f l S" % (left, HEIGHT - top, right, HEIGHT - bottom)
        )
        return self

    def annotate(
        self, left: float, top: float, right: float, bottom: float, entries: str
    ) -> "Sheet":
        """A note or a field of a form, with what its dictionary says beside its place."""
        box = b"%.2f %.2f %.2f %.2f" % (left, HEIGHT - bottom, right, HEIGHT - top)
        self.annotations.append(
            b"<< /Type /Annot /Rect [%s] %s >>" % (box, entries.encode("cp1252"))
        )
        return self


def pdf(*sheets: Sheet, says: int = 0) -> bytes:
    """`says`: so many places before it in the alphabet stands what each letter is said to be."""
    objects: list[bytes] = [b"", b"", *FONTS]
    pages, fields = [], []
    for sheet in sheets:
        stream = b"\n".join(sheet.drawn)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        content = len(objects)
        objects += sheet.annotations
        numbers = [b"%d 0 R" % (content + place) for place in range(1, len(sheet.annotations) + 1)]
        fields += [
            number
            for number, each in zip(numbers, sheet.annotations, strict=True)
            if b"/Widget" in each
        ]
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R /Rotate %d"
            b" /Annots [%s] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>"
            % (WIDTH, HEIGHT, content, sheet.turned, b" ".join(numbers))
        )
        pages.append(b"%d 0 R" % len(objects))
    if says:
        told = b"begincmap 1 begincodespacerange <20> <FF> endcodespacerange"
        told += b" 1 beginbfrange <20> <FF> <%04X> endbfrange endcmap" % (0x20 - says)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(told), told))
        font = b" /ToUnicode %d 0 R >>" % len(objects)
        objects[2:4] = (each.removesuffix(b" >>") + font for each in FONTS)
    form = b"/AcroForm << /Fields [%s] >>" % b" ".join(fields) if fields else b""
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R %s >>" % form
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(pages), len(pages))
    return assembled(objects)
