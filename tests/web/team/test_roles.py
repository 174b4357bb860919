"""The page about roles says what each may do, to everybody."""

import html
import re

import pytest

from wa_assistant.accounts.authority import Act
from wa_assistant.models import Role

PAGE = "/team/roles"


def parts(page: str) -> dict[str, str]:
    """What stands under each role, by its id."""
    found = re.findall(r'<section class="section" id="(\w+)".*?>(.*?)</section>', page, re.DOTALL)
    return {role: html.unescape(words) for role, words in found}


def test_each_act_stands_under_the_least_role_that_may_do_it(davi):
    under = parts(davi.get(PAGE).text)
    for act in Act:
        assert [role for role in under if str(act.sentence) in under[role]] == [act.least]


@pytest.mark.parametrize("role", Role)
def test_one_sees_which_role_is_one_s_own(sign_in, role):
    under = parts(sign_in("eva@example.com", role).get(PAGE).text)
    assert [each for each in under if "Your role" in under[each]] == [role]


def test_the_page_is_portuguese_to_who_reads_that(davi):
    said = davi.get(PAGE, headers={"Accept-Language": "pt-BR"}).text
    assert "Editores" in said
    assert "Publicar um rascunho" in said
    assert not [act for act in Act if html.escape(str(act.sentence), quote=False) in said]


@pytest.mark.parametrize("page", ["/preferences", "/simulator"])
def test_one_finds_it_beside_one_s_own_role_and_where_a_door_is_closed(davi, page):
    assert f'href="{PAGE}"' in davi.get(page).text
