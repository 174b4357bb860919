"""E-mail to colleagues: what is to be sent is put down here, and a worker sends it.

No request waits for a mail server, and none is the reason why a wish is lost. An e-mail may come
twice where its server did not answer: each holds a link of its own, and both work. The link is made
before it is sent and stands nowhere but in the e-mail.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import delete, select

from .. import audit, live
from ..accounts import sign_in, users
from ..clients import smtp
from ..conversation import mentions
from ..database import db, transaction, utcnow
from ..models import Action, Alert, AlertType, Email, EmailKind, Origin, Subject, User
from ..models.email import PROBLEM_CHARACTERS
from ..work import claims, policies
from ..work.claims import Claim, Kind
from ..work.queue import later
from . import alert_letters, letters

WAYS_IN = "ways-in"  # the fragment of a colleague's page that tells of it
KEPT = timedelta(days=30)
AGAIN = timedelta(minutes=2)  # within which nobody needs a second link that they ask for
PATIENCE = timedelta(seconds=30)
SOME = 20
GAVE_UP_AFTER = timedelta(hours=12)  # an engine that was off: they have asked again, or called
# As problems, where it is not the mail server that says why.
# They have signed in or seen the note meanwhile, are of the team no more, or it is too late.
OVERTAKEN = "overtaken"
DISMISSED = "dismissed"


def _dismissed(row: Email) -> None:
    row.finished_at, row.problem = utcnow(), DISMISSED
    _told(row)


def _told(row: Email) -> None:
    """Open pages tell of it, after the commit; nobody's tells of what a stranger asks for."""
    if row.asked_by_id is not None or row.finished_at is not None:
        live.changed(WAYS_IN)


EMAILS = Kind(
    policies.EMAIL,
    Email,
    left=(Email.finished_at.is_(None), Email.dead_at.is_(None)),
    named=Email.id,
    since=Email.created_at,
    buried=_told,
    dismissed=_dismissed,
)


class Draft(NamedTuple):
    """Whom to write to, as the row says it at this moment, with the link they get."""

    address: str
    written: letters.Letter


def invite(user: User, language: str, actor: User) -> None:
    """Have `user` told that they are of the team, in `language` unless they have chosen one."""
    _ask(EmailKind.INVITATION, user.email, language, actor)


def send_link(user: User, language: str, actor: User) -> None:
    """Have `user` sent a one-time link."""
    _ask(EmailKind.LINK, user.email, language, actor)


def mention(user: User, participant_id: int, language: str, actor: User) -> None:
    """Have `user` told that `actor` has named them in a note of this conversation."""
    _ask(EmailKind.MENTION, user.email, language, actor, participant_id)


def alert(user: User, about: Alert, *, resolved: bool) -> None:
    """Have `user` told of it, in the writing unit under way."""
    kind = EmailKind.ALL_CLEAR if resolved else EmailKind.ALERT
    _put(
        Email(
            kind=kind,
            address=user.email,
            language=user.language or alert_letters.LANGUAGE,
            alert_id=about.id,
        )
    )


def ask_for_link(address: str, language: str) -> None:
    """Somebody at the door wants a one-time link for `address`, which is looked up later: whether
    it is a colleague's makes no difference here."""
    _ask(EmailKind.LINK, address, language, None)


def latest(user: User) -> Email | None:
    """The last one that somebody had sent to them."""
    return db.session.scalar(
        select(Email).where(Email.address == user.email).order_by(Email.id.desc()).limit(1)
    )


def alerts_that_wait() -> Sequence[int]:
    """The ids of e-mails about alerts that no engine has sent for a while, some at a time."""
    unsent = Email.finished_at.is_(None), Email.dead_at.is_(None), Email.alert_id.is_not(None)
    old = Email.created_at < utcnow() - PATIENCE
    return db.session.scalars(select(Email.id).where(*unsent, old).limit(SOME)).all()


