"""Every state a page may show has its words."""

import pytest

from wa_assistant.models import Attention, Author, Role, Status
from wa_assistant.web.shell import labels


@pytest.mark.parametrize(
    ("states", "table"),
    [
        (Attention, labels.ATTENTION),
        (Author, labels.AUTHORS),
        (Role, labels.ROLES),
        (Status, labels.STATUSES),
    ],
)
def test_every_state_has_its_words(states, table):
    assert set(table) == set(states)
