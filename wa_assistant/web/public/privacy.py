"""What participants are told about their data. The notice that asks for consent links here.

Until a version of it is published it is made of the settings as they are; then it is that version,
as it was shown on its day.
"""

import re
from collections.abc import Mapping
from urllib.parse import quote

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from markupsafe import Markup

from ... import settings
from ...conversation import hours, phone
from ...models import NoticeVersion
from ...privacy import consent, notice
from ...settings.definitions import EMAIL
from .. import access
from ..shell.locale import LANGUAGES, language

blueprint = Blueprint("privacy", __name__, url_prefix="/privacy")


@blueprint.get("")
@access.public
def show() -> ResponseReturnValue:
    """In the browser's language, or in the one that `language` in the address asks for."""
    return _page(consent.current())


@blueprint.get("/<id:number>")
@access.public
def version(number: int) -> ResponseReturnValue:
    """What was published under this number, also once another holds."""
    return _page(notice.of_number(number) or abort(404), number)


def texts(facts: Mapping[str, str]) -> dict[str, str]:
    """The notice that is made of `facts`, in each language."""
    return {spoken: _text(facts, spoken) for spoken in LANGUAGES}


def _text(facts: Mapping[str, str], spoken: str) -> str:
    said = {
        **facts,
        **{name: facts[name].rstrip(".") for name in ("countries", "retention", "legal_basis")},
        "contact": facts["privacy_contact"],
        "contact_link": link(facts["privacy_contact"]),
    }
    with force_locale(spoken):
        return render_template("public/notice.html", **said)


def _page(shown: NoticeVersion | None, number: int | None = None) -> str:
    """`number`: the one that the address names."""
    spoken, chosen = language(), settings.current()
    text = _text(consent.chosen(), spoken) if shown is None else shown.texts[spoken]
    versions = notice.versions() if shown else []
    return render_template(
        "public/privacy.html",
        text=Markup(text),  # noqa: S704  # our own template's, in which all that is said is escaped
        number=number,
        shown=shown and shown.number,
        versions=versions,
        # Those that the product assumes are nobody's word.
        hours=hours.words(spoken, chosen) if "hours" in settings.chosen() else "",
        asked=request.args.get("language"),
        others={key: name for key, name in LANGUAGES.items() if key != spoken},
    )


def link(contact: str) -> str | None:
    """Where a contact leads to, if it is an e-mail address, a page or a telephone number."""
    if EMAIL.fullmatch(contact):
        return f"mailto:{quote(contact, safe='@+')}"
    if re.fullmatch(r"https?://[^\s/]+\.\S+", contact):
        return contact
    number = phone.typed(contact)
    return f"tel:{number}" if number else None
