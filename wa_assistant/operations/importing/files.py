"""Uploaded files: in DATA_DIR/imports, each under a name that is drawn by chance, for a week.

What a file is, its first bytes say, whatever its name ends in.
"""

import os
import zipfile
from pathlib import Path
from secrets import token_hex
from typing import IO

from flask import current_app

from ...models import FileProblem

MOST_BYTES = 32 * 1024 * 1024
MOST_UNPACKED = 512 * 1024 * 1024
PART = 256 * 1024
CSV, XLSX = "csv", "xlsx"
# How a file of CSV may be written, where an owner says it instead of what was found.
ENCODINGS = ("utf-8-sig", "cp1252", "mac_roman", "cp850", "utf-16")
DELIMITERS = ";,\t|"

BEGINNINGS = (
    (b"%PDF", FileProblem.PDF),
    (b"\xd0\xcf\x11\xe0", FileProblem.OLD_EXCEL),
    (b"\x09\x08\x10\x00", FileProblem.OLD_EXCEL),
    (b"\x89PNG", FileProblem.PICTURE),
    (b"\xff\xd8\xff", FileProblem.PICTURE),
    (b"GIF8", FileProblem.PICTURE),
    (b"{\\rtf", FileProblem.WORD),
    (b"Rar!", FileProblem.ARCHIVE),
    (b"7z\xbc\xaf", FileProblem.ARCHIVE),
    (b"\x1f\x8b", FileProblem.ARCHIVE),
)
WEB_PAGE = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<meta")
WIDE = (b"\xff\xfe", b"\xfe\xff")  # UTF-16, which Excel calls Unicode text


class WrongFileError(Exception):
    """It cannot be imported, as `problem` says."""

    def __init__(self, problem: FileProblem) -> None:
        super().__init__(problem)
        self.problem = problem


def folder() -> Path:
    """Where the files are; it is made where it is missing, for the owner of the process alone."""
    found: Path = current_app.config["DATA_DIR"] / "imports"
    found.mkdir(mode=0o700, exist_ok=True)
    return found


def path(file: str) -> Path:
    return folder() / file


def keep(stream: IO[bytes]) -> tuple[str, int]:
    """Write it to the disk, a part at a time; its drawn name and its bytes. Raises WrongFileError
    for one that is too large, of which nothing is kept, and OSError."""
    file, size = token_hex(16), 0
    descriptor = os.open(path(file), os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as opened:
            while part := stream.read(PART):
                size += opened.write(part)
                _check(size)
            opened.flush()
            os.fsync(opened.fileno())
    except BaseException:
        remove(file)
        raise
    return file, size


def _check(size: int) -> None:
    if size > MOST_BYTES:
        raise WrongFileError(FileProblem.TOO_LARGE)


def remove(file: str) -> None:
    """One that is gone already is no error."""
    path(file).unlink(missing_ok=True)


def kind_of(file: str) -> str:
    """CSV or XLSX, by what it holds. Raises WrongFileError."""
    with path(file).open("rb") as opened:
        head = opened.read(4096)
    if not head.strip(b"\x00\t\r\n ") or head in (b"\xef\xbb\xbf", *WIDE):
        raise WrongFileError(FileProblem.EMPTY)
    for beginning, problem in BEGINNINGS:
        if head.startswith(beginning):
            raise WrongFileError(problem)
    if head.startswith(b"PK"):
        return _packed(path(file))
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(WEB_PAGE):
        raise WrongFileError(FileProblem.WEB_PAGE)
    # UTF-16 without its mark has a zero in every other place, and nothing else that is no text.
    controls = sum(byte < 9 or 13 < byte < 32 for byte in head if byte)
    if controls > 2 or (b"\0\0" in head and not head.startswith(WIDE)):
        raise WrongFileError(FileProblem.NO_TABLE)
    return CSV


def _packed(where: Path) -> str:
    try:
        with zipfile.ZipFile(where) as package:
            members = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise WrongFileError(FileProblem.DAMAGED) from error
    names = {each.filename for each in members}
    if "xl/workbook.xml" not in names:
        raise WrongFileError(_other(names))
    if sum(each.file_size for each in members) > MOST_UNPACKED:
        raise WrongFileError(FileProblem.BOMB)
    return XLSX


def _other(names: set[str]) -> FileProblem:
    if "word/document.xml" in names:
        return FileProblem.WORD
    return FileProblem.OPEN_DOCUMENT if "content.xml" in names else FileProblem.ARCHIVE
