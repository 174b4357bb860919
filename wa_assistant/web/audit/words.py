"""What an entry of the audit says, as a sentence in the reader's language."""

import re
from typing import NamedTuple

from flask import Flask
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from ...audit.reading import Entry
from ...models import Action, Origin, Subject
from .subjects import Named

# %(who)s has done it; %(name)s is what it was done to, and %(what)s the same with its kind.
SENTENCES: dict[str, LazyString] = {
    Action.ACKNOWLEDGED: _l("%(who)s sees to %(what)s"),
    Action.ADDED: _l("%(who)s added %(what)s"),
    Action.ANSWERED_QUESTIONS: _l("%(who)s answered questions that no document answered"),
    Action.ASKED_FOR_LINK: _l("%(who)s had a sign-in link sent to %(name)s by e-mail"),
    Action.ASKED_FOR_TRANSCRIPT: _l(
        "%(who)s had a voice message written down in the conversation with %(name)s"
    ),
    Action.ASSIGNED: _l("%(who)s assigned the conversation with %(name)s"),
    Action.BEGAN_DRAFT: _l("%(who)s began a draft of the journey %(name)s"),
    Action.BEGAN_REINDEXING: _l("%(who)s had all documents reindexed"),
    Action.BLOCKED: _l("%(who)s blocked %(name)s"),
    Action.CALLED_FOR_ATTENTION: _l(
        "%(who)s called for a person in the conversation with %(name)s"
    ),
    Action.CHANGED: _l("%(who)s changed %(what)s"),
    Action.CHANGED_DRAFT: _l("%(who)s changed the draft of the journey %(name)s"),
    Action.CHANGED_TAGS: _l("%(who)s changed the tags of %(name)s"),
    Action.COMPLETED_STAGE: _l("%(who)s completed a stage for %(name)s"),
    Action.CONFIRMED_ANSWER: _l("%(who)s confirmed an answer of %(name)s"),
    Action.CORRECTED_ANSWER: _l("%(who)s corrected an answer of %(name)s"),
    Action.CREATED: _l("%(who)s created %(what)s"),
    Action.DEACTIVATED: _l("%(who)s deactivated %(name)s"),
    Action.DELETED: _l("%(who)s deleted %(what)s"),
    Action.DISCARDED_DRAFT: _l("%(who)s discarded the draft of the journey %(name)s"),
    Action.DISMISSED: _l("%(who)s dismissed a dead letter: %(what)s"),
    Action.DISMISSED_QUESTIONS: _l("%(who)s dismissed questions that no document answered"),
    Action.ENDED_SESSION: _l("%(who)s ended sessions of %(name)s"),
    Action.EXPORTED: _l("%(who)s exported %(what)s"),
    Action.FILLED_IN: _l("%(who)s filled in fields of %(name)s"),
    Action.FORGOT: _l("%(who)s had what was learned about the model's server forgotten"),
    Action.HANDED_BACK: _l("%(who)s handed the conversation with %(name)s back to the assistant"),
    Action.IMPORTED: _l("%(who)s imported participants from a file"),
    Action.INVITED: _l("%(who)s invited %(name)s"),
    Action.MADE_SIGN_IN_LINK: _l("%(who)s made a sign-in link for %(name)s"),
    Action.MARKED_DONE: _l("%(who)s marked the conversation with %(name)s as done"),
    Action.MERGED: _l("%(who)s merged another participant into %(name)s"),
    Action.MOVED_PARTICIPANTS: _l(
        "%(who)s moved participants to another version of the journey %(name)s"
    ),
    Action.MUTED: _l("%(who)s said for how long nobody is told of %(what)s"),
    Action.NAMED: _l("%(who)s changed how %(name)s is called"),
    Action.NOTED: _l("%(who)s wrote a note in the conversation with %(name)s"),
    Action.OPENED: _l("%(who)s opened the conversation with %(name)s"),
    Action.OPENED_AGAIN: _l("%(who)s put the conversation with %(name)s among the open ones again"),
    Action.PASSED_ON: _l("%(who)s passed on the conversation with %(name)s"),
    Action.PAUSED: _l("%(who)s paused the assistant in the conversation with %(name)s"),
    Action.PUBLISHED: _l("%(who)s published %(what)s"),
    Action.PUBLISHED_DRAFT: _l("%(who)s published the draft of the journey %(name)s"),
    Action.PUT_INTO_JOURNEY: _l("%(who)s put %(name)s into a journey"),
    Action.PUT_INTO_STAGE: _l("%(who)s put %(name)s into a stage of their journey"),
    Action.RAN: _l("%(who)s had %(what)s run"),
    Action.REACTIVATED: _l("%(who)s reactivated %(name)s"),
    Action.RECORDED_CONSENT: _l("%(who)s recorded what %(name)s consents to"),
    Action.REMOVED: _l("%(who)s removed %(what)s"),
    Action.REOPENED: _l("%(who)s took back that the conversation with %(name)s was resolved"),
    Action.REPLACED: _l("%(who)s replaced %(what)s"),
    Action.REPLAYED: _l("%(who)s replayed a dead letter: %(what)s"),
    Action.RESOLVED: _l("%(who)s marked the conversation with %(name)s as resolved"),
    Action.RESTARTED_JOURNEY: _l("%(who)s had %(name)s begin their journey anew"),
    Action.RETRIED: _l("%(who)s had %(what)s prepared again"),
    Action.SENT_AGAIN: _l("%(who)s sent a message again in the conversation with %(name)s"),
    Action.SIGNED_IN: _l("%(who)s signed in"),
    Action.SIGNED_OUT: _l("%(who)s signed out"),
    Action.SNOOZED: _l("%(who)s snoozed the conversation with %(name)s"),
    Action.TOOK_OVER: _l("%(who)s took over the conversation with %(name)s"),
    Action.TRIED: _l("%(who)s tried %(what)s"),
    Action.UNBLOCKED: _l("%(who)s let %(name)s write again"),
    Action.UNDID_IMPORT: _l("%(who)s undid an import of participants"),
    Action.UPLOADED: _l("%(who)s uploaded %(what)s"),
    Action.WROTE_ALTHOUGH_STOPPED: _l("%(who)s wrote to %(name)s, who had stopped the messages"),
}
# As what somebody has done something to.
KINDS: dict[str, LazyString] = {
    Subject.AID: _l("the text %(name)s that the model wrote for the team"),
    Subject.ALERT: _l("the alert %(name)s"),
    Subject.AUDIT: _l("the audit"),
    Subject.DOCUMENT: _l("the document %(name)s"),
    Subject.EMAIL: _l("the e-mail %(name)s"),
    Subject.FILE: _l("the file %(name)s"),
    Subject.GOLDEN_QUESTION: _l("the golden question %(name)s"),
    Subject.FIELD: _l("the field %(name)s"),
    Subject.IMPORT: _l("the import %(name)s"),
    Subject.JOURNEY: _l("the journey %(name)s"),
    Subject.KNOWLEDGE: _l("the documents"),
    Subject.MEASUREMENT: _l("the measurement %(name)s"),
    Subject.MESSAGE: _l("the message %(name)s"),
    Subject.MODEL_SERVER: _l("the model's server %(name)s"),
    Subject.NOTICE: _l("version %(name)s of the privacy notice"),
    Subject.PARTICIPANT: _l("the conversation with %(name)s"),
    Subject.PARTICIPANTS: _l("participants"),
    Subject.PRICE: _l("the price %(name)s"),
    Subject.QUICK_REPLY: _l("the quick reply %(name)s"),
    Subject.SCHEDULED_JOB: _l("the scheduled job %(name)s"),
    Subject.SECTOR: _l("the sector %(name)s"),
    Subject.SETTING: _l("the setting %(name)s"),
    Subject.SPENDING: _l("what was spent before the database was restored"),
    Subject.TAG: _l("the tag %(name)s"),
    Subject.TRIAL: _l("the trial %(name)s"),
    Subject.USER: _l("the user %(name)s"),
    Subject.VECTOR_SET: _l("the vector set %(name)s"),
    Subject.VIEW: _l("the view %(name)s"),
    Subject.WEBHOOK: _l("the webhook %(name)s"),
}
ORIGINS: dict[str, LazyString] = {
    Origin.DASHBOARD: _l("dashboard"),
    Origin.COMMAND_LINE: _l("command line"),
    Origin.ENGINE: _l("engine"),
    Origin.SIGN_IN_PAGE: _l("sign-in page"),
}
PLACES = re.compile(r"(%\((?:who|name|what)\)s)")
ELLIPSIS = "…"


