"""What is wrong for everybody, on every page: a disk that is full, an engine that is away, a
provider that refuses, what is a dead letter."""

from typing import Any

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from ...accounts.authority import Act
from ...clients import errors
from ...clients.failures import AWAY, Failure
from ...database import utcnow
from ...models import Circuit, Provider
from ...operations import dead_letters, health
from ...providers import circuit
from .. import access

blueprint = Blueprint("notices", __name__)

# What an owner does about a code of Twilio's; of another one, Twilio's own log knows more.
REMEDIES = {
    20003: _l("Check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, and start anew."),
    63001: _l("Look at the WhatsApp sender in Twilio's console: it has to be connected anew."),
    63007: _l("Check that TWILIO_WHATSAPP_NUMBER is a WhatsApp sender of this account."),
    63051: _l("Meta has locked the WhatsApp account: its business manager says why."),
}
LOOK_AT_TWILIO = _l("Look at the account in Twilio's console: its state, its balance, its log.")
CONNECTED = {Provider.MODEL: "OPENAI_CONNECTED", Provider.TWILIO: "TWILIO_CONNECTED"}


@blueprint.get("/notices")
@access.may(Act.SEE_DASHBOARD)
def show() -> ResponseReturnValue:
    return render_template("shell/_notices.html")


def notices() -> dict[str, Any]:
    """What the fragment shows; every page has it."""
    # What is no longer connected is told of elsewhere. Each is read before anything else is looked
    # at: it may be gone by then.
    config = current_app.config
    refusing = [
        _told(each) for each in circuit.all_open() if config[CONNECTED[Provider(each.provider)]]
    ]
    return {
        "health": health.examine(),
        "circuits": refusing,
        "dead_letters": dead_letters.anything(),
    }


def _told(found: Circuit) -> dict[str, Any]:
    code = found.error_code or 0
    meaning = errors.TABLE.get(code)
    return {
        "provider": found.provider,
        "failure": found.failure,
        "rested": found.failure in (*AWAY, Failure.CREDIT, Failure.DAILY_QUOTA),
        "away": found.failure in AWAY,
        "retry_at": found.retry_at if found.retry_at > utcnow() else None,
        "since": found.opened_at,
        "reason": meaning.words if meaning else found.error,
        "said": found.error,
        "remedy": REMEDIES.get(code, LOOK_AT_TWILIO),
    }


@blueprint.app_context_processor
def _notices() -> dict[str, Any]:
    return {"frame_notices": notices}
