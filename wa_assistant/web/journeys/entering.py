"""Who enters a journey: newcomers, by keyword or link, those one chooses, by hand."""

from collections import Counter

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from ...accounts.authority import Act
from ...conversation import tags, views
from ...conversation.selection import Selection
from ...journey import definition, keywords, placing_many, versions
from ...journey.placing import Begins
from ...models import JourneyVersion
from .. import access, respond
from . import show
from .labels import when_it_begins
from .views import blueprint, of_journey

NOT_CHOSEN = _l("Choose a tag first: without one this would be everybody.")


@blueprint.post("/<id:journey_id>/keywords")
@access.may(Act.PLACE_PARTICIPANTS)
def add_keyword(journey_id: int) -> ResponseReturnValue:
    of_journey(journey_id)
    word = request.form.get("word", "")
    try:
        made = keywords.add(current_user, journey_id, word)
    except keywords.Refused as refused:
        wrong = {"word": word, "problem": str(refused.words)}
        return respond.refused(show.page(journey_id, wrong))
    said = _("Whoever writes “%(word)s” enters this journey.", word=made.word)
    return respond.done(_section(journey_id), said)


@blueprint.post("/<id:journey_id>/keywords/<id:keyword_id>/end")
@access.may(Act.PLACE_PARTICIPANTS)
def remove_keyword(journey_id: int, keyword_id: int) -> ResponseReturnValue:
    of_journey(journey_id)
    word = keywords.remove(current_user, journey_id, keyword_id)
    if word is None:
        return respond.told(_section(journey_id), _("It leads here no more already."))
    return respond.done(_section(journey_id), _("“%(word)s” leads here no more.", word=word))


@blueprint.get("/<id:journey_id>/people")
@access.may(Act.PLACE_PARTICIPANTS)
def choose_people(journey_id: int) -> ResponseReturnValue:
    """Those of a tag, or of whatever selection the address holds, and how many they are."""
    return _people(journey_id, request.args)


@blueprint.post("/<id:journey_id>/people")
@access.may(Act.PLACE_PARTICIPANTS)
def put_people(journey_id: int) -> ResponseReturnValue:
    version = _published(journey_id)
    meant, stage = Selection.parse(request.form), request.form.get("into", "")
    page = url_for(".choose_people", journey_id=journey_id, into=stage or None, **meant.args())
    if request.form.get("version_now") != str(version.id):
        words = _("A newer version has been published meanwhile. Look again.")
        return respond.told(page, words)
    if not _is_chosen(meant):
        return respond.told(page, str(NOT_CHOSEN))
    if stage and stage not in [each["key"] for each in version.stages]:
        abort(404)
    ids = placing_many.some(version.id, *meant.conditions())
    begins = placing_many.put(current_user, ids, version.id, stage or None)
    more = placing_many.preview(version.id, *meant.conditions()).number
    if not more:
        page = url_for(".show", journey_id=journey_id, _anchor="standing")
    return respond.done(page, _told(begins, more))


def _people(journey_id: int, given: "MultiDict[str, str]") -> str:
    version = _published(journey_id)
    meant = Selection.parse(given)
    chosen = _is_chosen(meant)
    return render_template(
        "journeys/people.html",
        journey=version.journey,
        version=version,
        tag_options=[("", _("Choose a tag"))]
        + [(str(each.id), each.name) for each in tags.all_tags()],
        chosen_tag=str(meant.tag[0]) if meant.tag else "",
        by_hand=meant != Selection(tag=meant.tag[:1]),
        views=[
            (each.name, url_for(".choose_people", journey_id=journey_id, **kept.args()))
            for each in views.of(current_user)
            if _is_chosen(kept := Selection.parse(each.args)) and not kept.simulated
        ],
        args=pairs(meant),
        stage_options=[("", _("The first one"))]
        + [(each.key, each.name) for each in definition.read(version.stages)],
        into=given.get("into", ""),
        preview=placing_many.preview(version.id, *meant.conditions()) if chosen else None,
        at_once=placing_many.AT_ONCE,
    )


def pairs(meant: Selection) -> list[tuple[str, str]]:
    """A selection as the fields of a form."""
    held = meant.args().items()
    return [
        (name, each)
        for name, value in held
        for each in (value if isinstance(value, list) else [value])
    ]


def _is_chosen(meant: Selection) -> bool:
    """Whether anybody was chosen, and not simply everybody."""
    return meant != Selection(simulated=meant.simulated)


def _published(journey_id: int) -> JourneyVersion:
    found = versions.newest(of_journey(journey_id), "published")
    if found is None:
        abort(404)
    return found


def _section(journey_id: int) -> str:
    return url_for(".show", journey_id=journey_id, _anchor="entering")


def _told(begins: "Counter[Begins]", more: int) -> str:
    """How many were put there, when it begins for them, and how many are left."""
    number = sum(begins.values())
    said = [ngettext("%(num)d person was put here.", "%(num)d people were put here.", number)]
    if Begins.NOW in begins or len(begins) > 1:
        said += [f"{count}: {when_it_begins(when)}" for when, count in begins.most_common()]
    elif begins:
        said.append(when_it_begins(next(iter(begins))))
    if more:
        said.append(_("More are left: go on."))
    return " ".join(said)
