from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from ...operations import health
from .. import access

blueprint = Blueprint("health", __name__)


@blueprint.get("/health")
@access.public
def show() -> ResponseReturnValue:
    body, answers = health.report()
    return jsonify(body), 200 if answers else 503
