"""What each role may do, as the table has it."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from ...accounts import authority
from ...accounts.authority import Act
from ...models import Role
from .. import access

blueprint = Blueprint("roles", __name__, url_prefix="/team/roles")

# Of a role: who has it, and what stands before the acts that it adds.
WORDS = {
    Role.VIEWER: (_l("Viewers"), _l("They may:")),
    Role.EDITOR: (_l("Editors"), _l("They may do all that viewers may, and also:")),
    Role.OWNER: (_l("Owners"), _l("They may do all that editors may, and also:")),
}


@blueprint.get("")
@access.may(Act.SEE_DASHBOARD)
def show() -> ResponseReturnValue:
    roles = [(role, *WORDS[role], authority.added_by(role)) for role in Role]
    return render_template("team/roles.html", roles=roles)
