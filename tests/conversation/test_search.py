"""The search in the list of conversations: by a name, or by a number however it is typed."""

from typing import Any

import pytest
from sqlalchemy import delete, select

from tests.cast import ANA, BIA, BRUNO, known, only, write
from wa_assistant.conversation import reading, search
from wa_assistant.database import db, transaction
from wa_assistant.models import Message, Participant, Role, User

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture(autouse=True)
def team(context: None) -> None:
    with transaction():
        db.session.add(User(email=BIA, name="Bia", role=Role.EDITOR))


def addresses(**options: Any) -> list[str]:
    found = reading.listing(only(User), **options)
    return [each.address for each in found.participants]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ana", [ANA]),
        ("  BEATRIZ ", [ANA]),
        ("(11) 98765-4321", [ANA]),
        ("4155", [BRUNO]),
        ("+55 11 98765-4321", [ANA]),
        ("55 (11) 98765‑4321", [ANA]),
        ("\u202a+55 11 98765\u00a04321\u202c", [ANA]),
        ("0 11 98765 4321", [ANA]),
        ("00 55 11 98765.4321", [ANA]),
        ("+٥٥ ١١ ٩٨٧٦٥", [ANA]),
        ("0001", []),
        ("%", []),
        ("_", []),
        ("\\", []),
        ("\x00", [BRUNO, ANA]),
        ("x1", []),
        ("nobody", []),
        ("'; DROP TABLE participants; --", []),
    ],
)
def test_people_are_found_by_name_and_number(words, found):
    write(ANA, ProfileName="Ana Beatriz")
    write(BRUNO, ProfileName="Bruno")
    assert addresses(search=words) == found


@pytest.mark.parametrize(
    "words",
    [
        "11 98765-4321",
        "11 8765-4321",
        "(0xx11) 98765-4321",
        "015 11 98765-4321",
        "98765-4321",
        "8765-4321",
        "+55 11 98765-4321",
        "551187654321",
        "wa.me/5511987654321",
    ],
)
@pytest.mark.parametrize("address", [ANA, "whatsapp:+551187654321"])
def test_a_number_is_found_however_it_is_typed_and_known(words, address):
    write(address, ProfileName="Ana")
    write(BRUNO, ProfileName="Bruno")
    assert addresses(search=words) == [address]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("João", "joao"),
        ("João", "JOÃO"),
        ("Joa\u0303o", "joão"),
        ("joao", "João"),
        ("érica", "ÉRICA"),
        ("ERICA", "éri"),
        ("Conceição  Araújo", "conceicao araujo"),
        ("Łukasz Sørensen", "lukasz sorensen"),
        ("STRASSE", "straße"),
        ("İpek", "ipek"),
        ("ΟΔΥΣΣΕΥΣ", "οδυσσεύς"),
        ("ЁЛКА", "ёлка"),
        ("\u200fAna\u200d", "ana"),
        ("100% Açaí", "0% a"),
        ("👩🏽‍🏫 Profª", "👩🏽‍🏫 prof"),
    ],
)
def test_a_name_is_found_in_either_case_with_or_without_its_accents(name, words):
    write(ANA, ProfileName=name)
    write(BRUNO, ProfileName="Xyz")
    assert addresses(search=words) == [ANA]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("João Ícaro Müller", "joao muller"),
        ("João Ícaro Müller", "Müller, João"),
        ("João Ícaro Müller", "jo mu"),
        ("João Ícaro Müller", "muller j"),
        ("Ana Beatriz de Souza", "ana souza"),
        ("Ana Beatriz de Souza", "ana de souza"),
        ("Ana-Beatriz D'Ávila", "ana beatriz avila"),
        ("Ana Beatriz", "ana-beatriz"),
        ("Ana Beatriz (mãe do Caio)", "ana mae"),
        ("Conceição Araújo", "arau conc"),
        ("Łukasz Jan Sørensen", "sorensen lukasz"),
        ("Ана Мария Ёлкина", "елкина ана"),
    ],
)
@pytest.mark.usefixtures("fit")
def test_words_of_a_name_may_stand_apart_and_in_any_order(name, words):
    write(ANA, ProfileName=name)
    write(BRUNO, ProfileName="João Icaro Ana")
    assert addresses(search=words) == [ANA]


@pytest.mark.parametrize("words", ["joao bruno", "muller x", "joao icaro muller neto", "jo ar"])
def test_each_word_is_of_the_name(words):
    write(ANA, ProfileName="João Ícaro Müller")
    write(BRUNO, ProfileName="Bruno")
    assert addresses(search=words) == []


def test_a_name_and_the_end_of_a_number_are_of_one_person():
    write(ANA, ProfileName="Ana")
    write(BRUNO, ProfileName="Ana")
    assert addresses(search="ana 4321") == [ANA]


@pytest.fixture(params=["few", "many"])
def fit(request, monkeypatch):
    """Whether the index gives who fits, or the list looks at each of those who may."""
    if request.param == "many":
        monkeypatch.setattr(search, "MANY", 0)


@pytest.mark.usefixtures("fit")
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("a", [ANA]),
        ("be", [ANA]),
        ("na", []),
        ("nab", []),
        ("ana b", [ANA]),
        ('a "b', []),
        ("1", [BRUNO, ANA]),
        ("11", [ANA]),
        ("55", [ANA]),
        ("54321", [ANA]),
        ("11 98765-4321", [ANA]),
    ],
)
def test_one_or_two_signs_begin_a_word_or_a_number(words, found):
    write(ANA, ProfileName="Ana Beatriz")
    write(BRUNO, ProfileName="Bruno")
    assert addresses(search=words) == found


def test_who_is_not_there_any_more_is_not_found():
    write(ANA, ProfileName="Ana")
    with transaction():
        db.session.execute(delete(Message))
        db.session.execute(delete(Participant))
    write(BRUNO, ProfileName="Bruno")
    assert addresses(search="ana") == []
    assert search.condition("ana") is not None


def test_who_is_passed_a_number_on_is_found_by_it():
    known(ANA)
    with transaction():
        db.session.scalars(select(Participant)).one().phone = "+5521987654321"
    assert (addresses(search="1198765"), addresses(search="2198765")) == ([], [ANA])


def test_who_changes_their_name_is_found_by_the_new_one():
    write(ANA, ProfileName="Ana Müller")
    write(ANA, ProfileName="Ana Brandão")
    assert (addresses(search="muller"), addresses(search="brandao")) == ([], [ANA])


@pytest.mark.parametrize("named", ["BR.1811402266903147", "whatsapp:BR.1811402266903147"])
@pytest.mark.parametrize("prefix", ["", "whatsapp:"])
def test_who_is_known_by_a_bsuid_is_found_by_it(named, prefix):
    write(ANA, ExternalUserId=named)
    write(BRUNO, ExternalUserId="whatsapp:BR.1811402266903148")
    assert addresses(search=f"{prefix}br.1811402266903147") == [ANA]
    assert addresses(search="BR.18114022669031") == []
