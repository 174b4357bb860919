"""What the engine does for an import: the step that its state says, to its end."""

from ...database import db
from ...models import Import, ImportState
from ...work import claims
from ...work.claims import Claim
from .apply import apply
from .forget import forget
from .kind import IMPORTS
from .look import look
from .undo import undo

STEPS = {
    ImportState.LOOKING: look,
    ImportState.APPLYING: apply,
    ImportState.UNDOING: undo,
    ImportState.FORGETTING: forget,
}


def take_in(import_id: int) -> None:
    """For the worker. Whoever goes on where another was killed does nothing twice."""
    claim: Claim[Import] | None = claims.take(IMPORTS, import_id)
    if claim is None:
        return
    with claims.working(claim):
        STEPS[_state(import_id)](claim)


def _state(import_id: int) -> ImportState:
    return ImportState(db.session.get_one(Import, import_id).state)
