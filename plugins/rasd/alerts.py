"""Telling a person that something went wrong: a mail, or a message to a web address. Standard library only."""

from __future__ import annotations

import json
import smtplib
import ssl
import urllib.error
import urllib.request
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Literal

from rasd.errors import SettingError, TransientError

_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Alert:
    """What happened.

    Attributes:
        title: one line.
        text: the rest, in lines.
        facts: the same for programs: what a web address gets beside title and text.
    """

    title: str
    text: str
    facts: dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where mail goes.

    Attributes:
        host, port: the SMTP server.
        security: `tls` from the first byte, `starttls`, or `none`.
        sender, recipients: addresses.
        user, password: for servers that ask; None where they do not.
    """

    host: str
    port: int
    security: Literal["tls", "starttls", "none"]
    sender: str
    recipients: tuple[str, ...]
    user: str | None = None
    password: str | None = None


@dataclass(frozen=True, slots=True)
class Webhook:
    """A web address that takes messages as JSON with a `text`, as chat systems do.

    Attributes:
        url: the address.
        headers: further headers, such as one that says who is speaking.
    """

    url: str
    headers: dict[str, str]


def tell(where: Mailbox | Webhook, alert: Alert) -> None:
    """Tell it once; nothing is tried again.

    Raises:
        SettingError: if the other side refuses.
        TransientError: if it does not answer.
    """
    if isinstance(where, Mailbox):
        _mail(where, alert)
    else:
        _post(where, alert)


def _mail(box: Mailbox, alert: Alert) -> None:
    message = EmailMessage()
    message["From"], message["To"] = box.sender, ", ".join(box.recipients)
    message["Subject"] = alert.title
    message.set_content(alert.text, cte="base64")  # not every server takes eight bits
    trust = ssl.create_default_context()
    server: smtplib.SMTP
    try:
        if box.security == "tls":
            server = smtplib.SMTP_SSL(box.host, box.port, timeout=_SECONDS, context=trust)
        else:
            server = smtplib.SMTP(box.host, box.port, timeout=_SECONDS)
        with server:
            if box.security == "starttls":
                server.starttls(context=trust)
            if box.user:
                server.login(box.user, box.password or "")
            server.send_message(message)
    except smtplib.SMTPResponseException as error:
        raise SettingError(f"the mail server refuses: {error.smtp_code}", where=box.host) from error
    except OSError as error:  # smtplib's other errors are of this kind, too
        raise TransientError(f"the mail server does not answer: {error}", where=box.host) from error


def _post(hook: Webhook, alert: Alert) -> None:
    body = json.dumps({"text": f"{alert.title}\n{alert.text}", "title": alert.title, **alert.facts}, ensure_ascii=False)
    request = urllib.request.Request(
        hook.url, data=body.encode(), headers={"Content-Type": "application/json; charset=utf-8", **hook.headers}
    )
    host = request.host  # the address itself may be the secret
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS):
            pass
    except urllib.error.HTTPError as error:
        raise SettingError(f"the address refuses: {error.code}", where=host) from error
    except OSError as error:
        raise TransientError(f"the address does not answer: {error}", where=host) from error
