"""E-mail, out only: a real SMTP channel, and a twin that writes letters into a folder."""

import asyncio
import smtplib
import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from hub.delivery.channel import Failed, File, RetryLater, SendResult, Sent, Uncertain
from hub.delivery.content import Outgoing

TIMEOUT = 12.0
DEFAULT_PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}
#: Pause before repeating what the server refused for now (4xx: busy, greylisted).
BUSY_PAUSE = 60.0
DOWN_PAUSE = 15.0


@dataclass(frozen=True, slots=True)
class SmtpServer:
    scheme: str
    host: str
    port: int
    user: str
    password: str

    @classmethod
    def parse(cls, url: str) -> "SmtpServer":
        """`smtp://`, `smtps://` or `smtp+starttls://user:password@host:port`; ValueError otherwise."""
        parts = urlsplit(url)
        if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
            raise ValueError("QABUL_SMTP_URL must look like smtp://user:password@host:port")
        return cls(
            parts.scheme,
            parts.hostname,
            parts.port or DEFAULT_PORTS[parts.scheme],
            unquote(parts.username or ""),
            unquote(parts.password or ""),
        )


class SmtpChannel:
    """One connection a letter: appeals are few, and a half-dead connection tells no lies."""

    def __init__(self, server: SmtpServer, sender: str) -> None:
        self._server = server
        self._sender = sender

    async def send(self, target: str, content: Outgoing, file: File | None) -> SendResult:
        return await asyncio.to_thread(self._deliver, compose(self._sender, target, content, file), target)

    async def fetch(self, source: dict[str, Any]) -> AsyncIterator[bytes]:
        raise ValueError("nobody sends files by e-mail here")
        yield b""

    async def close(self) -> None:
        """Nothing is kept open."""

    def _deliver(self, letter: EmailMessage, target: str) -> SendResult:
        try:
            connection = self._connect()
        except smtplib.SMTPResponseException as refusal:
            return _refused(refusal.smtp_code, "sign-in or greeting")
        except (OSError, smtplib.SMTPException) as error:
            return RetryLater(DOWN_PAUSE, f"the mail server cannot be reached: {type(error).__name__}")
        try:
            return self._hand_over(connection, letter, target)
        finally:
            connection.close()

    def _hand_over(self, connection: smtplib.SMTP, letter: EmailMessage, target: str) -> SendResult:
        try:
            for code, _text in (connection.mail(self._sender), connection.rcpt(target)):
                if code >= 400:
                    return _refused(code, "sender or recipient")
        except (OSError, smtplib.SMTPException) as error:
            return RetryLater(DOWN_PAUSE, f"the mail server hung up: {type(error).__name__}")
        try:
            code, _text = connection.data(letter.as_bytes())
        except smtplib.SMTPDataError as refusal:
            return _refused(refusal.smtp_code, "letter")
        except (OSError, smtplib.SMTPException) as error:
            # The letter was on its way: the server may have taken it.
            return Uncertain(f"no answer to the letter: {type(error).__name__}")
        return Sent(str(letter["Message-ID"])) if code < 400 else _refused(code, "letter")

    def _connect(self) -> smtplib.SMTP:
        server, context = self._server, ssl.create_default_context()
        if server.scheme == "smtps":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=TIMEOUT, context=context
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
        connection.ehlo_or_helo_if_needed()
        if server.scheme == "smtp+starttls":
            connection.starttls(context=context)
            connection.ehlo()
        if server.user:
            connection.login(server.user, server.password)
        return connection


class MailFolder:
    """The twin for development: each letter becomes a file that a mail programme opens."""

    def __init__(self, folder: Path, sender: str) -> None:
        self._folder = folder
        self._sender = sender

    async def send(self, target: str, content: Outgoing, file: File | None) -> SendResult:
        letter = compose(self._sender, target, content, file)
        name = str(letter["Message-ID"]).strip("<>").split("@")[0]
        await asyncio.to_thread(self._write, name, letter.as_bytes())
        return Sent(str(letter["Message-ID"]))

    async def fetch(self, source: dict[str, Any]) -> AsyncIterator[bytes]:
        raise ValueError("nobody sends files by e-mail here")
        yield b""

    async def close(self) -> None:
        """Nothing is kept open."""

    def _write(self, name: str, letter: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / f"{name}.eml").write_bytes(letter)


def compose(sender: str, target: str, content: Outgoing, file: File | None) -> EmailMessage:
    """A plain-text letter; what would end a header early is made a space."""
    letter = EmailMessage()
    letter["From"], letter["To"] = sender, " ".join(target.split())
    letter["Subject"] = " ".join((content.subject or content.title or content.text[:70]).split())
    letter["Date"], letter["Message-ID"] = formatdate(), make_msgid(domain=sender.rpartition("@")[2] or None)
    letter["Auto-Submitted"] = "auto-generated"
    text = f"{content.title}\n\n{content.text}" if content.title else content.text
    letter.set_content(text.encode("utf-8", "replace").decode())
    if file is not None:
        main, _, sub = file.media_type.partition("/")
        letter.add_attachment(
            file.path.read_bytes(), maintype=main, subtype=sub or "octet-stream", filename=file.name
        )
    return letter


def _refused(code: int, what: str) -> SendResult:
    reason = f"the mail server refused the {what} with {code}"
    return RetryLater(BUSY_PAUSE, reason) if 400 <= code < 500 else Failed(reason)
