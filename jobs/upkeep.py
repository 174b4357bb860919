from wa_assistant.audit.chain import chain as chain_audit
from wa_assistant.audit.verify import go_on as verify_audit
from wa_assistant.conversation.by_itself import keep_statuses
from wa_assistant.conversation.full_text.catching_up import catch_up as index_said
from wa_assistant.conversation.full_text.catching_up import purge as purge_said
from wa_assistant.conversation.window import call_before_they_close as watch_windows
from wa_assistant.insight.alerts.heartbeat import beat
from wa_assistant.insight.alerts.standing import measure as measure_alerts
from wa_assistant.insight.alerts.standing import watch as watch_alerts
from wa_assistant.insight.rollup import roll_up as count
from wa_assistant.intake.reconciler import reconcile
from wa_assistant.knowledge.leftovers import sweep as tidy
from wa_assistant.media.leftovers import sweep as tidy_files
from wa_assistant.money.restored import watch as watch_money
from wa_assistant.operations.importing.verbs import tidy as forget_imports
from wa_assistant.operations.outside import ask as ask_outside
from wa_assistant.operations.outside import ask_certificate
from wa_assistant.operations.probe import begin as probe
from wa_assistant.operations.sweeper import sweep
from wa_assistant.operations.timetable import keep as note_runs

__all__ = [
    "ask_certificate",
    "ask_outside",
    "beat",
    "chain_audit",
    "count",
    "forget_imports",
    "index_said",
    "keep_statuses",
    "measure_alerts",
    "note_runs",
    "probe",
    "purge_said",
    "reconcile",
    "sweep",
    "tidy",
    "tidy_files",
    "verify_audit",
    "watch_alerts",
    "watch_money",
    "watch_windows",
]
