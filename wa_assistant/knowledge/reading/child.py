"""A process of its own in which documents are read: `python -m wa_assistant.knowledge.reading`.

Whatever a file does to a library, it does here: this process has little memory, little time, no
secrets and no database. A line of JSON comes in for each file, and a line goes out; it ends when
nobody asks any more.
"""

import json
import os
import resource
import sys
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from ...models import Defect, DocumentKind
from ...work.faults import outline
from . import kinds
from .split import MOST_PASSAGES, Piece, split

MEMORY = 1536 * 1024 * 1024  # bytes of addresses


def main() -> None:
    # What a library prints is no answer.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _answer(sys.stdin.buffer, answers)


def _answer(questions: BinaryIO, answers: BinaryIO) -> None:
    for line in questions:
        asked = json.loads(line)
        _allow(asked["seconds"])
        answers.write(json.dumps(_read(asked["kind"], asked["path"])).encode() + b"\n")
        answers.flush()


def _allow(seconds: int) -> None:
    """From now on so much of a processor; then the kernel ends it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def _read(kind: str, path: str) -> dict[str, Any]:
    try:
        content = Path(path).read_bytes()
        return {"pieces": [_laid_out(each) for each in _pieces(kind, content)]}
    except kinds.Unreadable as error:
        return {"defect": error.defect}
    except FileNotFoundError:
        return {"defect": Defect.FILE_GONE}
    except (MemoryError, RecursionError):
        return {"defect": Defect.TOO_HEAVY}
    except Exception as error:  # noqa: BLE001 - whoever asked writes it down
        return {"defect": Defect.OUR_FAULT, "fault": outline(error)}


def _pieces(kind: str, content: bytes) -> list[Piece]:
    pieces = list(islice(split(kinds.read(DocumentKind(kind), content)), MOST_PASSAGES + 1))
    if len(pieces) > MOST_PASSAGES:
        raise kinds.Unreadable(Defect.TOO_MANY_PASSAGES)
    if not pieces:
        raise kinds.Unreadable(Defect.NO_TEXT)
    return pieces


def _laid_out(piece: Piece) -> dict[str, Any]:
    """The columns of a passage."""
    return {
        "heading": piece.heading,
        "place": piece.place,
        "text": piece.text,
        "tokens": piece.tokens,
    }


if __name__ == "__main__":
    main()
