"""Documents as they were uploaded: below DATA_DIR, each under a name that is drawn."""

import os
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from secrets import token_hex

from flask import current_app

LONGEST_NAME = 200  # characters


def folder() -> Path:
    found: Path = current_app.config["DATA_DIR"] / "knowledge"
    found.mkdir(mode=0o700, exist_ok=True)
    return found


def path(file: str) -> Path:
    """Where a file is kept; only names drawn by `keep` are ever given."""
    return folder() / file


def keep(content: bytes) -> str:
    """Put `content` on the disk, for good; gives the name that was drawn for it."""
    file = token_hex(16)
    descriptor = os.open(path(file), os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    return file


def remove(files: Iterable[str]) -> None:
    for file in files:
        path(file).unlink(missing_ok=True)


def shown_name(given: str) -> str:
    """A name to list a file under: no path, nothing unseen, one way to write each accent.

    Where it is too long, it is cut before its ending. Empty where nothing is left.
    """
    sound = given.encode("utf-8", "replace").decode()  # bytes of a shell that are no text
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", sound))[-1]
    # What joins an emoji's parts is not printable either, and is what holds it together.
    seen = "".join(each if each.isprintable() or each == "\u200d" else " " for each in last)
    name = " ".join(seen.split()).strip(". \u200d")
    stem, dot, ending = name.rpartition(".")
    if len(name) <= LONGEST_NAME or not stem or len(ending) > 10:
        return name[:LONGEST_NAME]
    return stem[: LONGEST_NAME - len(ending) - 1].rstrip() + dot + ending
