"""A workbook, XLSX, which a process of its own reads (child.py) that may come to harm over it."""

from collections.abc import Iterator
from pathlib import Path

from ... import logs
from ...models import FileProblem
from ...work.apart import Apart, Ended
from .files import WrongFileError
from .rows import Row

log = logs.get(__name__)

MODULE = "wa_assistant.operations.importing.child"
SECONDS = 120  # of a processor: before the first row come all words that several cells share
PATIENCE_SECONDS = 240.0
IDLE_SECONDS = 60.0  # it is started anew where more is asked for


class Book:
    """The process is started with the first row, and lives until it is closed."""

    def __init__(self, where: Path) -> None:
        self._where = where
        self._apart = Apart(MODULE)

    def rows(self) -> Iterator[Row]:
        """From the first on, a part at a time. Raises WrongFileError."""
        after = 0
        while rows := self._part(after):
            yield from rows
            after = rows[-1].number

    def close(self) -> None:
        self._apart.close()

    def _part(self, after: int) -> list[Row]:
        request = {"path": str(self._where), "after": after, "seconds": SECONDS}
        try:
            result = self._apart.ask(request, patience=PATIENCE_SECONDS, idle=IDLE_SECONDS)
        except Ended as error:
            problem = FileProblem.BOMB if error.starved else FileProblem.DAMAGED
            raise WrongFileError(problem) from error
        if "fault" in result:
            log.error("a workbook could not be read by a fault of ours", stack=result["fault"])
        if "problem" in result:
            raise WrongFileError(FileProblem(result["problem"]))
        return [Row(*each) for each in result["rows"]]
