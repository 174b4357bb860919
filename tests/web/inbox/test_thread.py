"""A thread with what happened in it, and what colleagues noted."""

import re
from html import unescape

import pytest

from tests.cast import ANA, BIA, CAIO, only, participant, write
from tests.web import people
from wa_assistant.conversation import attention, takeover
from wa_assistant.models import Role, User

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def bia(app):
    return people.signed_in(app, BIA, Role.EDITOR)


def user(email):
    return only(User, User.email == email)


def text(html):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", html))).strip()


def events(page):
    return [text(each) for each in re.findall(r'<p class="event".*?</p>', page, re.DOTALL)]


def test_what_was_done_stands_where_it_was_done(app, bia):
    write(ANA, "Oi")
    ana = participant(ANA).id
    takeover.take_over(ana, user(BIA))
    write(ANA, "Tudo bem?")
    page = bia.get(f"/conversations/{ana}/thread").text
    assert page.index("Oi") < page.index("You took over") < page.index("Tudo bem?")


def test_what_happened_within_a_minute_is_one_line(app, bia):
    write(ANA, "Oi")
    ana, caio = participant(ANA).id, people.signed_in(app, CAIO, Role.OWNER)
    takeover.take_over(ana, user(BIA))
    attention.assign(ana, user(BIA), user(CAIO))
    (line,) = events(caio.get(f"/conversations/{ana}/thread").text)
    assert re.fullmatch(r"bia took over, assigned it to you, \d+:\d\d [AP]M", line)