class Part(NamedTuple):
    """Of a sentence: "who", "what" (a link, where `href` is) or "" for the words between."""

    kind: str
    words: str
    href: str = ""


def init_app(app: Flask) -> None:
    app.add_template_filter(origin)


def told(entry: Entry, who: str, subject: Named) -> list[Part]:
    """The sentence, in parts."""
    found = (_part(each, entry, who, subject) for each in PLACES.split(_sentence(entry.action)))
    return [part for part in found if part.words]


def actions() -> list[tuple[str, str]]:
    """What can have been done, by its words: "added …"."""
    found = [(str(action), _without_names(words)) for action, words in SENTENCES.items()]
    return sorted(found, key=lambda pair: pair[1].casefold())


def kinds() -> list[tuple[str, str]]:
    """What it can have been done to."""
    found = [(str(kind), _without_names(words)) for kind, words in KINDS.items()]
    return sorted(found, key=lambda pair: pair[1].casefold())


def origin(name: str) -> str:
    return str(ORIGINS.get(name, name))


def _part(each: str, entry: Entry, who: str, subject: Named) -> Part:
    match each:
        case "%(who)s":
            return Part("who", who)
        case "%(name)s":
            return Part("what", subject.name, subject.href)
        case "%(what)s":
            return Part("what", _what(entry.subject, subject.name), subject.href)
    return Part("", each)


def _sentence(action: str) -> str:
    return str(SENTENCES.get(action) or f"%(who)s: {action}, %(what)s")


def _what(kind: str, name: str) -> str:
    return str(KINDS.get(kind, f"{kind} %(name)s")).replace("%(name)s", name).strip()


def _without_names(words: LazyString) -> str:
    text = PLACES.sub(ELLIPSIS, str(words).replace("%(who)s", ""))
    text = text.strip().removesuffix(ELLIPSIS).strip(" :")
    return text[:1].upper() + text[1:]
