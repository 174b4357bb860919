"""Puts what a line of a file says into effect, one change at a time; in a writing unit."""

from collections.abc import Collection, Iterable
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from ...conversation import consents, tags
from ...database import db, insert_new
from ...models import Consent, ConsentSource, FieldValue, ParticipantTag, Purpose, Tag, User
from ...privacy import consent
from .compare import FIELD, LANGUAGE, NAME, TAGS, Change, key_of_tag, moment, stands
from .present import Present


def unknown_tags(names: Iterable[str]) -> list[str]:
    """Of these names those of no tag, each once."""
    wanted = {key_of_tag(each): each for each in names}
    known = _known_tags(wanted)
    return [wanted[key] for key in sorted(wanted.keys() - known.keys())]


def _known_tags(keys: Collection[str]) -> dict[str, int]:
    found = db.session.execute(select(Tag.name_folded, Tag.id).where(Tag.name_folded.in_(keys)))
    return {row.name_folded: row.id for row in found}


class Putting:
    """In the name of `user`; `fields` are those that there are. What it has put is in how somebody
    is now, for a second line about them: two may have been merged since the file was looked at."""

    def __init__(self, user: User, fields: set[int], zone: ZoneInfo) -> None:
        self._user, self._fields, self._zone = user, fields, zone
        self._tags: dict[str, int] = {}
        self._given: list[dict[str, int]] = []

    def find_tags(self, names: Iterable[str]) -> None:
        """Those of these names that there are."""
        self._tags = _known_tags(set(map(key_of_tag, names)))

    def finish(self) -> None:
        """Many rows by one statement each."""
        if self._given:
            insert_new(ParticipantTag, self._given)
            self._given = []

    def change(self, change: Change, now: Present, *, is_new: bool) -> Change:
        """What became of it: `done` where it took effect."""
        match change["what"]:
            case what if what in (NAME, LANGUAGE):
                done = self._word(what, change, now)
            case what if what == TAGS:
                return self._give(change, now)
            case what if what == FIELD:
                done = self._fill(change, now)
            case _:
                return self._consent(change, now, is_new=is_new)
        return change | {"done": done}

    def _word(self, what: str, change: Change, now: Present) -> bool:
        participant = now.participant
        if what == NAME and participant.known_as == change["before"]:
            participant.known_as = change["after"]
        elif what == LANGUAGE and (participant.language or "") == change["before"]:
            participant.language = change["after"]
        else:
            return False
        return True

    def _give(self, change: Change, now: Present) -> Change:
        keys = [key_of_tag(each) for each in change["after"]]
        room = tags.MOST_OF_ONE - len(now.tags)
        new = [self._tags[key] for key in keys if key in self._tags and key not in now.tags][:room]
        owner = now.participant.id
        self._given += [{"participant_id": owner, "tag_id": each} for each in new]
        now.tags.update((key, self._tags[key]) for key in keys if self._tags.get(key) in new)
        return change | {"done": len(new) == len(keys), "given": new}

    def _fill(self, change: Change, now: Present) -> bool:
        field_id: int = change["id"]
        if field_id not in self._fields or now.values.get(field_id, "") != change["before"]:
            return False
        key = {"participant_id": now.participant.id, "field_id": field_id}
        if change["before"]:
            db.session.merge(FieldValue(**key, value=change["after"]))
        else:
            db.session.add(FieldValue(**key, value=change["after"]))
        now.values[field_id] = change["after"]
        return True

    def _consent(self, change: Change, now: Present, *, is_new: bool) -> Change:
        """As when it is recorded by hand; of who is new nothing waits for it."""
        participant, purpose = now.participant, Purpose(change["purpose"])
        kind, at = Consent(change["after"]), moment(change["on"], self._zone)
        if at is None or stands(participant, purpose) != change["before"]:
            return change | {"done": False}
        proof, source = change["source"], ConsentSource.IMPORT
        # What else may follow from it, and is taken back with it.
        stopped = participant.stopped_at and participant.stopped_at.isoformat()
        before = {"stopped_at": stopped, "marketing": participant.marketing_consent}
        if is_new and kind == Consent.GIVEN:
            how: dict[str, Any] = {"source": source, "proof": proof, "given_at": at}
            consent.keep(participant, purpose, kind, user_id=self._user.id, **how)
            return change | before | {"done": True}
        counts = consents.put(self._user, participant, purpose, kind, source, at, proof)
        return change | before | {"done": counts}
