"""The process in which documents are read: `python -m wa_assistant.knowledge.reading.child`.

Whatever a file does to a library, it does here: this process has little memory, little time, no
secrets and no database. A request is a line of JSON for a file, its result a line too; the process
ends when its standard input does.
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
from . import formats
from .blocks import Unreadable
from .split import MOST_PASSAGES, Piece, split

MEMORY = 1536 * 1024 * 1024  # bytes of address space


def main() -> None:
    # What a library prints is no result.
    results = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _serve(sys.stdin.buffer, results)


def _serve(requests: BinaryIO, results: BinaryIO) -> None:
    for line in requests:
        request = json.loads(line)
        _allow(request["seconds"])
        results.write(json.dumps(_read(request["kind"], request["path"])).encode() + b"\n")
        results.flush()


def _allow(seconds: int) -> None:
    """Let this process use so much more of a processor; beyond that the kernel ends it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def _read(kind: str, path: str) -> dict[str, Any]:
    try:
        content = Path(path).read_bytes()
        return {"pieces": [_laid_out(each) for each in _pieces(kind, content)]}
    except Unreadable as error:
        return {"defect": error.defect}
    except FileNotFoundError:
        return {"defect": Defect.FILE_GONE}
    except (MemoryError, RecursionError):
        return {"defect": Defect.TOO_HEAVY}
    except Exception as error:  # noqa: BLE001 - reader.py logs it
        return {"defect": Defect.OUR_FAULT, "fault": outline(error)}


def _pieces(kind: str, content: bytes) -> list[Piece]:
    pieces = list(islice(split(formats.read(DocumentKind(kind), content)), MOST_PASSAGES + 1))
    if len(pieces) > MOST_PASSAGES:
        raise Unreadable(Defect.TOO_MANY_PASSAGES)
    if not pieces:
        raise Unreadable(Defect.NO_TEXT)
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
