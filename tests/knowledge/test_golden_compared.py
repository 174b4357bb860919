"""Results of the golden set are compared where the same model found them."""

import pytest

from tests.cast import acting
from wa_assistant.knowledge import golden
from wa_assistant.models import Measurement

from . import stock

EVA = "eva@example.com"
pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def measure(work):
    def measured() -> Measurement:
        assert golden.request(acting(EVA))
        work()
        last, _ = golden.results()
        assert last
        return last

    return measured


def test_only_what_the_same_model_found_is_compared(openai, measure):
    stock.document("padaria.txt", "A padaria abre às seis.")
    stock.document("bolos.txt", "Temos bolo de milho.")
    golden.add(acting(EVA), "A padaria abre?", "padaria.txt")
    golden.add(acting(EVA), "Tem bolo?", "bolos.txt")
    first = measure()
    assert first.found_by == "text-embedding-3-small"
    openai.fail_next(1, status=400)
    assert measure().found_by is None
    assert golden.results()[1] is None
    assert measure().found_by == first.found_by
    before = golden.results()[1]
    assert before
    assert before.id == first.id
    openai.fail_next(1, status=503)
    assert measure().found_by == ""
    assert golden.results()[1] is None
    assert {each.rank_before for each in golden.everything()} == {None}
