"""Faults of our own, while webhooks are understood."""

import pytest

from wa_assistant.intake import inbound as inbound_module


@pytest.fixture
def fault(monkeypatch):
    """A fault of ours that shows only after the message is stored."""
    receive = inbound_module.receive

    def receive_and_fail(form, **how):
        receive(form, **how)
        raise LookupError("what nobody thought of")

    with monkeypatch.context() as patch:
        patch.setattr(inbound_module, "receive", receive_and_fail)
        yield patch
