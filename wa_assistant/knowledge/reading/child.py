"""The process in which documents are read: `python -m wa_assistant.knowledge.reading.child`.

Whatever a file does to a library, it does here.
"""

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from ...models import Defect, DocumentKind
from ...outline import outline
from ...work.serving import serve
from . import formats
from .blocks import Block, Unreadable
from .split import MOST_PASSAGES, Piece, split

MEMORY = 1536 * 1024 * 1024  # bytes of address space


def main() -> None:
    serve(lambda request: _read(request["kind"], request["path"]), MEMORY)


def _read(kind: str, path: str) -> dict[str, Any]:
    try:
        content = Path(path).read_bytes()
        blocks = formats.read(DocumentKind(kind), content)
        recognised = len({each.at for each in blocks if each.recognised})
        return {"pieces": list(map(_laid_out, _pieces(blocks))), "recognised": recognised}
    except Unreadable as error:
        return {"defect": error.defect}
    except FileNotFoundError:
        return {"defect": Defect.FILE_GONE}
    except (MemoryError, RecursionError):
        return {"defect": Defect.TOO_HEAVY}
    except Exception as error:  # noqa: BLE001 - reader.py logs it
        return {"defect": Defect.OUR_FAULT, "fault": outline(error)}


def _pieces(blocks: Iterable[Block]) -> list[Piece]:
    pieces = list(islice(split(blocks), MOST_PASSAGES + 1))
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
