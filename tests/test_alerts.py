"""Telling a person: real servers on this machine take the mail and the message."""

from __future__ import annotations

import json

import pytest

from rasd.alerts import Alert, Mailbox, Webhook, tell
from rasd.errors import SettingError, TransientError
from receivers import free_port, mail_server, webhook

ALERT = Alert("Rasd: a run has failed", "DAG: rasd_ingest\nالصفحات تنتظر", {"dag": "rasd_ingest"})


def mailbox(port: int, **changed: object) -> Mailbox:
    values = {"security": "none", "sender": "rasd@desk.example", "recipients": ("a@desk.example", "b@desk.example")}
    return Mailbox(host="127.0.0.1", port=port, **{**values, **changed})  # type: ignore[arg-type]


def test_a_mail_arrives_whole_at_everybody() -> None:
    with mail_server() as server:
        tell(mailbox(server.port), ALERT)
    ((recipients, message),) = server.taken
    assert recipients == ["a@desk.example", "b@desk.example"]
    assert message["Subject"] == ALERT.title
    assert message.get_content().strip() == ALERT.text


def test_a_message_arrives_as_json_with_its_headers() -> None:
    with webhook() as (port, got):
        tell(Webhook(f"http://127.0.0.1:{port}/hooks/desk", {"Authorization": "Bearer of news"}), ALERT)
    ((path, headers, body),) = got
    assert path == "/hooks/desk"
    assert headers["Authorization"] == "Bearer of news"
    assert body == {"text": f"{ALERT.title}\n{ALERT.text}", "title": ALERT.title, "dag": "rasd_ingest"}


def test_what_refuses_is_named_and_its_address_is_not_shown() -> None:
    with webhook(403) as (port, _), pytest.raises(SettingError, match="403") as refused:
        tell(Webhook(f"http://127.0.0.1:{port}/secret-path", {}), ALERT)
    assert "secret-path" not in str(refused.value)


def test_a_server_that_refuses_the_recipients_or_does_not_answer_is_named() -> None:
    with mail_server("a@desk.example", "b@desk.example") as server, pytest.raises(TransientError, match="mail server"):
        tell(mailbox(server.port), ALERT)
    nobody = free_port()
    for where in (mailbox(nobody), Webhook(f"http://127.0.0.1:{nobody}", {})):
        with pytest.raises(TransientError, match="does not answer"):
            tell(where, ALERT)


def connection(conn_type: str, extra: dict[str, object] | None = None, **fields: object) -> object:
    from airflow.models.connection import Connection

    return Connection(conn_id="desk", conn_type=conn_type, extra=json.dumps(extra or {}), **fields)


def test_connections_lead_where_they_say() -> None:
    from rasd_listener import destination

    smtp = {"to": "a@desk.example, b@desk.example", "disable_ssl": True, "from_email": "rasd@desk.example"}
    assert destination(connection("smtp", smtp, host="mail.desk.example")) == Mailbox(
        "mail.desk.example", 587, "starttls", "rasd@desk.example", ("a@desk.example", "b@desk.example")
    )
    assert destination(connection("smtp", {"to": "a@b"}, host="m", login="l", password="p")) == Mailbox(
        "m", 465, "tls", "l", ("a@b",), "l", "p"
    )
    assert destination(connection("http", {"endpoint": "/x"}, host="chat.example", schema="https")) == Webhook(
        "https://chat.example/x", {}
    )
    assert destination(connection("http", host="http://chat.example", port=8065, password="p")) == Webhook(
        "http://chat.example:8065", {"Authorization": "Bearer p"}
    )
    with pytest.raises(SettingError, match="names nobody"):
        destination(connection("smtp", host="m"))
    with pytest.raises(SettingError, match="not smtp or http"):
        destination(connection("postgres"))
