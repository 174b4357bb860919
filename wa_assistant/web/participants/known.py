"""What filters and columns of the list of participants may name, and what of it is gone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from ...accounts import users
from ...conversation import fields, tags
from ...conversation.selected_fields import Asked
from ...conversation.selection import NONE, Selection
from ...database import db
from ...journey import definition
from ...models import Field, Journey, JourneyVersion, Tag, User, VersionState


@dataclass
class Known:
    """Asked for once a page, and only where it is needed."""

    which: Selection

    @cached_property
    def tags(self) -> Sequence[Tag]:
        return tags.all_tags()

    @cached_property
    def fields(self) -> Sequence[Field]:
        return fields.all_fields()

    @cached_property
    def users(self) -> Sequence[User]:
        """Of the team today."""
        return [each for each in users.everybody() if each.active]

    @cached_property
    def versions(self) -> Sequence[JourneyVersion]:
        """Those that somebody can be in, by journey, the newest first."""
        return db.session.scalars(
            select(JourneyVersion)
            .join(Journey)
            .where(JourneyVersion.state == VersionState.PUBLISHED)
            .order_by(Journey.name, Journey.id, JourneyVersion.number.desc())
        ).all()

    @cached_property
    def journeys(self) -> dict[int, str]:
        """Their names."""
        return {each.journey_id: each.journey.name for each in self.versions}

    @property
    def chosen_versions(self) -> list[JourneyVersion]:
        """Those of the journey that is asked for."""
        return [each for each in self.versions if str(each.journey_id) == self.which.journey]

    @property
    def stages(self) -> dict[str, str]:
        """The names of the stages one may ask for, by key; none where no journey is asked for."""
        ours = [
            each
            for each in self.chosen_versions
            if not self.which.version or str(each.id) == self.which.version
        ]
        found = [stage for each in reversed(ours) for stage in definition.read(each.stages)]
        return {stage.key: stage.name for stage in found}

    def asked(self, field: Field) -> Asked:
        """What is asked of the field, which may be nothing."""
        found = (each for each in self.which.fields if each.field_id == field.id)
        return next(found, Asked(field.id))

    def held(self) -> tuple[Selection, list[str]]:
        """The selection without what is gone, and in words what that was."""
        which, gone = self.which, []
        known_tags = {each.id for each in self.tags} if which.tag else set()
        if left := [each for each in which.tag if each not in known_tags]:
            which = replace(which, tag=tuple(each for each in which.tag if each in known_tags))
            gone += [self._tag_gone(each) for each in left]
        which, lost = self._without_fields(which)
        gone += lost
        without: dict[str, Any] = {}
        for name, words in self._lost():
            without[name] = ""
            gone.append(words)
        which = replace(which, **without)
        self.which = which
        return which, gone

    def _without_fields(self, which: Selection) -> tuple[Selection, list[str]]:
        known = {each.id for each in self.fields} if which.fields else set()
        kept = tuple(each for each in which.fields if each.field_id in known)
        number = len(which.fields) - len(kept)
        return replace(which, fields=kept), [str(_("a field that was removed"))] * number

    def _lost(self) -> list[tuple[str, str]]:
        which = self.which
        found: list[tuple[str, str]] = []
        if which.journey not in ("", NONE) and int(which.journey) not in self.journeys:
            found.append(("journey", str(_("a journey that is no more"))))
        if which.version and all(str(each.id) != which.version for each in self.versions):
            found.append(("version", str(_("a version of a journey that is no more"))))
        here = {"", NONE, *(str(each.id) for each in self.users)} if which.assigned else {""}
        if which.assigned not in here:
            found.append(("assigned", self._user_gone(int(which.assigned))))
        return found

    def _tag_gone(self, tag_id: int) -> str:
        tag = db.session.get(Tag, tag_id)
        if tag is None:
            return str(_("a tag that was removed"))
        return str(_("the tag %(name)s, which nobody has any more", name=tag.name))

    def _user_gone(self, user_id: int) -> str:
        user = db.session.get(User, user_id)
        if user is None:
            return str(_("a colleague who is of the team no more"))
        return str(_("%(name)s, who is of the team no more", name=user.label))
