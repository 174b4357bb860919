"""Every state a page may show has its words."""

import pytest

from wa_assistant.models import Attention, Author, Role, Status
from wa_assistant.web import words


@pytest.mark.parametrize(
    ("states", "table"),
    [
        (Attention, words.ATTENTION),
        (Author, words.AUTHORS),
        (Role, words.ROLES),
        (Status, words.STATUSES),
    ],
)
def test_every_state_has_its_words(states, table):
    assert set(table) == set(states)
