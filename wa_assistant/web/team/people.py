"""Who is of the team, for everybody; and each colleague's own page, for owners."""

from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from ...accounts import authority, people, sectors, sign_in, team, users
from ...accounts.authority import Act
from ...conversation import leaving
from ...models import User
from ...notify import email
from ...settings.problem import Refused
from .. import access, respond
from ..access import row_id
from ..shell import sessions
from ..shell.devices import device
from ..shell.labels import ROLES
from .managing import manages

blueprint = Blueprint("people", __name__, url_prefix="/team")


@blueprint.get("")
@access.may(Act.SEE_TEAM)
def index() -> ResponseReturnValue:
    search = request.args.get("q", "").strip()[: people.LONGEST_SEARCH]
    sector_id = request.args.get("sector", type=row_id)
    former = access.allows(Act.MANAGE_TEAM) and "former" in request.args
    after = request.args.get("after", type=people.Place.parse)
    found = people.page(search=search, sector_id=sector_id, former=former, after=after)
    return render_template(
        "team/people.html",
        found=found,
        search=search,
        sector_id=sector_id,
        sectors=sectors.everything(),
        former=former,
        after=after,
    )


@blueprint.get("/<id:user_id>")
@access.may(Act.MANAGE_TEAM)
def show(user_id: int) -> ResponseReturnValue:
    user = load(user_id)
    now = team.held(user)
    return page(user, now, now, {})


@blueprint.post("/<id:user_id>")
@access.may(Act.MANAGE_TEAM)
def save(user_id: int) -> ResponseReturnValue:
    load(user_id)
    given, seen = given_in(request.form), _seen(request.form)
    try:
        with manages():
            changed = team.change(user_id, given, seen, current_user)
    except Refused as refused:
        return respond.refused(_again(load(user_id), given, seen, refused))
    words = _("Saved.") if changed else _("Nothing was changed.")
    if "role" in changed:
        words = _("Saved. The role holds from their next click on.")
    # Who has taken their own role away does not see this page any more.
    still = authority.may(load(current_user.id), Act.MANAGE_TEAM)
    return respond.done(url_for(".show", user_id=user_id) if still else url_for(".index"), words)


@blueprint.get("/<id:user_id>/ways-in")
@access.may(Act.MANAGE_TEAM)
def ways_in(user_id: int) -> ResponseReturnValue:
    """What is told of their e-mails and links, for the page that shows it."""
    return render_template("team/_ways_in.html", **_ways_in(load(user_id)))


def load(user_id: int) -> User:
    return people.of_id(user_id) or abort(404)


def given_in(form: MultiDict[str, str]) -> dict[str, str]:
    return {each: form[each] for each in (*team.FIELDS, "email") if each in form}


def choices() -> dict[str, Any]:
    """What a colleague's sector and role are chosen from."""
    named = [(str(each.id), each.name) for each in sectors.everything()]
    return {"sectors": [("", _("None")), *named], "roles": list(ROLES.items())}


def page(
    user: User, values: dict[str, str], marks: dict[str, str], problems: dict[str, Any]
) -> str:
    return render_template(
        "team/person.html",
        user=user,
        values=values,
        marks=marks,
        problems=problems,
        seen=people.seen([user.id]).get(user.id),
        by_environment=users.is_owner_by_environment(user.email),
        needed=users.is_needed(user),
        sessions=sessions.listed(user),
        device=device,
        conversations=leaving.count(user),
        successors=[
            ("", _("Nobody in particular")),
            *((str(each.id), each.label) for each in users.assignable() if each.id != user.id),
        ],
        **_ways_in(user),
        **choices(),
    )


def _ways_in(user: User) -> dict[str, Any]:
    return {
        "links": sign_in.open_links(user.email),
        "email": email.latest(user),
        "not_needed": (email.OVERTAKEN, email.DISMISSED),
    }


def _seen(form: MultiDict[str, str]) -> dict[str, str]:
    return {each: form.get(f"seen.{each}", "") for each in team.FIELDS}


def _again(user: User, given: dict[str, str], seen: dict[str, str], refused: Refused) -> str:
    """The page with what was typed; what was left as it was seen is as it is now."""
    values, marks = team.held(user), team.held(user)
    for name in team.FIELDS:
        if name in given and given[name] != seen[name]:
            values[name] = given[name]
            if name not in refused.changed_meanwhile:
                marks[name] = seen[name]
    return page(user, values, marks, refused.problems)
