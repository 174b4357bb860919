"""Which copy of the product this is, on every page of one that is not production's."""

import pytest

from tests.cast import ANA, known

STAGING = pytest.mark.environment(APP_ENV="staging")


@STAGING
@pytest.mark.parametrize("path", ["/", "/preferences", "/conversations", "/nothing", "/privacy"])
def test_a_page_says_so_and_so_does_its_title(bia, path):
    page = bia.get(path).text
    assert "<title>[staging] " in page
    assert "<strong>staging</strong>: this is not production." in page


@STAGING
def test_so_does_the_page_of_who_is_not_signed_in_and_in_portuguese(client):
    page = client.get("/sign-in", headers={"Accept-Language": "pt-BR"}).text
    assert "<strong>staging</strong>: este não é o ambiente de produção." in page


@STAGING
@pytest.mark.usefixtures("context")
def test_a_conversation_that_is_opened_beside_the_list_keeps_the_title(bia):
    opened = bia.get(f"/conversations/{known(ANA)}", headers={"HX-Request": "true"}).text
    assert opened.startswith("<title>[staging] ")


def test_production_says_nothing(bia):
    page = bia.get("/preferences").text
    assert "<title>Preferences · WhatsApp assistant</title>" in page
    assert 'class="environment"' not in page
