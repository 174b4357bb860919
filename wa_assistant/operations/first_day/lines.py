"""What a new team has to do, in its order: a line each. A later ability adds its own here."""

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from ...accounts.authority import Act
from .facts import Facts


@dataclass(frozen=True)
class Line:
    """`place` is the page on which `act` is done, as an endpoint, and `part` an id on it.

    `urges`: whether it is worse to leave it than the sentence lets on.
    """

    key: str
    title: LazyString
    sentence: LazyString
    act: Act
    place: str
    is_done: Callable[[Facts], bool]
    part: str | None = None
    required: bool = True
    urges: Callable[[Facts], bool] = lambda facts: False


LINES = (
    Line(
        "try",
        _l("Try it in the simulator"),
        _l("Write as somebody who does not exist, and see what is answered."),
        Act.USE_SIMULATOR,
        "simulator.index",
        lambda facts: facts.tried,
    ),
    Line(
        "company",
        _l("Say what your company is called"),
        _l("The assistant answers in its name."),
        Act.CHANGE_SETTINGS,
        "settings.company",
        lambda facts: bool(facts.settings.company),
        part="company",
    ),
    Line(
        "documents",
        _l("Add documents"),
        _l("Prices, opening hours, what people ask: the assistant answers from them."),
        Act.CHANGE_DOCUMENTS,
        "knowledge.index",
        lambda facts: facts.documents,
    ),
    Line(
        "privacy",
        _l("Name who answers for privacy"),
        _l("Participants are told whom they can ask about their data."),
        Act.CHANGE_SETTINGS,
        "settings.privacy",
        lambda facts: bool(facts.settings.privacy_contact),
        part="privacy_contact",
    ),
    Line(
        "cap",
        _l("Cap what may be spent"),
        _l("Without a cap nothing stops the bill of a busy day."),
        Act.SET_LIMITS,
        "limits.index",
        lambda facts: facts.capped,
        part="change",
        urges=lambda facts: facts.model,
    ),
    Line(
        "whatsapp",
        _l("Connect WhatsApp"),
        _l("Until then only the simulator writes and is answered."),
        Act.CHANGE_SETTINGS,
        "settings.connections",
        lambda facts: facts.whatsapp,
        part="twilio-head",
    ),
    Line(
        "model",
        _l("Connect a model"),
        _l("Without one the documents' own words are quoted, and the rest waits for a person."),
        Act.CHANGE_SETTINGS,
        "settings.connections",
        lambda facts: facts.model,
        part="model-head",
        required=False,
    ),
    Line(
        "team",
        _l("Let others sign in"),
        _l("Colleagues come in by a link, or with GitHub."),
        Act.MANAGE_TEAM,
        "invitations.form",
        lambda facts: facts.team or facts.github,
        required=False,
    ),
    Line(
        "hours",
        _l("Say when your team is there"),
        _l("Monday to Friday from 9 to 18 h, until you say otherwise."),
        Act.CHANGE_SETTINGS,
        "settings.hours",
        lambda facts: facts.has_hours,
        required=False,
    ),
)
