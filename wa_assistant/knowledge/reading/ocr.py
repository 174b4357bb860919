"""Text recognition for pages that are pictures, where tesseract is installed on this machine.

It is a program of its own (Debian: tesseract-ocr, tesseract-ocr-por). Its words come with their
places, so that tables and columns of a scan are read like those of any PDF.
"""

import csv
import io
import os
import shutil
import subprocess
import time
from functools import cache

import pypdfium2

from ...models import Defect
from .blocks import Unreadable
from .pdf_words import Word

PROGRAM = "tesseract"
LANGUAGES = ("por", "eng", "spa")
DOTS = 300  # an inch; letters of ten points need about so many
MOST_DOTS = 25_000_000  # of one page
LEAST_SURE = 30  # of a hundred, for a word to be taken
DOCUMENT_SECONDS = 140.0  # below what a document may take (reader.PATIENCE_SECONDS)
LINE, WORD = "4", "5"  # of its levels


class Sight:
    """Reads the pages of one document, in the time that a document has."""

    def __init__(self) -> None:
        self._until = time.monotonic() + DOCUMENT_SECONDS

    def words(self, page: pypdfium2.PdfPage) -> list[Word]:
        """In the order in which one reads. Raises Unreadable where the time is up."""
        width, height = page.get_size()
        scale = min(DOTS / 72, (MOST_DOTS / max(width * height, 1)) ** 0.5)
        bitmap = page.render(scale=scale, grayscale=True)
        try:
            pixels = bitmap.to_numpy()
            head = b"P5 %d %d 255\n" % (pixels.shape[1], pixels.shape[0])
            seen = self._seen(head + pixels.tobytes())
        finally:
            bitmap.close()
        return list(_placed(seen, scale, height))

    def _seen(self, picture: bytes) -> str:
        left = self._until - time.monotonic()
        if left <= 0:
            raise Unreadable(Defect.TOO_HEAVY)
        try:
            done = subprocess.run(  # noqa: S603 - of constants
                [PROGRAM, "stdin", "stdout", "-l", "+".join(languages()), "tsv"],
                input=picture,
                capture_output=True,
                timeout=left,
                check=False,
                # It would start a thread a processor, all of which are needed by others.
                env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            )
        except subprocess.TimeoutExpired as error:
            raise Unreadable(Defect.TOO_HEAVY) from error
        return done.stdout.decode(errors="ignore") if done.returncode == 0 else ""


@cache
def languages() -> tuple[str, ...]:
    """Those of ours that it can read here; none where it is not installed."""
    if not shutil.which(PROGRAM):
        return ()
    listed = subprocess.run(  # noqa: S603 - of constants
        [PROGRAM, "--list-langs"],
        capture_output=True,
        timeout=30,
        check=False,
    )
    there = set(listed.stdout.decode(errors="ignore").split())
    return tuple(each for each in LANGUAGES if each in there)


def _placed(seen: str, scale: float, height: float) -> list[Word]:
    """The words of its table, in points; all of a line are as high as the line."""
    found: list[Word] = []
    bottom = top = 0.0
    for row in csv.DictReader(io.StringIO(seen), delimiter="\t", quoting=csv.QUOTE_NONE):
        level, said = row.get("level"), (row.get("text") or "").strip()
        if level not in (LINE, WORD):
            continue
        left, upper, wide, high = (
            int(row[name]) / scale for name in ("left", "top", "width", "height")
        )
        if level == LINE:
            bottom, top = height - upper - high, height - upper
        elif said and float(row["conf"]) >= LEAST_SURE:
            found.append(Word(said, left, bottom, left + wide, top, order=len(found)))
    return found
