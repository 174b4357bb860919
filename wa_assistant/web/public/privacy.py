"""What participants are told about their data. The notice that asks for consent links here."""

import re
from urllib.parse import quote

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from ... import settings
from ...conversation import hours, phone
from ...settings.definitions import EMAIL
from .. import access
from ..shell.locale import LANGUAGES, language

blueprint = Blueprint("privacy", __name__)


@blueprint.get("/privacy")
@access.public
def show() -> ResponseReturnValue:
    """In the browser's language, or in the one that `language` in the address asks for."""
    chosen = settings.current()
    # Those that the product assumes are nobody's word.
    has_hours = "hours" in settings.chosen()
    return render_template(
        "public/privacy.html",
        company=chosen.company,
        purpose=chosen.purpose,
        countries=chosen.countries.rstrip("."),
        retention=chosen.retention.rstrip("."),
        legal_basis=chosen.legal_basis.rstrip("."),
        contact=chosen.privacy_contact,
        contact_link=link(chosen.privacy_contact),
        hours=hours.words(language(), chosen) if has_hours else "",
        others={key: name for key, name in LANGUAGES.items() if key != language()},
    )


def link(contact: str) -> str | None:
    """Where a contact leads to, if it is an e-mail address, a page or a telephone number."""
    if EMAIL.fullmatch(contact):
        return f"mailto:{quote(contact, safe='@+')}"
    if re.fullmatch(r"https?://[^\s/]+\.\S+", contact):
        return contact
    number = phone.typed(contact)
    return f"tel:{number}" if number else None
