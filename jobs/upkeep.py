from wa_assistant.conversation import window
from wa_assistant.intake import reconciler
from wa_assistant.knowledge import leftovers
from wa_assistant.operations import sweeper


def sweep() -> None:
    sweeper.sweep()


def reconcile() -> None:
    reconciler.reconcile()


def watch_windows() -> None:
    window.call_before_they_close()


def tidy() -> None:
    leftovers.sweep()
