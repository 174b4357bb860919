"""The gate, walked whole: every route, every method, every role, and ids that are another's.

What is expected is made from the table of who may do what, and from the map of routes.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete
from werkzeug.exceptions import HTTPException

from tests.cast import rows
from tests.web import people
from wa_assistant.accounts import authority
from wa_assistant.database import db, transaction
from wa_assistant.models import JourneyVersion, Role, SignInAttempt, VersionState
from wa_assistant.web import access

from . import world
from .world import EVA, NOBODY, TOO_LARGE, World

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
NOT_EVERYBODY_S = ("/simulator", "/preferences")
ID = re.compile(r"<(?:\w+:)?(\w+)>")
# What a form needs besides its address, for it to change something.
FIELDS: dict[str, dict[str, Any]] = {
    "/journeys/<id:journey_id>/draft/stages/<key>": {
        "key": "goal",
        "name": "Renamed",
        "purpose": "",
        "opening": "",
        "after": "previous",
        "amount": "",
        "unit": "days",
        "answers": "0",
    },
    "/conversations/<id:participant_id>/notes/<id:note_id>": {"as_seen": 1, "body": "Other"},
    "/conversations/<id:participant_id>/consents/<purpose>": {
        "kind": "given",
        "on": "2026-01-05",
        "proof": "A form",
    },
    "/conversations/<id:participant_id>/fields/<id:field_id>": {"value": "Recife"},
    "/conversations/<id:participant_id>/language": {"language": "en"},
    "/conversations/<id:participant_id>/name": {"name": "Ana B."},
    "/conversations/<id:participant_id>/journey/stage": {"stage": "goal"},
    "/participants/fields/<id:field_id>": {"name": "Town"},
    "/journeys/<id:journey_id>/versions/<id:version_id>/trial": {"name": "Ivo", "body": "Oi"},
    "/journeys/<id:journey_id>/versions/<id:version_id>/moving": {
        "to.intro": "intro",
        "to.goal": "goal",
    },
}


# A gate asks for roles, and a page for what belongs to what: one database is enough.
@pytest.fixture(params=["sqlite"])
def database(request) -> str:
    return str(request.param)


def rules(app: Flask) -> list[str]:
    return sorted({rule.rule for rule in app.url_map.iter_rules()})


def addresses(rule: str, made: World) -> Iterator[str]:
    """With ids that are right, that are another's, that nobody has and that no database holds."""
    yield world.filled(rule, made)
    if ID.search(rule):
        yield world.filled(rule, made, foreign=True)
        yield ID.sub(str(NOBODY), rule)
        yield ID.sub(str(TOO_LARGE), rule)


def expected(app: Flask, address: str, method: str, role: Role | None) -> str | int:
    """By the map and the table alone."""
    try:
        endpoint, _ = app.url_map.bind("localhost").match(address, method=method)
    except HTTPException as error:
        return error.code or 0
    with app.app_context():
        act = access.of(endpoint)
    if act == access.PUBLIC:
        return "open"
    if role is None:
        return "sign in first"
    assert isinstance(act, authority.Act), endpoint
    return "open" if role in authority.roles(act) else "not for this role"


def outcome(response: Any, method: str) -> str | int:
    if response.status_code == 303 and response.location == "/sign-in":
        return "sign in first"
    if response.status_code == 403:
        words = method == "HEAD" or "Your role does not allow this." in response.text
        return "not for this role" if words else "open"  # to who does not bring Twilio's signature
    assert response.status_code < 500
    return "open"


def test_every_id_of_an_address_has_somebody_else_s(app, made):
    named = {name for rule in rules(app) for name in ID.findall(rule)}
    assert named <= made.keys(), "say in world.py what it stands for"


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("role", [None, *Role], ids=lambda role: role or "nobody")
def test_the_gate_says_what_the_table_says_whatever_the_method_and_the_ids(app, made, role):
    client, form = entered(app, role)
    for rule in rules(app):
        for address in addresses(rule, made):
            for method in METHODS:
                wanted = expected(app, address, method, role)
                if role and isinstance(wanted, int):
                    continue  # refused before it is asked whose it is: nobody's walk shows it
                response = client.open(address, method=method, data=form, buffered=False)
                told = f"{method} {address}"
                if isinstance(wanted, int):
                    assert response.status_code == wanted, told
                elif (rule, method, wanted) == ("/sign-out", "POST", "open"):
                    client, form = entered(app, role)
                else:
                    assert outcome(response, method) == wanted, told
                response.close()


def entered(app: Flask, role: Role | None) -> tuple[FlaskClient, dict[str, str]]:
    """A browser, and what each form of its session holds."""
    if role is None:
        return app.test_client(), {}
    with app.app_context(), transaction():  # who walks every address has tried to sign in too often
        db.session.execute(delete(SignInAttempt))
    client = people.signed_in(app, EVA, role)
    return client, {"csrf_token": people.csrf_token(client.get("/preferences"))}


def nested(app: Flask, method: str) -> list[str]:
    """Routes below something that is named, and those where what is named is not everybody's: the
    simulator's, and those of one's own preferences."""
    return [
        rule.rule
        for rule in app.url_map.iter_rules()
        if method in (rule.methods or ())
        and (len(rule.arguments) > 1 or (rule.arguments and rule.rule.startswith(NOT_EVERYBODY_S)))
    ]


def test_what_is_another_s_is_not_shown(app, made):
    caio, _ = entered(app, Role.OWNER)
    for rule in nested(app, "GET"):
        assert caio.get(world.filled(rule, made)).status_code == 200, rule
        assert caio.get(world.filled(rule, made, foreign=True)).status_code == 404, rule


def test_what_is_another_s_is_not_changed(app, made):
    caio, token = entered(app, Role.OWNER)
    with app.app_context():
        for rule in nested(app, "POST"):
            made["letter_id"] = made["letter_id"]._replace(own=world.buried("document"))
            again = world.session(world.user(EVA))  # it is ended at two addresses
            made["session_id"] = made["session_id"]._replace(own=again)
            own, foreign = (world.filled(rule, made, foreign=each) for each in (False, True))
            form = token | FIELDS.get(rule, {}) | revised(made)
            before = world.rows()
            caio.post(foreign, data=form)
            assert world.rows() == before, foreign
            if rule.startswith("/simulator"):
                continue  # each is somebody's there, or nobody's: what it does has its own tests
            caio.post(own, data=form)
            assert world.rows() != before, f"{own}: it changes nothing, so this shows nothing"


def revised(made: World) -> dict[str, Any]:
    """What forms about a journey say they were made from."""
    of_it = JourneyVersion.journey_id == made["journey_id"].own
    draft = rows(JourneyVersion, of_it, JourneyVersion.state == VersionState.DRAFT)[0]
    published = made["published"].own
    return {"revision": draft.revision, "new": published, "version_id": published}
