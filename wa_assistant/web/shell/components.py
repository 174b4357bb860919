"""The components together on one page, for who builds pages. Registered only in debugging."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from ...models import Role
from .. import access

blueprint = Blueprint("components", __name__)


@blueprint.get("/_components")
@access.needs(Role.VIEWER)
def show() -> ResponseReturnValue:
    return render_template("components/show.html")
