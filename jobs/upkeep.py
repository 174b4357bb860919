from wa_assistant.conversation.window import call_before_they_close as watch_windows
from wa_assistant.intake.reconciler import reconcile
from wa_assistant.knowledge.leftovers import sweep as tidy
from wa_assistant.money.restored import watch as watch_money
from wa_assistant.operations.sweeper import sweep

__all__ = ["reconcile", "sweep", "tidy", "watch_money", "watch_windows"]
