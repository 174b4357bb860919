"""The versions of what participants are told about their data; which one holds, consent.py says.

A version is kept as it was shown. Who consented to an earlier one stays consented: their event
names it, and it can be read for good.
"""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import defer, joinedload

from .. import audit
from ..database import db, one_at_a_time, transaction
from ..models import Action, NoticeVersion, Subject, User, characters
from ..settings.problem import Words
from . import consent

LONGEST_CHANGE = 300

NOTHING_NEW = _l("There is nothing to publish: participants read this very text already.")
OTHER_TEXT = _l("It has changed meanwhile: read it once more, and publish it then.")
NO_CHANGE_TOLD = _l("Say in a line what is different: participants read it.")
TOO_LONG = _l("This is longer than %(most)s characters.", most=LONGEST_CHANGE)


class Refused(Exception):
    """Nothing is published, for the reason in `words`."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.words = words


def of_number(number: int) -> NoticeVersion | None:
    return db.session.scalar(select(NoticeVersion).where(NoticeVersion.number == number))


def versions() -> Sequence[NoticeVersion]:
    """All of them without their texts, the newest first."""
    light = (defer(NoticeVersion.texts), joinedload(NoticeVersion.published_by))
    return db.session.scalars(
        select(NoticeVersion).options(*light).order_by(NoticeVersion.number.desc())
    ).all()


def is_behind(names: Collection[str]) -> bool:
    """Whether the version that holds says otherwise than the settings of these names do now."""
    published, now = consent.current(), consent.chosen()
    if published is None:
        return False
    then = consent.facts_of(published)
    return any(then[name] != now[name] for name in names)


def hash_of(texts: Mapping[str, str]) -> str:
    return hashlib.sha256(json.dumps(texts, sort_keys=True).encode()).hexdigest()


def publish(
    texts: Mapping[str, str], facts: Mapping[str, str], *, change: str, seen: str, actor: User
) -> NoticeVersion:
    """Make `texts`, by language, the notice from now on; they are made of `facts`.

    `seen` is the hash of what `actor` has read of it. Raises Refused.
    """
    change = characters.seen_in_a_line(change)
    with transaction():
        one_at_a_time("notice")
        before, sha256 = consent.current(), hash_of(texts)
        words = _against(before, sha256, change, seen)
        if words is not None:
            raise Refused(words)
        version = NoticeVersion(
            number=before.number + 1 if before else 1,
            texts=dict(texts),
            sha256=sha256,
            facts=dict(facts),
            change=change,
            published_by_id=actor.id,
        )
        db.session.add(version)
        db.session.flush()
        was = {"sha256": before.sha256} if before else None
        after = {"sha256": sha256, "change": change}
        audit.record(
            actor, Action.PUBLISHED, Subject.NOTICE, version.number, before=was, after=after
        )
        return version


def _against(before: NoticeVersion | None, sha256: str, change: str, seen: str) -> Words | None:
    if before is not None and before.sha256 == sha256:
        return NOTHING_NEW
    if seen != sha256:
        return OTHER_TEXT
    if before is not None and not change:
        return NO_CHANGE_TOLD
    return TOO_LONG if len(change) > LONGEST_CHANGE else None
