"""Asks those outside whether they are well: Twilio, the model's server, and our own certificate.

On the schedule, and never in a request. What they say is kept by checks.py; that one of them is
away is no fault of ours, and ends nothing.
"""

from urllib.parse import urlsplit

from flask import current_app

from .. import settings
from ..clients import certificate, openai_models, twilio_account
from ..clients.channel import Unreadable
from ..clients.failures import ModelError
from ..models import Checked
from . import checks

NOT_ACTIVE = "not active"  # the account
NO_SENDER = "no such sender"
OFFLINE = "offline"  # the sender
UNKNOWN_MODEL = "unknown model"
UNREADABLE = "no answer"


def ask() -> None:
    """Twilio and the model, as far as they are connected."""
    if current_app.config["TWILIO_CONNECTED"]:
        _ask_twilio()
    if current_app.config["OPENAI_CONNECTED"]:
        _ask_model()


def ask_certificate() -> None:
    """Of PUBLIC_URL, where that is secured."""
    address = urlsplit(current_app.config["PUBLIC_URL"])
    if address.scheme != "https" or address.hostname is None:
        return
    try:
        until = certificate.expires(address.hostname, address.port or 443)
    except certificate.NotSeen as error:
        checks.keep(Checked.CERTIFICATE, None, str(error))
    else:
        checks.keep(Checked.CERTIFICATE, {"until": until.isoformat()})


def _ask_twilio() -> None:
    try:
        account, sender = twilio_account.account(), twilio_account.sender()
    except Unreadable as error:
        checks.keep(Checked.TWILIO, None, _last_words(error))
        return
    found = {"name": account.name, "status": account.status, "sender": sender and sender.told()}
    checks.keep(Checked.TWILIO, found, _wrong(account, sender))


def _wrong(account: twilio_account.Account, sender: twilio_account.Sender | None) -> str:
    if not account.is_active:
        return NOT_ACTIVE
    if sender is None:  # of the sandbox no account has a sender
        return "" if current_app.config["TWILIO_SANDBOX"] else NO_SENDER
    return "" if sender.is_online else OFFLINE


def _ask_model() -> None:
    try:
        listed = openai_models.listed()
    except ModelError as error:
        checks.keep(Checked.MODEL, None, str(error.failure))
        return
    ours = models()
    found = {name: listed.get(name) for name in ours}
    # A server of one's own may list nothing, or by other names; of OpenAI that says something.
    is_gone = ours[0] not in listed and not current_app.config["OPENAI_BASE_URL"]
    checks.keep(Checked.MODEL, {"models": found}, UNKNOWN_MODEL if is_gone else "")


def models() -> list[str]:
    """Those that are asked: the one that answers first."""
    config = current_app.config
    names = [settings.model_of(settings.current())]
    names += [config["OPENAI_EMBEDDING_MODEL"], config["OPENAI_TRANSCRIPTION_MODEL"]]
    return list(dict.fromkeys(filter(None, names)))


def _last_words(error: Unreadable) -> str:
    """ "HTTP 401", or the kind of an exception."""
    return str(error).rpartition(": ")[2] or UNREADABLE
