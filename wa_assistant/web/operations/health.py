"""Two questions of whoever watches the product: is anything lost, and is anybody answered."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from ...operations import health
from .. import access

blueprint = Blueprint("health", __name__)


@blueprint.get("/health")
@access.public
def show() -> ResponseReturnValue:
    """200 while webhooks can be kept."""
    found = health.look()
    return jsonify(health.written(found)), 200 if found.now.keeps_webhooks else 503


@blueprint.get("/health/ready")
@access.public
def ready() -> ResponseReturnValue:
    """200 while who writes is answered."""
    found = health.look()
    return jsonify(health.written(found)), 200 if found.answers else 503
