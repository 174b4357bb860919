"""Who is told of an alert, and by what: by e-mail, where a mail server is configured."""

from collections.abc import Sequence

from flask import current_app
from sqlalchemy import select

from ... import live
from ...accounts import authority
from ...accounts.authority import Act
from ...database import db, utcnow
from ...models import Alert, AlertMute, AlertType, User
from ...notify import email


def opened(alert: Alert) -> int:
    """In the writing unit under way; how many are told."""
    return _tell(alert, resolved=False)


def resolved(alert: Alert) -> int:
    return _tell(alert, resolved=True)


def readers() -> Sequence[User]:
    """Those who are told: of the team, and who may see the alerts."""
    roles = authority.roles(Act.SEE_ALERTS)
    return db.session.scalars(select(User).where(User.active, User.role.in_(roles))).all()


def _tell(alert: Alert, *, resolved: bool) -> int:
    live.changed("frame", "alerts")
    if not current_app.config["SMTP_CONNECTED"] or _is_muted(AlertType(alert.type)):
        return 0
    told = readers()
    for each in told:
        email.alert(each, alert, resolved=resolved)
    return len(told)


def _is_muted(type_: AlertType) -> bool:
    mute = db.session.get(AlertMute, type_)
    return mute is not None and mute.until > utcnow()
