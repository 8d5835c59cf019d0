"""Tells a connection of the user's choice (SMTP or HTTP) that a run of Rasd has failed: once per failure.

`RASD_ALERT_CONNECTION` names the connection; without it nobody is told. Only DAGs with the tag `rasd` count.
Airflow calls the listener where a run's end is noticed (the scheduler, or the API server when a person marks a run):
sending happens in a thread of its own, so that a mail server that does not answer holds up nothing.
"""

from __future__ import annotations

import logging
import sys
import threading
from typing import TYPE_CHECKING, Any

from airflow.listeners import hookimpl
from airflow.plugins_manager import AirflowPlugin

if TYPE_CHECKING:
    from airflow.models.connection import Connection
    from airflow.models.dagrun import DagRun

    from rasd.alerts import Alert, Mailbox, Webhook

_TAG = "rasd"
_log = logging.getLogger(__name__)


@hookimpl
def on_dag_run_failed(dag_run: DagRun, msg: str) -> None:
    """Airflow: a run's state has become failed."""
    from rasd import settings

    name = settings.load().alert_connection
    if name is None or _TAG not in getattr(dag_run.dag, "tags", ()):
        return
    # Nothing is asked of the database here: the run is in the scheduler's own transaction, which nobody else may end.
    threading.Thread(target=_send, args=(name, dag_run.dag_id, dag_run.run_id, msg), name="rasd-alert").start()


def _alert(dag_id: str, run_id: str, msg: str) -> Alert:
    """Say what failed and where to look."""
    import sqlalchemy as sa
    from airflow.configuration import conf
    from airflow.models.taskinstance import TaskInstance as Task
    from airflow.utils.session import create_session

    from rasd.alerts import Alert

    with create_session() as session:
        of_run = (Task.dag_id == dag_id, Task.run_id == run_id, Task.state == "failed")
        failed = sorted(set(session.scalars(sa.select(Task.task_id).where(*of_run))))
    address = f"{conf.get('api', 'base_url', fallback='').rstrip('/')}/dags/{dag_id}/runs/{run_id}"
    lines = [
        f"DAG: {dag_id}",
        f"Run: {run_id}",
        f"Failed tasks: {', '.join(failed) or 'none; ' + msg}",
        f"Logs: {address}",
        "The log of the first red task says what to do. Trigger the DAG again afterwards: it takes over what is left.",
    ]
    facts = {"dag": dag_id, "run": run_id, "tasks": ", ".join(failed), "url": address}
    return Alert(f"Rasd: a run of {dag_id} has failed", "\n".join(lines), facts)


def _send(name: str, dag_id: str, run_id: str, msg: str) -> None:
    """Tell it, or say in the log why that was not possible."""
    from airflow.models.connection import Connection

    from rasd import alerts

    try:
        alert = _alert(dag_id, run_id, msg)
        alerts.tell(destination(Connection.get_connection_from_secrets(name)), alert)
        _log.info("Told %s: %s", name, alert.title)
    except Exception as error:
        # Whoever should have been told was not; nothing else may suffer from that.
        _log.error("Could not tell %s that a run has failed: %s", name, error)


def destination(connection: Connection) -> Mailbox | Webhook:
    """Return where a connection leads.

    SMTP: host, port, login, password; extra `to` (addresses, with commas), `from_email`, and `disable_ssl` or
    `disable_tls` as Airflow's own SMTP connections have them. HTTP: schema, host, port; extra `endpoint` for the path
    and `headers`; a password is sent as a bearer's token.
    """
    from rasd.alerts import Mailbox, Webhook
    from rasd.errors import SettingError

    extra: dict[str, Any] = connection.extra_dejson
    if connection.conn_type == "smtp":
        recipients = tuple(filter(None, (a.strip() for a in str(extra.get("to", "")).split(","))))
        if not recipients:
            raise SettingError("names nobody to write to", where=connection.conn_id, do='Add {"to": "…"} to its extra.')
        plain, no_start = _is_true(extra.get("disable_ssl")), _is_true(extra.get("disable_tls"))
        return Mailbox(
            host=connection.host or "localhost",
            port=connection.port or (465 if not plain else 25 if no_start else 587),
            security="tls" if not plain else "none" if no_start else "starttls",
            sender=extra.get("from_email") or connection.login or "rasd@localhost",
            recipients=recipients,
            user=connection.login or None,
            password=connection.password,
        )
    if connection.conn_type in ("http", "https"):
        host = connection.host or ""
        base = host if "://" in host else f"{connection.schema or connection.conn_type}://{host}"
        if connection.port:
            base = f"{base}:{connection.port}"
        endpoint = str(extra.get("endpoint", ""))
        headers = {str(k): str(v) for k, v in extra.get("headers", {}).items()}
        if connection.password:
            headers["Authorization"] = f"Bearer {connection.password}"
        return Webhook(f"{base}/{endpoint.lstrip('/')}" if endpoint else base, headers)
    raise SettingError(f"is of type {connection.conn_type}, not smtp or http", where=connection.conn_id)


def _is_true(value: Any) -> bool:
    return str(value).lower() in ("true", "1", "yes")


class RasdListener(AirflowPlugin):
    """What Airflow loads."""

    name = "rasd_listener"
    listeners = [sys.modules[__name__]]  # noqa: RUF012 -- Airflow's own way to say it
