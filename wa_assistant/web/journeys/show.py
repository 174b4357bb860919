"""A journey's page: its versions, who enters it, and who stands where."""

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from ...accounts.authority import Act
from ...conversation import outbox
from ...journey import counting, keywords, progress, versions
from ...models.participant import number_in
from .. import access
from . import standing
from .views import blueprint, of_journey


@blueprint.get("/<id:journey_id>")
@access.may(Act.READ_JOURNEYS)
def show(journey_id: int) -> ResponseReturnValue:
    return page(journey_id)


def page(journey_id: int, wrong: dict[str, str] | None = None) -> str:
    """`wrong`: the keyword that was refused, and why."""
    found = of_journey(journey_id)
    published = versions.newest(found, "published")
    counts = {each.id: counting.standing(each.id, real=True) for each in found}
    number = number_in(current_app.config["TWILIO_WHATSAPP_NUMBER"] or "") or ""
    words, entered = keywords.of(journey_id), progress.entered()
    return render_template(
        "journeys/show.html",
        journey=found[0].journey,
        versions=found,
        published=published,
        draft=versions.newest(found, "draft"),
        standing=counts,
        entered=entered,
        is_entered=bool(words) or journey_id in entered,
        parked=outbox.parked([each.id for each in found]),
        most_counted=outbox.MOST_COUNTED,
        places=standing.places(found, published, counts),
        number=number,
        keywords=[(each, keywords.link(number, each.word) if number else "") for each in words],
        wrong=wrong or {},
    )
