"""What Twilio's error codes mean, how long that lasts, and what is done. All on one page.

The codes are Twilio's, https://www.twilio.com/docs/api/errors; the sentences continue "it did not
arrive:" in a thread. They come as refusals and, most of WhatsApp's own, as receipts: what is done
is the same. What is not listed is not sent again by itself.
"""

from enum import StrEnum
from typing import NamedTuple

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


class Lasts(StrEnum):
    """Whether the same message would be refused again."""

    PERMANENT = "permanent"
    TEMPORARY = "temporary"  # a person may send it again


class Action(StrEnum):
    """What we do when a message comes back with a code."""

    GIVE_UP = "give up"  # not sent again by itself: a person is called
    BACK_OFF = "back off"  # refused for now: sent again after a growing pause
    TEMPLATE = "template"  # only a template may be sent: a person is called
    SUPPRESS = "suppress"  # they do not want it: nothing goes to them until they write again
    STOP = "stop"  # nothing can be sent to anybody: all wait, the owners are told


class Meaning(NamedTuple):
    words: LazyString
    lasts: Lasts
    action: Action


TABLE = {
    20003: Meaning(_l("Twilio refused our account's token"), Lasts.TEMPORARY, Action.STOP),
    20429: Meaning(_l("too many messages at once"), Lasts.TEMPORARY, Action.BACK_OFF),
    21211: Meaning(_l("this is no number WhatsApp can reach"), Lasts.PERMANENT, Action.GIVE_UP),
    21610: Meaning(_l("this person has opted out of messages"), Lasts.PERMANENT, Action.SUPPRESS),
    21617: Meaning(_l("it is too long"), Lasts.PERMANENT, Action.GIVE_UP),
    21620: Meaning(_l("Twilio took the file's address for none"), Lasts.PERMANENT, Action.GIVE_UP),
    21656: Meaning(_l("the template's variables do not fit"), Lasts.PERMANENT, Action.GIVE_UP),
    21658: Meaning(_l("it is too long"), Lasts.PERMANENT, Action.GIVE_UP),
    30003: Meaning(_l("their telephone cannot be reached"), Lasts.TEMPORARY, Action.GIVE_UP),
    30004: Meaning(_l("this person has blocked us"), Lasts.PERMANENT, Action.GIVE_UP),
    30005: Meaning(_l("this is no number WhatsApp can reach"), Lasts.PERMANENT, Action.GIVE_UP),
    30006: Meaning(_l("this is no number WhatsApp can reach"), Lasts.PERMANENT, Action.GIVE_UP),
    30007: Meaning(_l("it was taken for spam on its way"), Lasts.PERMANENT, Action.GIVE_UP),
    30008: Meaning(_l("something went wrong on its way"), Lasts.TEMPORARY, Action.GIVE_UP),
    63001: Meaning(_l("Twilio could not sign in to WhatsApp"), Lasts.TEMPORARY, Action.STOP),
    63003: Meaning(_l("this number is not on WhatsApp"), Lasts.PERMANENT, Action.GIVE_UP),
    63005: Meaning(_l("WhatsApp refused what is in it"), Lasts.PERMANENT, Action.GIVE_UP),
    63007: Meaning(_l("Twilio does not know our WhatsApp number"), Lasts.TEMPORARY, Action.STOP),
    63012: Meaning(_l("WhatsApp had a fault of its own"), Lasts.TEMPORARY, Action.GIVE_UP),
    63013: Meaning(_l("WhatsApp's rules do not allow it"), Lasts.PERMANENT, Action.GIVE_UP),
    63014: Meaning(_l("this person has blocked us"), Lasts.PERMANENT, Action.SUPPRESS),
    63015: Meaning(_l("this person has not joined the sandbox"), Lasts.TEMPORARY, Action.GIVE_UP),
    63016: Meaning(
        _l("more than 24 hours since they last wrote: only a template can be sent"),
        Lasts.PERMANENT,
        Action.TEMPLATE,
    ),
    63018: Meaning(_l("too many messages at once"), Lasts.TEMPORARY, Action.BACK_OFF),
    63019: Meaning(
        _l("Twilio could not fetch the file from us: see PUBLIC_URL"),
        Lasts.TEMPORARY,
        Action.GIVE_UP,
    ),
    63021: Meaning(_l("WhatsApp refused what is in it"), Lasts.PERMANENT, Action.GIVE_UP),
    63024: Meaning(
        _l("this number cannot receive WhatsApp messages"), Lasts.PERMANENT, Action.GIVE_UP
    ),
    63032: Meaning(
        _l("WhatsApp does not deliver to this person at present"), Lasts.PERMANENT, Action.GIVE_UP
    ),
    63049: Meaning(_l("WhatsApp chose not to deliver it"), Lasts.PERMANENT, Action.GIVE_UP),
    63051: Meaning(_l("WhatsApp has locked our account"), Lasts.TEMPORARY, Action.STOP),
}


def action(code: int | None) -> Action:
    meaning = TABLE.get(code or 0)
    return meaning.action if meaning else Action.GIVE_UP


def may_work_later(code: int | None) -> bool:
    """Whether sending it again by hand makes sense; of an unknown code nobody knows better."""
    meaning = TABLE.get(code or 0)
    return meaning is None or meaning.lasts is Lasts.TEMPORARY
