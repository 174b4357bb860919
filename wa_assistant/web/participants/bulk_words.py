"""What is said of an act for many, and of its undoing: of how many what became of it."""

from collections.abc import Iterator

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from ...operations.bulk import Outcome, Why
from ..journeys.labels import when_it_begins


def done(outcome: Outcome) -> str:
    return " ".join(_done(outcome))


def undone(outcome: Outcome) -> str:
    return " ".join(_undone(outcome))


def _done(outcome: Outcome) -> Iterator[str]:
    why, number = outcome.why, outcome.changed
    if number:
        yield ngettext(
            "Done for %(number)s participant.",
            "Done for %(number)s participants.",
            number,
            number=format_decimal(number),
        )
    elif not why.total():
        yield _("Nothing was changed: they were so already.")
    if len(outcome.begins) == 1:
        yield when_it_begins(next(iter(outcome.begins)))
    else:
        for when, count in outcome.begins.most_common():
            yield f"{format_decimal(count)}: {when_it_begins(when)}"
    yield from _left(outcome)


def _left(outcome: Outcome) -> Iterator[str]:
    if wrote := outcome.why[Why.WROTE]:
        yield ngettext(
            "%(number)s has written meanwhile, and stays as they are.",
            "%(number)s have written meanwhile, and stay as they are.",
            wrote,
            number=format_decimal(wrote),
        )
    if outcome.why[Why.LEFT]:
        yield _("Who was to have them has left the team meanwhile: the others stay as they are.")
    if outcome.why[Why.LATER]:
        yield _("There are more: do it once more for those.")


def _undone(outcome: Outcome) -> Iterator[str]:
    why = outcome.why
    later, nobody, said = why[Why.LATER], why[Why.NOBODY], why[Why.SAID]
    if outcome.changed:
        yield ngettext(
            "%(number)s participant is as before.",
            "%(number)s participants are as before.",
            outcome.changed,
            number=format_decimal(outcome.changed),
        )
    if nobody:
        yield ngettext(
            "%(number)s of them is nobody's: who had it has left the team.",
            "%(number)s of them are nobody's: who had them has left the team.",
            nobody,
            number=format_decimal(nobody),
        )
    if said:
        yield ngettext(
            "To %(number)s of them the journey has said its first words already.",
            "To %(number)s of them the journey has said its first words already.",
            said,
            number=format_decimal(said),
        )
    if outcome.left - later:
        yield ngettext(
            "%(number)s has changed since, and stays so.",
            "%(number)s have changed since, and stay so.",
            outcome.left - later,
            number=format_decimal(outcome.left - later),
        )
    if later:
        yield _("There are more: do it once more for those.")
