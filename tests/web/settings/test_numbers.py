"""What is typed for a setting may be a number of any size."""

import pytest

from tests.web import people
from wa_assistant.web.settings.pages import PAGES

NAMES = [(page.name, name) for page in PAGES.values() for name in page.fields]


@pytest.mark.parametrize("value", ["9" * 5000, str(2**63), "²"], ids=["long", "large", "square"])
def test_no_setting_fails_of_it(caio, value):
    for page, name in NAMES:
        address = f"/settings/{page}"
        sent = people.submit(caio, address, address, **{name: value})
        assert sent.status_code in (303, 422), f"{name}: {sent.status_code}"
