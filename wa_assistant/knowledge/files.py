"""The uploaded files: in DATA_DIR/knowledge, each under a name that is drawn by chance.

Nothing of the name that somebody gave a file is part of a path.
"""

import os
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from secrets import token_hex

from flask import current_app

from ..models import characters

LONGEST_NAME = 200  # characters


def folder() -> Path:
    """Where the files are; it is made where it is missing, for the owner of the process alone."""
    found: Path = current_app.config["DATA_DIR"] / "knowledge"
    found.mkdir(mode=0o700, exist_ok=True)
    return found


def path(file: str) -> Path:
    """Where a file is; `file` is a name that `keep` drew."""
    return folder() / file


def keep(content: bytes) -> str:
    """Write `content` to the disk, and see that it is there; gives the name that was drawn for it.

    Raises OSError.
    """
    file = token_hex(16)
    descriptor = os.open(path(file), os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    return file


def remove(files: Iterable[str]) -> None:
    """Delete these files; one that is gone already is no error."""
    for file in files:
        path(file).unlink(missing_ok=True)


def shown_name(given: str) -> str:
    """The name that a file is listed under, made of the one that was given.

    It has no path, no character that cannot be seen, and one way to write each accent. It has
    LONGEST_NAME characters at most: a longer one is cut before its ending. It is "" where nothing
    is left.
    """
    sound = given.encode("utf-8", "replace").decode()  # a shell may give bytes that are no text
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", sound))[-1]
    name = characters.seen_in_a_line(last).strip(". ")
    stem, dot, ending = name.rpartition(".")
    if len(name) <= LONGEST_NAME or not stem or len(ending) > 10:
        return name[:LONGEST_NAME]
    return stem[: LONGEST_NAME - len(ending) - 1].rstrip() + dot + ending
