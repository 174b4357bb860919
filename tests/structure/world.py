"""Something of everything that an address can name, and each a second time as somebody else's.

A route with an id of a new name is red in test_gate.py until that stands here.
"""

import io
import re
from dataclasses import replace
from hashlib import sha256
from typing import Any, NamedTuple

from flask import current_app

from tests.cast import BIA, come, known, only
from tests.journey.people import GOAL, INTRO, content, published
from tests.journey.people import user as user
from tests.work.left_to_do import make
from wa_assistant.accounts import sessions
from wa_assistant.conversation import field_list, notes, tags, views
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.journey import drafts, keywords
from wa_assistant.journey.definition import Stage
from wa_assistant.knowledge import documents, golden, search, trials
from wa_assistant.media import files
from wa_assistant.models import (
    AiCall,
    Alert,
    AlertType,
    Answer,
    Author,
    CallKind,
    Direction,
    Fee,
    Journey,
    Media,
    MediaStatus,
    Message,
    Note,
    Outcome,
    Participant,
    PriceKind,
    ScheduledJob,
    Sector,
    Session,
    Severity,
    Source,
    Status,
    UnansweredQuestion,
    User,
    UserPicture,
)
from wa_assistant.money import own_prices, prices
from wa_assistant.operations.importing import verbs, work
from wa_assistant.operations.kinds import of_name
from wa_assistant.outreach import quick_replies
from wa_assistant.privacy import consent, notice
from wa_assistant.work import claims

NOBODY = 2_000_000_000  # an id that a database can hold and no row has
TOO_LARGE = 2**40
EVA = "eva@example.com"  # who looks, in whichever role
AIM = replace(GOAL, key="aim", name="Aim")


class Named(NamedTuple):
    """What an id of an address may stand for: `own` is of what stands before it in the address,
    `foreign` is there as well, but of something else."""

    own: Any
    foreign: Any = NOBODY


World = dict[str, Named]


def made() -> World:
    """By the names that ids have in addresses; within an application's context."""
    bia, eva = user(BIA), user(EVA)
    journey, other = versions(bia, INTRO, GOAL), versions(bia, INTRO, AIM)
    ana, bruno, ivo = (known(f"whatsapp:+55119000000{n}") for n in range(3))
    with transaction():
        db.session.get_one(Participant, ivo).simulated = True
    hers, his = (conversation(*each) for each in ((ana, journey[0]), (bruno, other[0])))
    paper = documents.upload(bia, "prices.md", b"# Prices\n\nThe course costs 900 reais.")
    golden.add(bia, "What does it cost?", paper.name)
    letter = buried("webhook")
    assert letter == paper.id  # the document of the same id is no dead letter
    return {
        "participant_id": Named(ana, ivo),
        "simulated": Named(ivo, ana),
        **{name: Named(hers[name], his[name]) for name in hers},
        "note_id": Named(noted(ana, eva), noted(bruno, eva)),
        "journey_id": Named(journey_of(journey[0])),
        "keyword_id": Named(*(keyword(bia, each[0]) for each in (journey, other))),
        "version_id": Named(journey[0], other[0]),
        "published": Named(journey[1]),
        "key": Named("goal", "aim"),
        "document_id": Named(paper.id),
        "question_id": Named(golden.everything()[0].id),
        "trial_id": Named(trials.ask(bia, "Price?", search.current_thresholds(), 5).id),
        "price_id": Named(price(bia)),
        "call_id": Named(since_a_backup()),
        "number": Named(told(bia)),
        "import_id": Named(uploaded(eva)),
        "user_id": Named(pictured(eva)),
        "session_id": Named(session(eva), session(bia)),
        "sector_id": Named(sector()),
        "reply_id": Named(quick_reply(eva, shared=True), quick_reply(bia, shared=False)),
        "view_id": Named(view(eva), view(bia)),
        "tag_id": Named(tags.add(bia, ana, "VIP").id),
        "field_id": Named(field_list.add("City", "text", (), bia).id),
        "purpose": Named("marketing", "nothing"),
        "name": Named("document", "nothing"),
        "letter_id": Named(buried("document"), letter),
        "filename": Named("icons/icon.svg", "nothing"),
        "act": Named("0-unknown00", "nothing"),
        **of_operations(),
        "slug": Named("messages-in", "nothing"),
        "token": Named("nobody-s", "nobody-s"),
    }


def of_operations() -> World:
    return {
        "job": Named(scheduled()),
        "alert_id": Named(alerted()),
        "type_": Named("no-engine", "nothing"),
    }


def alerted() -> int:
    with transaction():
        alert = Alert(type=AlertType.DISK, severity=Severity.HIGH, value=91.0)
        db.session.add(alert)
    return alert.id


def scheduled() -> str:
    with transaction():
        db.session.add(ScheduledJob(name="tidy", every=3600))
    return "tidy"


def keyword(actor: Any, version_id: int) -> int:
    """One that leads into the version's journey."""
    return keywords.add(actor, journey_of(version_id), f"word {version_id}").id


def filled(rule: str, world: World, foreign: bool = False) -> str:
    """The address of `rule` with what is somebody's own; the last id is another's on request."""
    names = re.findall(r"<(?:\w+:)?(\w+)>", rule)
    for place, name in enumerate(names, start=1):
        simulated = rule.startswith("/simulator") and name == "participant_id"
        named = world["simulated" if simulated else name]
        value = named.foreign if foreign and place == len(names) else named.own
        rule = re.sub(rf"<(\w+:)?{name}>", str(value), rule)
    return rule


