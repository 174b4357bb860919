"""How well those outside are, as the page about the system tells it: Twilio, the model, and the
certificate of our address."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from flask import current_app
from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ... import settings
from ...models import Check, Checked
from ...operations import checks, seen_outside

WELL, ATTENTION, FAILURE, UNKNOWN = "well", "attention", "failure", "unknown"
# By the reasons of operations/outside.py, and of clients/certificate.py.
REASONS = {
    "not active": _l("The account is not active: Twilio's console says why."),
    "no such sender": _l("The account has no WhatsApp sender with TWILIO_WHATSAPP_NUMBER."),
    "offline": _l("The sender is offline: Twilio's console says why."),
    "HTTP 401": _l("Twilio refuses TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN."),
    "unknown model": _l("The server does not have the model that answers."),
    "key": _l("The server refuses OPENAI_API_KEY."),
    "credit": _l("The account has no credit left."),
    "busy": _l("The account has used up what it may ask for at the moment."),
    "refused": _l("Nobody answers at the address of PUBLIC_URL, as seen from this machine."),
    "expired": _l("The certificate has expired."),
    "another name": _l("The certificate is for another name than that of PUBLIC_URL."),
    "unknown issuer": _l("The certificate is signed by nobody whom browsers trust."),
}


class Line(NamedTuple):
    """`more`: what else is known of it, a sentence each. `at`: when it was tried."""

    name: str
    state: str
    told: str
    more: tuple[str, ...] = ()
    at: datetime | None = None


def lines(known: dict[Checked, Check]) -> Iterator[Line]:
    config = current_app.config
    if config["TWILIO_CONNECTED"]:
        yield _twilio(known.get(Checked.TWILIO))
    if config["OPENAI_CONNECTED"]:
        yield _model(known.get(Checked.MODEL))
    if config["PUBLIC_URL"].startswith("https:"):
        yield _certificate(known.get(Checked.CERTIFICATE))


def _tried(name: str, check: Check | None) -> Line | None:
    """What is said where nobody knows, or it went wrong."""
    if check is None or checks.is_old(check):
        at = check.at if check else None
        return Line(name, UNKNOWN, _("Nobody has looked lately."), at=at)
    if not check.well:
        words = REASONS.get(check.reason) or _("It does not answer: %(why)s.", why=check.reason)
        return Line(name, FAILURE, str(words), at=check.at)
    return None


def _twilio(check: Check | None) -> Line:
    if (line := _tried("Twilio", check)) or check is None:
        return line or Line("Twilio", UNKNOWN, "")
    told = _("The account “%(name)s” is active.", name=check.found.get("name") or "–")
    sender = check.found.get("sender")
    if not sender:
        return Line("Twilio", WELL, told, (_("The sandbox has no sender of its own."),), check.at)
    wrong = seen_outside.elsewhere(sender)
    is_well = not wrong and seen_outside.has_good_quality(sender)
    more = (_("The sender is online."), *map(_pointing, wrong), *_rated(sender))
    return Line("Twilio", WELL if is_well else ATTENTION, told, more, check.at)


def _pointing(way: seen_outside.Elsewhere) -> str:
    return str(_("It sends to %(theirs)s, and not to %(ours)s.", **way._asdict()))


def _rated(sender: dict[str, str]) -> Iterator[str]:
    if sender["quality"]:
        yield _("Quality: %(rating)s.", rating=sender["quality"])
    if sender["limit"]:
        yield _("Limit: %(limit)s.", limit=sender["limit"])


def _model(check: Check | None) -> Line:
    name = _("Model")
    if (line := _tried(name, check)) or check is None:
        return line or Line(name, UNKNOWN, "")
    ends = seen_outside.endings(check)
    soon = settings.current().alert_model_days
    is_soon = any(day and seen_outside.days_to(day) <= soon for day in ends.values())
    more = tuple(_ending(model, until) for model, until in ends.items())
    state = ATTENTION if is_soon else WELL
    return Line(name, state, _("The server answers, and takes the key."), more, check.at)


def _ending(model: str, until: date | None) -> str:
    if until is None:
        return str(_("%(model)s: no end is announced.", model=model))
    days = _in_days(seen_outside.days_to(until))
    ends = {"model": model, "day": format_date(until), "days": days}
    return str(_("%(model)s ends on %(day)s, %(days)s.", **ends))


def _certificate(check: Check | None) -> Line:
    name = _("Certificate")
    if (line := _tried(name, check)) or check is None:
        return line or Line(name, UNKNOWN, "")
    if (until := seen_outside.valid_until(check)) is None:
        return Line(name, UNKNOWN, _("Nobody has looked lately."), at=check.at)
    days = seen_outside.days_to(until.date())
    words = _("Valid until %(day)s, %(days)s.", day=format_date(until), days=_in_days(days))
    return Line(
        name,
        WELL if days >= settings.current().alert_certificate_days else ATTENTION,
        words,
        at=check.at,
    )


def _in_days(days: int) -> str:
    return str(ngettext("in %(num)d day", "in %(num)d days", max(0, days)))
