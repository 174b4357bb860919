"""Reads the audit for people: newest first and page by page, or oldest first and part by part."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select, tuple_

from ..database import db
from ..models import Action, AuditEntry, Subject
from .chain import CONTENT

PAGE = 50
AT_ONCE = 1_000
Entry = AuditEntry  # as pages are given it
# As a page ends: with an entry of that moment and id.
Place = tuple[datetime, int]
EXPORTED = (AuditEntry.position, *CONTENT, AuditEntry.hash)


@dataclass(frozen=True)
class Filter:
    """Which entries: what is empty asks for all. `until`: before this moment."""

    actor: str = ""
    action: str = ""
    subject: str = ""
    subject_id: str = ""
    since: datetime | None = None
    until: datetime | None = None


def page(which: Filter, before: Place | None = None) -> tuple[Sequence[AuditEntry], Place | None]:
    """A page, newest first, and where the next one goes on."""
    entries = _chosen(select(AuditEntry), which)
    if before:
        entries = entries.where(tuple_(AuditEntry.created_at, AuditEntry.id) < before)
    entries = entries.order_by(AuditEntry.created_at.desc(), AuditEntry.id.desc())
    found = db.session.scalars(entries.limit(PAGE + 1)).all()
    shown = found[:PAGE]
    return shown, (shown[-1].created_at, shown[-1].id) if len(found) > PAGE else None


def done_to(
    subject: Subject,
    subject_id: int,
    actions: Sequence[Action],
    since: datetime | None,
    until: datetime | None,
    most: int,
) -> Sequence[AuditEntry]:
    """What of these `actions` was done to one thing from `since` on and before `until`, the newest
    first."""
    entries = select(AuditEntry).where(
        AuditEntry.subject == subject,
        AuditEntry.subject_id == str(subject_id),
        AuditEntry.action.in_(actions),
    )
    if since:
        entries = entries.where(AuditEntry.created_at >= since)
    if until:
        entries = entries.where(AuditEntry.created_at < until)
    return db.session.scalars(entries.order_by(AuditEntry.id.desc()).limit(most)).all()


def part(which: Filter, after: Place | None = None) -> tuple[Sequence[Row[Any]], Place | None]:
    """EXPORTED of what `which` chooses, oldest first: so much of it as is read at once, and where
    the next part goes on."""
    entries = _chosen(select(*EXPORTED), which)
    if after:
        entries = entries.where(tuple_(AuditEntry.created_at, AuditEntry.id) > after)
    entries = entries.order_by(AuditEntry.created_at, AuditEntry.id).limit(AT_ONCE)
    found = db.session.execute(entries).all()
    is_over = len(found) < AT_ONCE
    return found, None if is_over else (found[-1].created_at, found[-1].id)


def _chosen(entries: Select[Any], which: Filter) -> Select[Any]:
    if which.actor:
        entries = entries.where(AuditEntry.actor == which.actor)
    if which.action:
        entries = entries.where(AuditEntry.action == which.action)
    if which.subject or which.subject_id:
        # An index begins with the subject: with all of them it finds an id of any.
        subjects = [which.subject] if which.subject else [*Subject]
        entries = entries.where(AuditEntry.subject.in_(subjects))
    if which.subject_id:
        entries = entries.where(AuditEntry.subject_id == which.subject_id)
    if which.since:
        entries = entries.where(AuditEntry.created_at >= which.since)
    if which.until:
        entries = entries.where(AuditEntry.created_at < which.until)
    return entries
