"""The webhook log from a shell: `flask --app wsgi webhooks ...`."""

import click
from flask.cli import AppGroup

from ..intake import not_ours, webhook_log

webhooks = AppGroup("webhooks", help="The log of what Twilio sent.")


@webhooks.command("unprocessed")
def unprocessed() -> None:
    """List webhooks that wait or are dead letters, oldest first."""
    for webhook in webhook_log.unprocessed(limit=200):
        error = (webhook.error or "").strip().rpartition("\n")[2]
        click.echo(
            f"{webhook.id}\t{webhook.received_at:%Y-%m-%d %H:%M:%S}Z\t{webhook.kind}"
            f"\t{'dead letter' if webhook.dead_at else webhook.state}"
            f"\t{webhook.faults} faults\t{error}"
        )


@webhooks.command("replay")
@click.argument("webhook_id", type=int)
def replay(webhook_id: int) -> None:
    """Process webhook WEBHOOK_ID once more."""
    if not not_ours.replay(webhook_id, webhook_log.process):
        raise click.ClickException(f"Webhook {webhook_id} was not processed; see `unprocessed`.")
    click.echo(f"Webhook {webhook_id} is processed.")
