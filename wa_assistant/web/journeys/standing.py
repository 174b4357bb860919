"""Who stands where in a journey, and what becomes of them there."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from flask_babel import gettext as _
from flask_babel import ngettext

from ...conversation.selection import NONE
from ...journey import definition
from ...journey.counting import NOWHERE
from ...journey.definition import Stage
from ...models import JourneyVersion
from .labels import begins


class Place(NamedTuple):
    """A stage of a version, or none; `key` is what a selection of participants calls it."""

    key: str
    name: str
    number: int
    then: str


class Stands(NamedTuple):
    """A version with those who are in it; an old one's stay there until they are moved."""

    version: JourneyVersion
    is_old: bool
    places: list[Place]


def places(
    found: Sequence[JourneyVersion],
    published: JourneyVersion | None,
    counts: Mapping[int, Mapping[str, int]],
) -> list[Stands]:
    """Of each version that somebody is in, and of what is published in any case."""
    shown = [each for each in found if each == published or counts[each.id]]
    return [
        Stands(each, published is not None and each != published, _of(each, counts[each.id]))
        for each in shown
    ]


def _of(version: JourneyVersion, counts: Mapping[str, int]) -> list[Place]:
    stages = definition.read(version.stages)
    keys = {stage.key for stage in stages}
    rows = [
        Place(stage.key, stage.name, counts.get(stage.key, 0), _then(stage, stages))
        for stage in stages
    ]
    gone = sorted({*counts} - keys - {NOWHERE})
    rows += [Place(key, key, counts[key], _("The version has no such stage.")) for key in gone]
    if counts.get(NOWHERE):
        helps = _("The assistant simply helps; who has not begun begins when they write.")
        rows.append(Place(NONE, _("Not begun, or through"), counts[NOWHERE], helps))
    return rows


def _then(stage: Stage, stages: Sequence[Stage]) -> str:
    """When somebody leaves the stage, and what comes after it."""
    following = stages[stages.index(stage) + 1 :]
    if not following and not stage.answers:
        return str(_("They stay here: the assistant helps."))
    needed = len(stage.required)
    leaves = _("Until the assistant sees that it is said")
    if needed:
        leaves = ngettext(
            "Until %(num)d answer is there", "Until %(num)d answers are there", needed
        )
    if not following:
        return str(f"{leaves}.")
    after = _("then “%(name)s”", name=following[0].name)
    when = begins(following[0].begins, stages) if following[0].begins.is_timed else ""
    return "".join([str(leaves), ", ", after, f" ({when})" if when else "", "."])
