"""In which encoding a file of CSV is written, and what stands between its cells."""

import codecs
import csv
import io
from collections import Counter
from pathlib import Path

from charset_normalizer import from_bytes

from ...models import FileProblem
from .files import DELIMITERS, WrongFileError

PART = 1024 * 1024
SAMPLE = 64 * 1024  # bytes
LIKELY = ["cp1252", "mac_roman", "cp850"]
WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def encoding_of(where: Path) -> str:
    """UTF-8 where all of it is that; else what its letters fit best. Raises WrongFileError."""
    with where.open("rb") as opened:
        sample = opened.read(SAMPLE)
    if sample.startswith(WIDE):
        return "utf-16"
    if b"\0" in sample:
        return _unmarked(sample)
    if _is_utf_8(where):
        return "utf-8-sig"
    best = from_bytes(sample, cp_isolation=LIKELY).best()
    return best.encoding if best and best.encoding in LIKELY else "cp1252"


def _unmarked(sample: bytes) -> str:
    """UTF-16 whose mark was left out: every other byte of most letters is nothing."""
    first, second = (sample[at::2].count(0) for at in (0, 1))
    if max(first, second) < len(sample) / 4:
        raise WrongFileError(FileProblem.NO_TABLE)
    return "utf-16-le" if second > first else "utf-16-be"


def _is_utf_8(where: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with where.open("rb") as opened:
            while part := opened.read(PART):
                decoder.decode(part)
            # A file that was cut off in the midst of a letter is still what it is.
    except UnicodeDecodeError:
        return False
    return True


def delimiter_of(where: Path, encoding: str) -> str:
    """What cuts most rows into the same number of cells."""
    with where.open(encoding=encoding, errors="replace", newline="") as opened:
        sample = opened.read(SAMPLE)
    said = sample[:6].lower()
    if said.startswith("sep=") and said[4:5] in DELIMITERS:
        return said[4]
    whole = sample if len(sample) < SAMPLE else sample.rpartition("\n")[0] or sample
    return max(DELIMITERS, key=lambda each: _fits(whole, each))


def _fits(sample: str, delimiter: str) -> tuple[int, int]:
    """In how many rows it makes as many cells as in most, and how many."""
    try:
        rows = [row for row in csv.reader(io.StringIO(sample), delimiter=delimiter) if row]
    except csv.Error:
        return 0, 0
    widths = Counter(len(row) for row in rows if len(row) > 1)
    width, number = max(widths.items(), key=lambda pair: pair[1], default=(0, 0))
    return number, width
