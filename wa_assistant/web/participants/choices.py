"""What the form of the list of participants offers to choose from."""

from typing import Any

from flask_babel import gettext as _

from ...conversation.selection import NONE
from ...models import Field, FieldKind
from .known import Known
from .words import CONSENTS, LANGUAGES, MARKETING, STATUSES, WINDOWS, capital

Options = list[tuple[str, str]]


def choices(known: Known) -> dict[str, Options]:
    """Pairs of a value and its words, by the name in the form."""
    anything = ("", str(_("All")))
    tables = {"status": STATUSES, "consent": CONSENTS, "marketing": MARKETING}
    tables |= {"language": LANGUAGES, "window": WINDOWS}
    found = {name: [anything, *_said(words)] for name, words in tables.items()}
    journeys = [(str(id_), name) for id_, name in known.journeys.items()]
    versions = [(str(each.id), str(each.number)) for each in known.chosen_versions]
    users = [(str(each.id), each.label) for each in known.users]
    return found | {
        "journey": [anything, (NONE, str(_("None"))), *journeys],
        "version": [anything, *versions],
        "stage": [anything, (NONE, str(_("In none"))), *known.stages.items()],
        "tag": [("", str(_("All"))), *((str(each.id), each.name) for each in known.tags)],
        "assigned": [("", str(_("Everybody"))), (NONE, str(_("Nobody"))), *users],
        "simulated": [("", str(_("Real people"))), ("1", str(_("Simulated")))],
        "sort": [("activity", str(_("Last activity"))), ("created", str(_("Here since")))],
    }


def is_range(field: Field) -> bool:
    """Whether it is asked for from here to there, and not by one of its values."""
    return field.kind in (FieldKind.NUMBER, FieldKind.DATE)


def _said(words: dict[str, Any]) -> Options:
    return [(str(key), capital(each)) for key, each in words.items()]
