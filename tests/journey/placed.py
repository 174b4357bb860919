"""Two journeys, of which newcomers enter the first, and where somebody is in them."""

from tests.cast import ANA, outbound, participant
from wa_assistant.journey.definition import Stage
from wa_assistant.models import Status

HELLO = Stage("hello", "Hello", "Say hello.", "Bem-vinda ao evento!")
MORE = Stage("more", "More", "Say more.", "Tem mais.")


def words() -> list[str]:
    """What was said, or is about to be."""
    return [each.body for each in outbound() if each.status != Status.CANCELLED]


def where(address: str = ANA) -> tuple[int | None, str | None, str | None]:
    """In which version, in which stage, and which comes next."""
    who = participant(address)
    return who.journey_version_id, who.stage, who.next_stage