def send(email_id: int) -> None:
    """Send it, unless it is not to be sent any more."""
    claim = claims.take(EMAILS, email_id)
    if claim is None:
        return
    with claims.working(claim, resumed=policies.EMAIL.pauses[0]):
        draft = _drafted(claim)
        if draft is None:
            return
        try:
            smtp.send(draft.address, draft.written.subject, draft.written.text)
        except smtp.Refused as refused:
            _finish(claim, str(refused))
        except smtp.Unavailable as unavailable:
            _try_again(claim, str(unavailable))
        else:
            _finish(claim, None)


def _ask(
    kind: EmailKind,
    address: str,
    language: str,
    actor: User | None,
    participant_id: int | None = None,
) -> None:
    with transaction():
        old = (Email.finished_at < utcnow() - KEPT, Email.dead_at.is_(None))
        db.session.execute(delete(Email).where(*old))
        row = Email(kind=kind, address=address, language=language)
        row.asked_by_id, row.participant_id = actor and actor.id, participant_id
        if actor is not None and kind != EmailKind.MENTION:  # of which the note tells
            audit.record(actor, Action.ASKED_FOR_LINK, Subject.USER, address)
        _put(row)


def _put(row: Email) -> None:
    db.session.add(row)
    db.session.flush()
    _told(row)
    later("jobs.notify.send_email", row.id)


def _drafted(claim: Claim[Email]) -> Draft | None:
    """What is to be sent, with a link that works from now on; None where nothing is: that is
    written down, or forgotten where a stranger asked. Of a note it is no way in: it leads to the
    conversation."""
    token = sign_in.new_token()
    with transaction():
        row = claims.own(claim)
        user = users.of_email(row.address)
        if user is None or not user.active or _is_overtaken(row, user):
            _drop(row)
            return None
        asked_by = db.session.get(User, row.asked_by_id) if row.asked_by_id else None
        if row.kind == EmailKind.MENTION:
            return Draft(user.email, letters.of_mention(row, user, asked_by))
        if row.alert_id is not None:
            told = db.session.get_one(Alert, row.alert_id)
            return Draft(user.email, alert_letters.written(row, user, told))
        sign_in.keep(token, user.email, None, asked_by or Origin.SIGN_IN_PAGE)
        return Draft(user.email, letters.written(row, user, asked_by, sign_in.url(token)))


def _is_overtaken(row: Email, user: User) -> bool:
    if row.created_at < utcnow() - GAVE_UP_AFTER:
        return True
    if row.kind == EmailKind.INVITATION:
        return user.last_sign_in_at is not None
    if row.kind == EmailKind.MENTION:
        return row.participant_id not in mentions.conversations(user)
    if row.kind == EmailKind.ALERT:
        return _is_over(row)
    if row.kind == EmailKind.ALL_CLEAR or row.asked_by_id is not None:
        return False
    sent = (Email.address == row.address, Email.kind == row.kind, Email.problem.is_(None))
    lately = (Email.id != row.id, Email.finished_at > utcnow() - AGAIN)
    return db.session.scalar(select(Email.id).where(*sent, *lately).limit(1)) is not None


def _is_over(row: Email) -> bool:
    """Whether what they were to be told of is resolved already."""
    told = db.session.get(Alert, row.alert_id or 0)
    return told is None or (told.resolved_at is not None and told.type != AlertType.TEST)


def _drop(row: Email) -> None:
    if row.asked_by_id is None:
        db.session.delete(row)
        return
    row.finished_at, row.problem = utcnow(), OVERTAKEN
    _told(row)
    claims.finish(row)


def _finish(claim: Claim[Email], problem: str | None) -> None:
    with transaction():
        row = claims.own(claim)
        row.finished_at, row.problem = utcnow(), problem and problem[:PROBLEM_CHARACTERS]
        _told(row)
        claims.finish(row)


def _try_again(claim: Claim[Email], problem: str) -> None:
    with transaction():
        row = claims.own(claim)
        row.problem = problem[:PROBLEM_CHARACTERS]
        if not claims.retry(EMAILS, row):
            row.finished_at = utcnow()
            claims.finish(row)
        _told(row)
