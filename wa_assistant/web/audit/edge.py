"""What the audit is told at the edge: from which address a request comes, and that somebody has
opened a conversation, by whichever route shows one. No verb of the domain has to know either."""

from flask import Blueprint, Response, request
from flask_login import current_user

from ... import audit
from ...accounts.authority import Act
from ...audit import openings
from .. import access
from ..visitor import address

blueprint = Blueprint("edge", __name__)

SHOWN = (200, 206, 304)


@blueprint.before_app_request
def _come() -> None:
    audit.acting_from(address())


@blueprint.teardown_app_request
def _gone(error: BaseException | None) -> None:
    audit.acting_from("")


@blueprint.after_app_request
def _opened(response: Response) -> Response:
    participant_id = (request.view_args or {}).get("participant_id")
    is_reading = access.of(request.endpoint) is Act.READ_CONVERSATIONS
    if participant_id and is_reading and response.status_code in SHOWN:
        openings.opened(current_user, participant_id)
    return response
