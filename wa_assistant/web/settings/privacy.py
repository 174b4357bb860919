"""What participants are told about their data; its text is read whole, and then published."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from markupsafe import Markup

from ...accounts.authority import Act
from ...privacy import consent, notice
from .. import access, respond
from ..public import privacy
from ..shell.locale import LANGUAGES, language
from . import company
from .page import PLAIN, Page, Values

blueprint = Blueprint("notice", __name__, url_prefix="/settings/privacy/notice")


@blueprint.get("")
@access.may(Act.CHANGE_SETTINGS)
def show() -> ResponseReturnValue:
    """The text as participants would read it."""
    return _page()


@blueprint.post("")
@access.may(Act.CHANGE_SETTINGS)
def publish() -> ResponseReturnValue:
    facts = consent.chosen()
    change, seen = request.form.get("change", ""), request.form.get("seen", "")
    texts = privacy.texts(facts)
    try:
        version = notice.publish(texts, facts, change=change, seen=seen, actor=current_user)
    except notice.Refused as refused:
        return respond.refused(_page(change, str(refused.words)))
    said = _("Version %(number)s is published.", number=version.number)
    return respond.done(url_for("settings.privacy"), said)


def _page(change: str = "", problem: str = "") -> str:
    texts, asked = privacy.texts(consent.chosen()), request.args.get("text", "")
    spoken = asked if asked in texts else language()
    current = consent.current()
    return render_template(
        "settings/notice.html",
        text=Markup(texts[spoken]),  # noqa: S704  # our own template's, which escapes what is said
        seen=notice.hash_of(texts),
        spoken=spoken,
        languages=LANGUAGES,
        current=current,
        is_new=current is None or current.sha256 != notice.hash_of(texts),
        change=change,
        longest=notice.LONGEST_CHANGE,
        problem=problem,
    )


def _more(values: Values) -> dict[str, Any]:
    versions = notice.versions()
    now = notice.hash_of(privacy.texts(consent.chosen()))
    return {"versions": versions, "is_new": not versions or versions[0].sha256 != now}


PAGE = Page(
    "privacy",
    _l("Privacy"),
    _l("What participants are told about their data. What is empty is said in neutral words."),
    dict.fromkeys((name for name in consent.PARTS if name not in company.NAMES), PLAIN),
    _more,
)
