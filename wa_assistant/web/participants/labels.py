"""What stands on a card, in the reader's words."""

from collections.abc import Sequence

from flask import Flask
from flask_babel import format_date, to_user_timezone
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ...conversation import fixed_texts
from ...models import (
    Consent,
    ConsentEvent,
    ConsentSource,
    Field,
    FieldKind,
    Participant,
    Purpose,
)
from ...models.participant import speaks_portuguese
from ..shell.labels import moment

PORTUGUESE, ENGLISH = fixed_texts.PORTUGUESE, fixed_texts.ENGLISH
LANGUAGES = {PORTUGUESE: _l("Portuguese"), ENGLISH: _l("English")}
FIELD_KINDS = {
    FieldKind.TEXT: _l("Text"),
    FieldKind.NUMBER: _l("Number"),
    FieldKind.DATE: _l("Date"),
    FieldKind.CHOICE: _l("Choice"),
}
PURPOSES = {Purpose.SERVICE: _l("Service"), Purpose.MARKETING: _l("Marketing")}
STANDS = {
    None: _l("Nothing said yet"),
    Consent.ASKED: _l("Asked, not answered yet"),
    Consent.GIVEN: _l("Given"),
    Consent.REFUSED: _l("Refused"),
    Consent.WITHDRAWN: _l("Taken back"),
    Consent.NOTIFIED: _l("Told, not asked"),
}
SOURCES = {
    ConsentSource.CHAT: _l("in the chat"),
    ConsentSource.BY_HAND: _l("by hand"),
    ConsentSource.IMPORT: _l("from a file"),
}


def init_app(app: Flask) -> None:
    tables = {
        "field_kind": FIELD_KINDS,
        "purpose": PURPOSES,
        "consent_stands": STANDS,
        "consent_source": SOURCES,
    }
    for name, words in tables.items():
        app.add_template_filter(lambda key, words=words: str(words.get(key, key)), name)
    for written in (said_on, languages, spoken, options_of_field, wa_me):
        app.add_template_filter(written)


def said_on(event: ConsentEvent) -> str:
    """When it was said: the day, where a user says so, and the moment, where they wrote it."""
    if event.given_at is None:
        return moment(event.created_at)
    return str(format_date(to_user_timezone(event.given_at).date(), "medium"))


def spoken(participant: Participant) -> str:
    """What they speak, and who says so."""
    if participant.language in LANGUAGES:
        return str(LANGUAGES[participant.language])
    portuguese = speaks_portuguese(participant.phone)
    guessed = LANGUAGES[PORTUGUESE if portuguese else ENGLISH]
    return str(_("%(language)s, by their number", language=guessed))


def languages(participant: Participant) -> list[tuple[str, str]]:
    """To choose from."""
    known = [(key, str(words)) for key, words in LANGUAGES.items()]
    return [("", str(_("As their journey and their number say"))), *known]


def field_kinds() -> list[tuple[str, str]]:
    """To choose from."""
    return [(str(kind), str(words)) for kind, words in FIELD_KINDS.items()]


def options_of_field(field: Field, value: str) -> list[tuple[str, str]]:
    """Those to choose from; a value that is none of them any more is one still."""
    options: Sequence[str] = field.options
    kept = [value] if value and value not in options else []
    return [("", str(_("Nothing"))), *((each, each) for each in (*options, *kept))]


def wa_me(phone: str) -> str:
    """The address that opens the chat with a number in WhatsApp itself."""
    return f"https://wa.me/{phone.removeprefix('+')}"
