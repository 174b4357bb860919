"""Has documents read by a process of its own (child.py), which may come to harm over one."""

from pathlib import Path
from typing import Any, NamedTuple

from ... import logs
from ...models import Defect
from ...work.apart import Apart, Ended
from .blocks import Unreadable

log = logs.get(__name__)

SECONDS = 120  # of a processor, for one file
PATIENCE_SECONDS = 180.0  # however busy the machine is
IDLE_SECONDS = 300.0  # then what the process takes of memory is given back
MODULE = "wa_assistant.knowledge.reading.child"

Columns = dict[str, Any]


class Read(NamedTuple):
    """The passages in order, each as the columns of its row; and how many pages were read from
    their pictures."""

    passages: list[Columns]
    recognised: int


def read(kind: str, path: Path) -> Read:
    """What is in a file; raises Unreadable.

    It may take PATIENCE_SECONDS; the files of other threads wait that long.
    """
    return _reader.read(kind, path)


class Reader(Apart):
    """One process for many files, and anew after one that it ended over."""

    def __init__(self) -> None:
        super().__init__(MODULE)

    def read(self, kind: str, path: Path) -> Read:
        request = {"kind": kind, "path": str(path), "seconds": SECONDS}
        try:
            result = self.ask(request, patience=PATIENCE_SECONDS, idle=IDLE_SECONDS)
        except Ended as error:
            raise Unreadable(Defect.TOO_HEAVY if error.starved else Defect.BROKEN) from error
        if "fault" in result:
            log.error("a document could not be read by a fault of ours", stack=result["fault"])
        if "defect" in result:
            raise Unreadable(Defect(result["defect"]))
        return Read(result["pieces"], result["recognised"])


_reader = Reader()
