"""The overview's figures, and the lists that they lead to."""

import html
import random
import re
from datetime import timedelta

import pytest
from flask_babel import force_locale

from tests.cast import ANA, BRUNO, known, say, write
from tests.insight import history
from wa_assistant.conversation import attention
from wa_assistant.database import db, transaction, utcnow
from wa_assistant.insight import overview, rollup
from wa_assistant.insight.figures import Figure
from wa_assistant.insight.times import Range
from wa_assistant.journey import starters
from wa_assistant.models import Attention, Participant

pytestmark = pytest.mark.usefixtures("context")
LINK = re.compile(r'href="(/overview/[^"]+)"[^>]*>(.*?)</a>', re.DOTALL)
ROW = re.compile(r"<tr>\s*<th scope=\"row\">")


def words(page) -> str:
    """What is read of a page, in single spaces."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.text)).replace("\xa0", " ").split())


@pytest.fixture
def said():
    """A few real participants and what was said to them, in ten days."""
    rng, until = random.Random("page"), utcnow()
    who = history.people(8, until - timedelta(days=10), until, rng)
    history.say(who, 160, until - timedelta(days=10), until, rng)
    rollup.roll_up()
    return who


@pytest.mark.parametrize("range_", Range)
def test_each_number_leads_to_as_many_rows(davi, said, range_):
    page = davi.get(f"/?range={range_}").text
    found = LINK.findall(page)
    numbers = [(html.unescape(link), int(text)) for link, text in found if text.strip().isdecimal()]
    assert len(numbers) > 7
    for link, number in numbers:
        assert listed(davi, link) == number, link


def listed(client, link: str) -> int:
    """So many rows stand in the list, on all its pages."""
    number = 0
    while link:
        page = client.get(link)
        assert page.status_code == 200
        number += len(ROW.findall(page.text))
        following = re.search(r'<a[^>]*href="([^"]+)"[^>]*rel="next"', page.text)
        link = html.unescape(following[1]) if following else ""
    return number


def test_where_nobody_has_written_one_sentence_says_so_and_nothing_is_drawn(davi):
    page = davi.get("/")
    assert "Nobody waits for the team" in page.text
    assert ">Who is simulated does not count.</p>" in page.text
    assert "No participant has written yet" in words(page)
    assert 'class="chart"' not in page.text


@pytest.mark.parametrize(
    "query",
    [
        "range=1h",
        "range=",
        f"range=7d&until={2**60}",
        "until=x",
        "until=-5",
        f"until={9**40}",
    ],
)
def test_of_a_range_that_is_none_the_usual_one_is_told(davi, said, query):
    assert davi.get(f"/?{query}").status_code == 200
    page = davi.get(f"/overview/messages-in?{query}&part=%00&before=x")
    assert page.status_code == 200
    assert listed(davi, f"/overview/messages-in?{query}") > 0


def test_there_is_no_list_of_what_is_no_figure(davi):
    assert davi.get("/overview/nothing").status_code == 404
    assert davi.get("/overview/cost").status_code == 404
    for part in ("0", "7:", "x", "1:nowhere", "1:goal:left:more", "é"):
        assert davi.get(f"/overview/stages?part={part}").status_code == 200


def test_only_who_may_see_money_sees_what_models_cost(davi, caio, said):
    assert "Cost of models" in caio.get("/").text
    assert "Cost of models" not in davi.get("/").text


def test_of_few_no_percentage_is_told(davi):
    for who in (ANA, BRUNO):
        write(who)
    page = words(davi.get("/"))
    assert "0 of 2" in page
    assert "%" not in page


def test_who_waits_is_there_at_once_and_live(davi):
    who = known(ANA)
    davi.get("/")
    with transaction():
        row = db.session.get_one(Participant, who)
        attention.call(row, Attention.ASKED_FOR_A_PERSON)
        row.attention_at = utcnow() - timedelta(minutes=42)
    assert "1 person waits for the team" in words(davi.get("/"))
    assert "42 min" in words(davi.get("/waiting"))
    assert listed(davi, "/overview/waiting") == 1


def test_a_journey_tells_how_far_those_came_who_began_it(davi):
    starters.install()
    write(ANA)
    say(ANA, "Oi")
    page = words(davi.get("/"))
    assert "1 began" in page or "Nobody began a journey" in page
    assert overview.stages(Range.DAY).as_of <= utcnow()


def test_each_figure_says_what_it_is(caio, said):
    page = words(caio.get("/"))
    with force_locale("en"):
        untold = [figure for figure in Figure if str(figure.sentence) not in page]
    assert untold == [Figure.STAGES]  # beside a journey that somebody began
