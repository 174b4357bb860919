"""What is known of a participant, as the list of them writes it."""

from datetime import date

from flask import Flask
from flask_babel import LazyString, format_date, format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ...conversation.selection import NONE
from ...models import Consent, ConversationStatus, Field, FieldKind

STATUSES: dict[str, LazyString] = {
    ConversationStatus.OPEN: _l("open"),
    ConversationStatus.SNOOZED: _l("snoozed"),
    ConversationStatus.DONE: _l("done"),
}
CONSENTS: dict[str, LazyString] = {
    Consent.ASKED: _l("asked"),
    Consent.GIVEN: _l("given"),
    Consent.REFUSED: _l("refused"),
    Consent.WITHDRAWN: _l("withdrawn"),
    Consent.NOTIFIED: _l("notified"),
    NONE: _l("not asked"),
}
MARKETING: dict[str, LazyString] = {
    Consent.GIVEN: _l("given"),
    Consent.WITHDRAWN: _l("withdrawn"),
    NONE: _l("not given"),
}
LANGUAGES: dict[str, LazyString] = {
    "pt": _l("Portuguese"),
    "en": _l("English"),
    NONE: _l("not said"),
}
WINDOWS: dict[str, LazyString] = {"open": _l("Window open"), "closed": _l("Window closed")}


def init_app(app: Flask) -> None:
    app.add_template_filter(field_value)
    tables = {"list_status": STATUSES, "list_consent": CONSENTS, "list_language": LANGUAGES}
    for name, words in tables.items():
        app.add_template_filter(lambda key, words=words: capital(words.get(key, key)), name)


def capital(words: LazyString | str) -> str:
    """As it stands alone."""
    return str(words)[:1].upper() + str(words)[1:]


def field_value(value: str, field: Field) -> str:
    """A value as the reader's language writes it."""
    try:
        if field.kind == FieldKind.DATE:
            return str(format_date(date.fromisoformat(value), "short"))
        return str(format_decimal(value)) if field.kind == FieldKind.NUMBER else value
    except (ValueError, ArithmeticError):
        return value


def yes_or_no(words: str) -> str:
    return str(_("filled in") if words == "filled" else _("empty"))
