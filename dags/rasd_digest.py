"""
### The digest of a day: what watches found, trends, outlets, the books

**For:** the desk, every morning; by hand for any day. **Reads** `core`, `report` and `ops`; **writes** one HTML file
into `RASD_DIGEST` (a folder or an object store), and notes in `ops` what it told. It goes by mail to `RASD_DIGEST_TO`
and to the recipients of watches, where Airflow has a connection `rasd_smtp` (type smtp); without, it is only written.

**Safe to clear, rerun, trigger twice:** yes. What a digest told, no other one tells; made again, it tells the same. A
mail that the server took is not sent again.

**When it fails:** the log says why. If *send* is red, the mail server did not take a mail: see the connection
`rasd_smtp`, then clear the task; those who have theirs get no second one. An address that the
server refuses stops nobody else's mail; correct it in the watch or in `RASD_DIGEST_TO`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pendulum
from airflow.sdk import CronTriggerTimetable, Param, dag, task
from airflow.sdk.exceptions import AirflowSkipException
from rasd_wiring import DEFAULT_ARGS, TAGS, storage, warehouse

SMTP_CONNECTION = "rasd_smtp"


@dag(
    dag_id="rasd_digest",
    doc_md=__doc__,
    schedule=CronTriggerTimetable("0 4 * * *", timezone="UTC"),
    start_date=pendulum.datetime(2026, 1, 1, tz="UTC"),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=2),
    default_args=DEFAULT_ARGS,
    tags=[*TAGS, "digest"],
    params={
        "day": Param(
            None,
            type=["null", "string"],
            format="date",
            title="Day",
            description="The day that the digest is about. Empty: the day before the run.",
        ),
        "send": Param(True, type="boolean", title="Send it", description="By mail, where there is a mail server."),
    },
)
def rasd_digest() -> None:
    """Wire the two steps: make, send."""

    @task
    def make(params: dict[str, Any], logical_date: Any = None) -> str:
        from datetime import date

        from rasd import settings
        from rasd.publishing import digest

        started = logical_date or pendulum.now("UTC")
        day = date.fromisoformat(params["day"]) if params["day"] else started.subtract(days=1).date()
        digest.require_begun(day)
        made = digest.make(warehouse(), day, settings.load().digest, storage=storage)
        print(made.uri)
        return str(day)

    @task
    def send(day: str, params: dict[str, Any]) -> int:
        import smtplib
        from datetime import date

        from airflow.providers.smtp.hooks.smtp import SmtpHook
        from airflow.sdk import BaseHook
        from airflow.sdk.exceptions import AirflowNotFoundException

        from rasd import settings
        from rasd.errors import TransientError
        from rasd.publishing import digest

        if not params["send"]:
            raise AirflowSkipException("Asked not to send it.")
        try:
            BaseHook.get_connection(SMTP_CONNECTION)
        except AirflowNotFoundException:
            raise AirflowSkipException(
                f"There is no connection {SMTP_CONNECTION}: the digest is only written."
            ) from None
        setting = settings.load()
        # Made again: the same hits, and nothing of a page passes between tasks.
        made = digest.make(warehouse(), date.fromisoformat(day), setting.digest, to=setting.digest_to, storage=storage)
        with SmtpHook(smtp_conn_id=SMTP_CONNECTION) as hook:

            def deliver(mail: digest.Mail) -> None:
                try:
                    hook.get_conn()
                    _deliver(hook, mail)
                except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as error:
                    raise digest.MailRefusedError(
                        f"the mail server refused a mail: {error}", where=mail.recipient
                    ) from error
                except OSError as error:  # smtplib's errors are OSErrors
                    raise TransientError(
                        f"the mail server did not take a mail: {error}", where=mail.recipient
                    ) from error

            return digest.send(warehouse(), date.fromisoformat(day), made.mails, deliver)

    send(make())


def _deliver(hook: Any, mail: Any) -> None:
    """Hand one mail to Airflow's hook, which wants attachments as files."""
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / mail.attachment_name
        path.write_bytes(mail.attachment)
        hook.send_email_smtp(
            to=mail.recipient,
            subject=mail.subject,
            html_content=mail.html,
            files=[str(path)],
            custom_headers={"Message-ID": mail.message_id},
        )


rasd_digest()
