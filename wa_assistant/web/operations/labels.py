"""How dead letters are written of on a page: the words of each kind of work, and what it is."""

from typing import NamedTuple

from flask import Flask, url_for
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ...intake import inbound
from ...models import (
    Document,
    Email,
    EmailKind,
    Import,
    Kind,
    Measurement,
    Media,
    Message,
    Trial,
    VectorSet,
    Webhook,
)
from ...operations.dead_letters import DeadLetter
from ..shell.labels import kind
from .scheduled_jobs import every


class Words(NamedTuple):
    """Of a kind of work: its name, what failed, and what is said once somebody has seen to it."""

    name: LazyString
    what: LazyString
    replayed: LazyString
    dismissed: LazyString


# By the name of its policy.
WORDS = {
    "webhook": Words(
        _l("Webhook"),
        _l("What Twilio told us and our code could not take in: no conversation shows it yet."),
        _l("The webhook was processed: it has taken effect."),
        _l("The webhook was dismissed: it takes no effect."),
    ),
    "answer": Words(
        _l("Not answered"),
        _l("Messages that are stored and shown, but could not be answered."),
        _l("The assistant tries once more to answer. Should it fail, it is here again."),
        _l("Dismissed: the assistant does not answer this, a person does."),
    ),
    "message": Words(
        _l("Message not sent"),
        _l("What was to be said to a participant, and our code could not hand over."),
        _l("It is sent once more, unless Twilio has it already. Should it fail, it is here again."),
        _l("Dismissed: the message is not sent again by itself."),
    ),
    "media": Words(
        _l("File"),
        _l("What a participant sent, and our code could not fetch or write down."),
        _l("The file is fetched once more. Should it fail, it is here again."),
        _l("Dismissed: the conversation does without the file."),
    ),
    "aid": Words(
        _l("Suggestion or summary"),
        _l("What a colleague wanted the model to write in a conversation, and our code failed on."),
        _l("It is written once more. Should it fail, it is here again."),
        _l("Dismissed: it is not written."),
    ),
    "trial": Words(
        _l("Trial"),
        _l("A question of the team that could not be tried."),
        _l("The question is tried once more. Should it fail, it is here again."),
        _l("Dismissed: the question is not tried."),
    ),
    "email": Words(
        _l("E-mail"),
        _l("An e-mail to a colleague that could not be sent."),
        _l("The e-mail is sent once more. Should it fail, it is here again."),
        _l("Dismissed: the e-mail is not sent."),
    ),
    "document": Words(
        _l("Document"),
        _l("Its latest upload could not be prepared. What was found of it before still is."),
        _l("The document is prepared once more. Should it fail, it is here again."),
        _l("Dismissed: the document stays as it is, and can be replaced under Knowledge."),
    ),
    "import": Words(
        _l("Import"),
        _l("A file with participants that could not be gone through to its end."),
        _l("The import goes on where it stopped. Should it fail, it is here again."),
        _l("Dismissed: the import stays where it is, and can be begun anew under Participants."),
    ),
    "measurement": Words(
        _l("Measurement"),
        _l("The golden set could not be measured."),
        _l("The golden set is measured once more. Should it fail, it is here again."),
        _l("Dismissed: the golden set is not measured."),
    ),
    "vector set": Words(
        _l("Reindexing"),
        _l("Not all passages could be given their new vectors. Those that serve still do."),
        _l("Reindexing goes on. Should it fail, it is here again."),
        _l("Dismissed: reindexing stays where it is, and can be begun anew under Knowledge."),
    ),
}
# The same as what is to be done.
WORKS: dict[str, LazyString] = {
    "webhook": _l("Take in what Twilio told us"),
    "answer": _l("Answer participants"),
    "message": _l("Send messages"),
    "media": _l("Fetch files, and write down what is said in them"),
    "aid": _l("Write suggestions and summaries"),
    "trial": _l("Try questions"),
    "email": _l("Send e-mails"),
    "document": _l("Prepare documents"),
    "import": _l("Take in imports"),
    "measurement": _l("Measure the golden set"),
    "vector set": _l("Reindex the documents"),
}
NOT_OURS = Words(
    _l("Webhook"),
    _l(
        "It is for another sender or account than ours: "
        "nobody answers it, nor any more of its kind."
    ),
    _l("The webhook was processed: it has taken effect."),
    _l("The webhook was dismissed: it takes no effect."),
)
EMAILS = {EmailKind.INVITATION: _l("Invitation"), EmailKind.LINK: _l("Sign-in link")}
WEBHOOKS = {Kind.INBOUND: _l("A message came in"), Kind.STATUS: _l("A delivery receipt")}


def init_app(app: Flask) -> None:
    for written in (words_of, slug, heading, leads_to, quotes, last_line, webhook_fields, every):
        app.add_template_filter(written)


def words_of(letter: DeadLetter) -> Words:
    return NOT_OURS if getattr(letter.row, "not_ours", None) else WORDS[letter.name]


def slug(name: str) -> str:
    """The name of a kind of work as an address has it."""
    return name.replace(" ", "-")


def heading(letter: DeadLetter) -> str:
    """What the dead letter is, where it is about no participant."""
    match letter.row:
        case Webhook(kind=name):
            return str(WEBHOOKS[Kind(name)])
        case Document(name=name) | Import(name=name):
            return str(name)
        case Trial(question=question):
            return str(question)
        case Measurement():
            return str(_("Golden set"))
        case Email(kind=name):
            return str(EMAILS[EmailKind(name)])
        case VectorSet(model=model):
            return str(model)
    return ""


def leads_to(letter: DeadLetter) -> str | None:
    """The page that shows more of it; None where there is none."""
    if letter.participant is not None:
        return url_for("conversations.show", participant_id=letter.participant.id)
    match letter.row:
        case Document(id=document_id):
            return url_for("knowledge.show", document_id=document_id)
        case Import(id=import_id):
            return url_for("imports.show", import_id=import_id)
        case Trial(id=trial_id):
            return url_for("knowledge.show_trial", trial_id=trial_id)
        case Measurement():
            return url_for("knowledge.golden_set")
        case VectorSet():
            return url_for("knowledge.index")
    return None


def quotes(letter: DeadLetter) -> list[str]:
    """What was said, or sent."""
    match letter.row:
        case Message(body=body):
            return [body]
        case Media(name=name, family=family):
            return [name or kind(family)]
        case Webhook():
            return [_said(each) for each in letter.others]
    return [message.body or kind(message.kind) for message in letter.messages]


def _said(webhook: Webhook) -> str:
    form = inbound.form_in(webhook.body)
    words = form.get("Body") or kind(form.get("MessageType", ""))
    return ": ".join(filter(None, (inbound.address_in(form), words)))


def webhook_fields(webhook: Webhook) -> list[tuple[str, str]]:
    """Its form as it came, a field a line."""
    return list(inbound.form_in(webhook.body).items(multi=True))


def last_line(fault: str | None) -> str:
    """What of a fault says most: the last exception, without what some say after it."""
    _before, traceback, last = (fault or "").rpartition("Traceback (most recent call last):")
    lines = [line for line in last.splitlines() if line and not line.startswith(" ")]
    return lines[0 if traceback else -1] if lines else ""