def rows() -> dict[str, list[Any]]:
    """Everything the database holds, by table."""
    db.session.rollback()
    found = {}
    for table in db.metadata.sorted_tables:
        found[table.name] = sorted(map(repr, db.session.execute(table.select())))
    return found


def quick_reply(actor: Any, *, shared: bool) -> int:
    return quick_replies.add(actor, "price", "It costs 900 reais.", shared=shared).id


def told(actor: Any) -> int:
    """The number of a version of the privacy notice."""
    texts = {"en": "<p>What we do.</p>", "pt_BR": "<p>O que fazemos.</p>"}
    seen = notice.hash_of(texts)
    return notice.publish(texts, consent.chosen(), change="", seen=seen, actor=actor).number


def versions(actor: Any, *stages: Stage) -> list[int]:
    """Of a journey: the first and the published one, and a draft besides."""
    first = published(actor, *stages)
    second = drafts.start_draft(actor, first.journey_id)
    drafts.save(actor, second.id, second.revision, content(*stages, name="Newer"))
    second = drafts.publish(actor, second.id, db.session.get_one(type(second), second.id).revision)
    draft = drafts.start_draft(actor, first.journey_id)
    return [first.id, second.id, draft.id]


def uploaded(actor: Any) -> int:
    """An import that waits for a decision."""
    found = verbs.begin(actor, "people.csv", io.BytesIO(b"number\n11 98765-4321\n"))
    import_id = int(found.id)
    with current_app.app_context():
        work.take_in(import_id)
    return import_id


def journey_of(version_id: int) -> int:
    journey = only(Journey, Journey.versions.any(id=version_id))
    return int(journey.id)


def conversation(participant_id: int, version_id: int) -> dict[str, int]:
    """With an answer, a message that did not arrive, a voice message nobody wrote down, and a
    question that no document answers."""
    with transaction():
        participant = db.session.get_one(Participant, participant_id)
        participant.journey_version_id, participant.stage = version_id, "intro"
        answer = Answer(participant_id=participant_id, version_id=version_id, stage="intro")
        answer.name, answer.kind, answer.value = "role", "text", "engineer"
        answer.source = Source.MODEL
        failed = said(participant_id, Direction.OUTBOUND, Author.ASSISTANT, Status.FAILED)
        spoken = said(participant_id, Direction.INBOUND, Author.PARTICIPANT, Status.RECEIVED)
        db.session.add_all([answer, failed, spoken])
        db.session.flush()
        voice = Media(message_id=spoken.id, position=0, url="", file=f"voice-{spoken.id}")
        voice.status, voice.content_type = MediaStatus.KEPT, "audio/ogg"
        db.session.add(voice)
        db.session.flush()
        asked = UnansweredQuestion(participant_id=participant_id, message_id=failed.id)
        asked.question = f"Question {participant_id}?"
        db.session.add(asked)
        files.path(voice.file).write_bytes(b"OggS")
        return {"answer_id": answer.id, "message_id": failed.id, "media_id": voice.id}


def said(participant_id: int, direction: Direction, author: Author, status: Status) -> Message:
    kind = "audio" if author == Author.PARTICIPANT else "text"
    words = "" if author == Author.PARTICIPANT else "Hello"
    message = Message(participant_id=participant_id, direction=direction, author=author, body=words)
    message.status, message.kind, message.settled_at = status, kind, utcnow()
    return message


def noted(participant_id: int, actor: Any) -> int:
    notes.write(participant_id, actor, "Call them.", f"form-key-{participant_id}")
    return int(only(Note, Note.participant_id == participant_id).id)


def price(actor: Any) -> int:
    """Said instead of what our list says of a message that comes in."""
    typed = {"kind": PriceKind.FEE, "name": Fee.INBOUND, "amount": "0.01"}
    today = prices.today().isoformat()
    return int(own_prices.say({**typed, "valid_from": today}, actor).id)


def since_a_backup() -> int:
    """What was spent while the database was not there, of which nobody has told yet."""
    with transaction():
        unknown = AiCall(kind=CallKind.RESTORED, day=prices.today(), outcome=Outcome.LOST)
        unknown.model = unknown.prompt_version = ""
        db.session.add(unknown)
        db.session.flush()
        return unknown.id


def session(actor: Any) -> int:
    """Of one more browser in which they are signed in."""
    key = come(actor.email, actor.role).key
    return int(only(Session, Session.key_hash == sessions.hashed(key)).id)


def sector() -> int:
    with transaction():
        row = Sector(name="Vendas")
        db.session.add(row)
        db.session.flush()
        return row.id


def view(actor: Any) -> int:
    """Of the list of participants: their own."""
    return int(views.save("Everybody", {}, actor, shared=False).id)


def pictured(actor: Any) -> int:
    """Whose id this is, with a picture."""
    with transaction():
        db.session.get_one(User, actor.id).picture_url = "https://pictures.example.com/1"
        picture = UserPicture(user_id=actor.id, content=b"GIF89a", content_type="image/gif")
        picture.sha256 = sha256(picture.content).hexdigest()
        db.session.add(picture)
    return int(actor.id)


def buried(name: str) -> int:
    """A new dead letter of this kind."""
    kind = of_name(name)
    assert kind
    row_id = make(kind)
    with transaction():
        row = db.session.get_one(kind.table, row_id)
        row.faults, row.fault = kind.policy.most_faults, "LookupError\n  a.py:1 f"
        claims.bury(kind, row)
    return row_id
