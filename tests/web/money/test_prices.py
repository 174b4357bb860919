"""The pages of prices: where each is from, and how an owner sets another."""

import re

import pytest

from tests.cast import rows
from tests.web import people
from wa_assistant import settings
from wa_assistant.models import AuditEntry, Price, User
from wa_assistant.models.user import Role

PORTUGUESE = {"Accept-Language": "pt-BR"}
FORM = "/money/prices/form?kind=tokens&name=gpt-6-luna"
LUNA = {"kind": "tokens", "name": "gpt-6-luna", "amount": "0,2", "output": "1", "valid_from": ""}

pytestmark = pytest.mark.usefixtures("context")


def save(client, page=FORM, **fields):
    return people.submit(client, page, "/money/prices", **{**LUNA, **fields})


def words(page) -> str:
    """What is read of a page, in single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).replace("\xa0", " ").split())


def line(page, name) -> str:
    """What is read of the table's row that `name` begins."""
    row = re.search(rf"<tr>\s*<th[^>]*>\s*<a[^>]*>{re.escape(name)}.*?</tr>", page.text, re.DOTALL)
    assert row
    return " ".join(re.sub(r"<[^>]+>", " ", row[0]).replace("\xa0", " ").split())


def test_each_price_is_shown_with_its_source_its_day_and_how_sure_it_is(caio):
    page = caio.get("/money/prices")
    luna = "gpt-6-luna in use US$ 0.10 US$ 0.01 US$ 0.125 US$ 0.50 Our list, 9/22/26 (sure)"
    assert line(page, "gpt-6-luna") == luna
    assert "(unsure: compare with your bill)" in line(page, "gpt-5.4-nano")
    assert "Until you set the rate of the dollar" in page.text
    assert "No price is known" not in page.text
    portuguese = caio.get("/money/prices", headers=PORTUGUESE)
    assert "US$ 0,125" in line(portuguese, "gpt-6-luna")
    assert "Brasil" in portuguese.text


@pytest.mark.environment(OPENAI_MODEL="llama-4-of-our-own")
def test_a_model_in_use_whose_price_is_unknown_is_said_so_and_not_zero(caio):
    page = caio.get("/money/prices")
    assert "No price is known for llama-4-of-our-own." in page.text
    assert line(page, "llama-4-of-our-own").count("unknown") == 5
    assert "US$" not in line(page, "llama-4-of-our-own")


def test_with_a_rate_each_price_is_shown_in_the_teams_own_currency_too(caio):
    assert "R$ 5,43" not in words(caio.get("/money/prices", headers=PORTUGUESE))
    rate = {"currency": "BRL", "rate": "5.43", "day": "2026-11-27"}
    owner = rows(User, User.role == Role.OWNER)[0]
    settings.change({"exchange": rate}, settings.marks(settings.current()), owner)
    page = caio.get("/money/prices", headers=PORTUGUESE)
    assert "Um dólar vale R$ 5,43, em 27/11/2026." in words(page)
    assert "US$ 0,50 R$ 2,72" in line(page, "gpt-6-luna")


def test_an_owner_sets_a_price_with_a_comma_and_sees_at_once_what_counts(caio):
    response = save(caio, valid_from="2024-11-15", cached="0,02")
    assert response.location == "/money/prices"
    page = caio.get("/money/prices")
    assert "What was counted before stays as it was counted." in page.text
    told = line(page, "gpt-6-luna")
    assert told == "gpt-6-luna in use US$ 0.20 US$ 0.02 US$ 0.20 US$ 1.00 caio, since 11/15/24"
    assert [entry.subject for entry in rows(AuditEntry, AuditEntry.action == "added")] == ["price"]


def test_a_price_to_come_is_shown_beside_the_one_of_today(caio):
    save(caio, valid_from="2090-01-01")
    assert "counts from its day on" in caio.get("/money/prices").text
    told = line(caio.get("/money/prices"), "gpt-6-luna")
    assert "Our list" in told
    assert "from 1/1/90 on: US$ 0.20 / US$ 1.00" in told


