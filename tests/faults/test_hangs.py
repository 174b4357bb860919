"""A thread of the engine hangs: it says where, and the next engine answers who waited."""

import pytest

from tests.path.whole import whole

from .justice import assert_settled_once_and_in_order, bodies
from .killer import HANGS
from .trouble import ENDLESS

ANA, BIA = "whatsapp:+5511940000001", "whatsapp:+5511940000002"

pytestmark = [pytest.mark.long, pytest.mark.timeout(180)]


def test_an_engine_that_hangs_starts_anew_and_loses_and_doubles_nothing(directory):
    with whole(directory / "data", HANG_SECONDS="5") as stack:
        stack.openai.plan(1, ENDLESS)
        stack.write(ANA, "Oi")
        stack.product.await_said(f"{HANGS}: jobs.reply.answer\n")
        stack.write(BIA, "Olá")
        for each in (ANA, BIA):
            stack.await_answer(each)
        assert_settled_once_and_in_order(stack)
        assert bodies(stack, ANA) == ["You wrote: Oi"]
        assert bodies(stack, BIA) == ["You wrote: Olá"]
