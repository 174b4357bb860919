from wa_assistant.messaging import reconciler
from wa_assistant.operations import sweeper


def sweep() -> None:
    sweeper.sweep()


def reconcile() -> None:
    reconciler.reconcile()
