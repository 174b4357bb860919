"""The alerts: what stands open, what was resolved lately, and who is told."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, abort, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from ...accounts.authority import Act
from ...database import utcnow
from ...insight.alerts import standing, telling
from ...models import AlertType
from ...notify import alert_words
from .. import access, respond
from ..access import row_id

blueprint = Blueprint("alerts", __name__, url_prefix="/alerts")

HOURS = {"1": timedelta(hours=1), "24": timedelta(days=1), "168": timedelta(days=7)}


@blueprint.get("")
@access.may(Act.SEE_ALERTS)
def index() -> ResponseReturnValue:
    return render_template("alerts/index.html", **context())


@blueprint.get("/list")
@access.may(Act.SEE_ALERTS)
def listing() -> ResponseReturnValue:
    return render_template("alerts/_list.html", **context())


@blueprint.post("/<id:alert_id>/acknowledgement")
@access.may(Act.SEE_ALERTS)
def acknowledge(alert_id: int) -> ResponseReturnValue:
    if standing.acknowledge(alert_id, current_user):
        return respond.done(url_for(".index"), _("You see to it, as the others can read here."))
    return respond.told(url_for(".index"), _("It is resolved, or somebody sees to it already."))


@blueprint.post("/mutes/<type_>")
@access.may(Act.SEE_ALERTS)
def mute(type_: str) -> ResponseReturnValue:
    """For as long as the form says; with nothing said, people are told again."""
    found = _type(type_)
    length = HOURS.get(request.form.get("hours", ""))
    standing.mute(found, length, current_user)
    if length is None:
        return respond.done(url_for(".index"), _("You are told of it again."))
    return respond.done(url_for(".index"), _("Nobody is told of it for a while. It stands here."))


@blueprint.post("/test")
@access.may(Act.SEE_ALERTS)
def send_test() -> ResponseReturnValue:
    number = standing.send_test(current_user)
    if not number:
        words = _("Nobody is told: no mail server is configured (SMTP_URL).")
        return respond.told(url_for(".index"), words)
    words = ngettext(
        "A test alert is on its way to %(num)d person.",
        "A test alert is on its way to %(num)d people.",
        number,
    )
    return respond.done(url_for(".index"), words)


def context() -> dict[str, Any]:
    before = request.args.get("before", type=row_id)
    lately = standing.lately(before)
    shown = lately[: standing.PAGE]
    return {
        "open_alerts": [] if before else standing.all_open(),
        "resolved": shown,
        "older": shown[-1].id if len(lately) > standing.PAGE else None,
        "before": before,
        "muted": standing.muted(),
        "words": alert_words,
        "types": AlertType,
        "readers": telling.readers(),
        "is_told": current_app.config["SMTP_CONNECTED"],
        "now": utcnow(),
    }


def _type(name: str) -> AlertType:
    """As an address has it: "no-engine"."""
    name = name.replace("-", " ")
    return AlertType(name) if name in tuple(AlertType) else abort(404)
