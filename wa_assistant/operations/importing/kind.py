"""Imports as work that is left to do, and how each of its short writing units is measured out."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from ... import live
from ...database import transaction
from ...models import FileProblem, Import, ImportState
from ...work import claims, policies
from ...work.claims import Claim, Kind

PAGE = "import"
# Of a writing unit, during which nobody else writes to SQLite.
SECONDS = 0.02
FEW, MOST = 3, 200  # lines
# Between two: a lock of threads knows no order, and who waits for it would wait for several units.
BREATH_SECONDS = 0.005
TOLD_SECONDS = 1.0
# What a person may begin anew after it failed by a fault of ours, from where it stood.
STOPPED = {
    ImportState.LOOKING: ImportState.FAILED,
    ImportState.APPLYING: ImportState.SHOWN,
    ImportState.UNDOING: ImportState.APPLIED,
    ImportState.FORGETTING: ImportState.FAILED,
}
GOES_ON = {stopped: state for state, stopped in reversed(STOPPED.items())}


def _buried(found: Import) -> None:
    found.state, found.problem = STOPPED[ImportState(found.state)], FileProblem.OUR_FAULT
    live.changed(PAGE)


def _revived(found: Import) -> None:
    if found.problem == FileProblem.OUR_FAULT:
        found.state, found.problem = GOES_ON[ImportState(found.state)], None
    live.changed(PAGE)


IMPORTS = Kind(
    policies.IMPORT,
    Import,
    left=(Import.state.in_(list(STOPPED)),),
    named=Import.id,
    since=Import.created_at,
    buried=_buried,
    revived=_revived,
)


class Pace:
    """How many lines make a writing unit of SECONDS, by what the ones before took; and whether the
    pages that show it are to be told."""

    def __init__(self) -> None:
        self.lines = FEW
        self._told = 0.0

    @contextmanager
    def unit(self, claim: Claim[Import]) -> Iterator[Import]:
        """A writing unit, in which the import is ours. Raises claims.Lost."""
        with transaction():
            begun = time.monotonic()
            yield claims.own(claim)
            if begun - self._told > TOLD_SECONDS:
                self._told = begun
                live.changed(PAGE)
        took = max(time.monotonic() - begun, 0.001)
        time.sleep(BREATH_SECONDS)
        self.lines = max(FEW, min(MOST, int(self.lines * min(2.0, SECONDS / took))))


def ended(found: Import, state: ImportState) -> None:
    """In the writing unit that ends it."""
    found.state = state
    claims.finish(found)
    live.changed(PAGE, "conversations", "participants")
