"""Whether anything is lost, for programs that may ask nothing but the API."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from .. import access
from ..operations import health

blueprint = Blueprint("api_health", __name__, url_prefix="/api")


@blueprint.get("/health")
@access.public
def show() -> ResponseReturnValue:
    """What /health answers."""
    return health.show()
