"""What stands open: opened once, kept up to date, resolved by itself; acknowledged and muted.

What comes and goes is one alert and not many: it is resolved only when it has not been seen for as
long as its rule says. Two engines that look at the same time open one.
"""

import time
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from ... import audit, live, logs
from ...database import db, insert_once, transaction, utcnow
from ...models import Action, Alert, AlertMute, AlertType, Severity, Subject, User
from ...work.faults import NOT_OURS
from . import at_once, measured, telling
from .found import Found, Rule

log = logs.get(__name__)

PAGE = 50
RULES = (*at_once.RULES, *measured.RULES)
# Since when, of time.monotonic(), this process finds what it found at its latest look.
_seen: dict[AlertType, dict[str, float]] = {}


def watch() -> None:
    """Look at what is so at this moment: every minute."""
    _look(at_once.RULES)


def measure() -> None:
    """Look at what is measured: every five minutes."""
    _look(measured.RULES)


def look(rules: Iterable[Rule]) -> None:
    """Look at these alone."""
    _look(rules)


def all_open() -> Sequence[Alert]:
    """The worst first, and of those the latest."""
    found = db.session.scalars(select(Alert).where(Alert.resolved_at.is_(None))).all()
    worst = list(AlertType)
    return sorted(found, key=lambda each: (worst.index(AlertType(each.type)), -each.id))


def lately(before: int | None = None) -> Sequence[Alert]:
    """Those that are resolved, the latest first: PAGE and one more where there are older ones."""
    found = select(Alert).where(Alert.resolved_at.is_not(None))
    if before is not None:
        found = found.where(Alert.id < before)
    return db.session.scalars(found.order_by(Alert.id.desc()).limit(PAGE + 1)).all()


def acknowledge(alert_id: int, actor: User) -> bool:
    """`actor` sees to it; False where it is resolved, or somebody does already."""
    with transaction():
        alert = db.session.get(Alert, alert_id, with_for_update=True)
        if alert is None or alert.resolved_at or alert.acknowledged_at:
            return False
        alert.acknowledged_at, alert.acknowledged_by_id = utcnow(), actor.id
        audit.record(actor, Action.ACKNOWLEDGED, Subject.ALERT, alert.id, after=_told(alert))
        live.changed("alerts")
    return True


def mute(type_: AlertType, length: timedelta | None, actor: User) -> None:
    """Nobody is told of that type for so long; None: they are again."""
    until = utcnow() + length if length else None
    with transaction():
        if until is None:
            row = db.session.get(AlertMute, type_)
            if row is not None:
                db.session.delete(row)
        else:
            db.session.merge(AlertMute(type=type_, until=until))
        after = {"until": until and until.isoformat()}
        audit.record(actor, Action.MUTED, Subject.ALERT, type_, after=after)
        live.changed("alerts")


def muted() -> dict[AlertType, datetime]:
    """Until when, of those that are."""
    rows = db.session.scalars(select(AlertMute).where(AlertMute.until > utcnow()))
    return {AlertType(each.type): each.until for each in rows}


def send_test(actor: User) -> int:
    """Tell all who are told of alerts that this is a test; how many that are."""
    now = utcnow()
    with transaction():
        alert = Alert(type=AlertType.TEST, severity=Severity.MEDIUM, found={})
        alert.opened_at = alert.seen_at = alert.resolved_at = now
        db.session.add(alert)
        db.session.flush()
        audit.record(actor, Action.TRIED, Subject.ALERT, alert.id)
        return telling.opened(alert)


def _look(rules: Iterable[Rule]) -> None:
    for rule in rules:
        try:
            found = {each.about: each for each in rule.look()}
        except NOT_OURS:
            raise
        except Exception:  # one rule that is broken must not silence the others
            log.exception("a rule failed", rule=rule.type)
            continue
        _keep(rule, _lasting(rule, found))


def _lasting(rule: Rule, found: dict[str, Found]) -> dict[str, Found]:
    """What of it has been found for long enough, by this process."""
    now, seen = time.monotonic(), _seen.get(rule.type, {})
    _seen[rule.type] = {about: seen.get(about, now) for about in found}
    long_enough = now - rule.lasts.total_seconds()
    return {about: each for about, each in found.items() if _seen[rule.type][about] <= long_enough}


def _keep(rule: Rule, found: dict[str, Found]) -> None:
    which = Alert.type == rule.type, Alert.resolved_at.is_(None)
    if not found and db.session.scalar(select(Alert.id).where(*which).limit(1)) is None:
        return
    with transaction():
        for alert in db.session.scalars(select(Alert).where(*which).with_for_update()).all():
            each = found.pop(alert.about, None)
            if each is None:
                _calm_down(alert, rule)
            else:
                _see(alert, each)
        _open(rule, found.values())


def _see(alert: Alert, found: Found) -> None:
    alert.value, alert.found = found.value, dict(found.more)
    alert.seen_at, alert.calm_since = utcnow(), None


def _calm_down(alert: Alert, rule: Rule) -> None:
    now = utcnow()
    alert.calm_since = alert.calm_since or now
    if now - alert.calm_since >= rule.calm:
        alert.resolved_at = now
        log.warning("alert resolved", type=alert.type, about=alert.about)
        telling.resolved(alert)


def _open(rule: Rule, found: Collection[Found]) -> None:
    now = utcnow()
    for each in found:
        values: dict[str, Any] = {
            "type": rule.type,
            "about": each.about,
            "severity": rule.severity,
            "value": each.value,
            "found": dict(each.more),
            "opened_at": now,
            "seen_at": now,
        }
        alert_id = insert_once(Alert, **values)
        if alert_id is not None:
            log.warning("alert opened", type=rule.type, about=each.about, value=each.value)
            telling.opened(db.session.get_one(Alert, alert_id))


def _told(alert: Alert) -> dict[str, Any]:
    return {"type": alert.type, "about": alert.about}