def test_what_is_wrong_is_said_at_its_field_and_the_rest_is_still_there(caio):
    refused = save(caio, amount="-1", output="muito", valid_from="")
    assert refused.status_code == 422
    assert "A price is zero or more." in refused.text
    assert "Write a number like 0.25 or 0,25." in refused.text
    assert "Say of which day this is." in refused.text
    assert 'value="muito"' in refused.text
    assert rows(Price) == []


def test_an_absurd_price_asks_whether_the_comma_is_right(caio):
    refused = save(caio, amount="125000", valid_from="2024-11-15")
    assert "more than US$ 1000. Is the comma in the right place?" in refused.text


def test_the_form_begins_with_what_counts_today_in_the_readers_own_writing(caio):
    page = caio.get(FORM, headers=PORTUGUESE)
    assert re.search(r'id="written"[^>]*value="0,125"', page.text, re.DOTALL)
    assert save(caio, amount="0,1", cached="0,01", written="0,125", valid_from="2024-11-30")


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("kind=message&name=service&country=BR", 'value="0.0068"'),
        ("kind=fee&name=failed", 'value="0.001"'),
        ("kind=allowance&name=service", 'value="1000"'),
        ("kind=transcription&name=gpt-transcribe", 'value="0.0045"'),
        ("kind=embedding&name=nobody-knows-it", 'name="amount"'),
        ("kind=message", "all other countries"),
    ],
)
def test_every_kind_has_its_form(caio, address, shown):
    assert shown in caio.get(f"/money/prices/form?{address}").text


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (
            {"kind": "message", "name": "marketing", "country": "PT", "amount": "0.0592"},
            "US$ 0.0592",
        ),
        ({"kind": "fee", "name": "inbound", "amount": "0"}, "US$ 0.00"),
        ({"kind": "allowance", "name": "service", "amount": "2000"}, "2,000 free"),
        ({"kind": "embedding", "name": "bge-m3", "amount": "0.01"}, "bge-m3 US$ 0.01"),
    ],
)
def test_a_price_of_every_kind_is_shown_where_it_belongs(caio, fields, told):
    kept = {**fields, "valid_from": "2024-11-15", "output": ""}
    assert save(caio, **kept).status_code == 303
    assert told in words(caio.get("/money/prices"))


def test_of_no_kind_there_is_no_form(caio):
    assert caio.get("/money/prices/form?kind=rent").status_code == 404
    assert caio.get("/money/prices/form").status_code == 404
    assert save(caio, kind="rent").status_code == 404


def test_a_price_is_taken_back_and_its_history_stays(caio):
    save(caio, valid_from="2024-11-15")
    id_ = rows(Price)[0].id
    assert f"/money/prices/{id_}/withdrawal" in caio.get(FORM).text
    response = people.submit(caio, FORM, f"/money/prices/{id_}/withdrawal")
    assert response.location == "/money/prices/form?kind=tokens&name=gpt-6-luna"
    page = caio.get(FORM)
    assert "The price is taken back." in page.text
    assert "taken back: our list counts again" in page.text
    assert "input US$ 0.20" in words(page)
    assert "/withdrawal" not in page.text
    assert "Our list" in line(caio.get("/money/prices"), "gpt-6-luna")
    assert people.submit(caio, FORM, "/money/prices/999/withdrawal").status_code == 404


def test_what_is_not_known_of_a_country_leads_to_its_form(caio):
    fields = {"kind": "message", "name": "service", "country": "PT", "amount": "0.0171"}
    save(caio, **fields, valid_from="2024-11-15")
    page = caio.get("/money/prices")
    assert 'href="/money/prices/form?kind=message&amp;name=marketing&amp;country=PT"' in page.text
    assert "Portugal US$ 0.0171 Free text, Portugal unknown Utility, Portugal" in words(page)


def test_what_is_not_seen_is_in_no_name(caio):
    """And no database is asked for what it cannot hold."""
    save(caio, page=f"{FORM}%00", name="lla\x00ma\u202e of  ours", valid_from="2026-01-01")
    assert [each.name for each in rows(Price)] == ["llama of ours"]
    assert caio.get("/money/prices/form?kind=tokens&name=%00&server=%00").status_code == 200


def test_what_is_not_on_the_list_is_said_to_be_the_dearest(caio):
    page = words(caio.get("/money/prices"))
    assert "A country that is not here counts as the dearest." in page
    assert "more than 272,000 tokens, input counts twice" in page
