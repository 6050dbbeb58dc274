"""Letters: sent, refused, or honestly unknown."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from hub.delivery.channel import Failed, File, RetryLater, Sent, Uncertain
from hub.delivery.content import Outgoing
from hub.delivery.email import MailFolder, SmtpChannel, SmtpServer, compose
from tests.real_parts.ports import free_port

pytestmark = pytest.mark.anyio
LETTER = Outgoing(
    title="Javob keldi", text="Gʻishtli koʻcha boʻyicha javob.\nIkkinchi qator", subject="Qabul: javob"
)


class PostOffice:
    """Answers each SMTP verb with its line; `hang_up` after a verb cuts the connection instead."""

    def __init__(self, answers: dict[str, str] | None = None, hang_up: str = "") -> None:
        self.answers = {"DATA": "354 go on", ".": "250 taken", **(answers or {})}
        self.hang_up = hang_up
        self.letters: list[bytes] = []

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 here\r\n")
        while line := await reader.readline():
            verb = line.split()[0].upper().decode()
            if verb == "DATA" and self.answers["DATA"].startswith("354"):
                writer.write(b"354 go on\r\n")
                self.letters.append(await reader.readuntil(b"\r\n.\r\n"))
                verb = "."
            if verb == self.hang_up:
                break
            writer.write(f"{self.answers.get(verb, '250 ok')}\r\n".encode())
        writer.close()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[SmtpChannel]:
        server = await asyncio.start_server(self.talk, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        async with server:
            yield SmtpChannel(SmtpServer.parse(f"smtp://127.0.0.1:{port}"), "qabul@example.uz")


Delivering = Callable[[PostOffice], Awaitable[object]]


async def deliver(office: PostOffice) -> object:
    async with office.open() as channel:
        return await channel.send("dilnoza@example.uz", LETTER, None)


async def test_dilnoza_reads_her_answer_in_her_mailbox() -> None:
    office = PostOffice()
    assert isinstance(await deliver(office), Sent)
    letter = message_from_bytes(office.letters[0], policy=policy.default)
    assert (letter["To"], letter["Subject"]) == ("dilnoza@example.uz", "Qabul: javob")
    body = letter.get_body()
    assert body is not None
    assert "Gʻishtli koʻcha boʻyicha javob.\nIkkinchi qator" in body.get_content()


@pytest.mark.parametrize(
    ("office", "outcome"),
    [
        (PostOffice({"RCPT": "550 no such mailbox"}), Failed),
        (PostOffice({"RCPT": "451 come back later"}), RetryLater),
        (PostOffice({"DATA": "554 no"}), Failed),
        (PostOffice({".": "452 full"}), RetryLater),
        (PostOffice(hang_up="MAIL"), RetryLater),
        (PostOffice(hang_up="."), Uncertain),
    ],
)
async def test_only_silence_after_the_letter_is_uncertain(office: PostOffice, outcome: type) -> None:
    assert isinstance(await deliver(office), outcome)


async def test_a_mail_server_that_is_down_is_tried_later() -> None:
    channel = SmtpChannel(SmtpServer.parse(f"smtp://127.0.0.1:{free_port()}"), "qabul@example.uz")
    assert isinstance(await channel.send("dilnoza@example.uz", LETTER, None), RetryLater)


async def test_on_a_laptop_letters_are_files(tmp_path: Path) -> None:
    picture = tmp_path / "javob.pdf"
    picture.write_bytes(b"%PDF-1.4")
    file = File(picture, "javob.pdf", "application/pdf")
    sent = await MailFolder(tmp_path / "mail", "qabul@localhost").send("d@example.uz", LETTER, file)
    assert isinstance(sent, Sent)
    (path,) = (tmp_path / "mail").iterdir()
    letter = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert [part.get_filename() for part in letter.iter_attachments()] == ["javob.pdf"]


def test_a_subject_cannot_add_a_header() -> None:
    evil = LETTER.model_copy(update={"subject": "Javob\r\nBcc: everyone@example.uz"})
    assert compose("q@example.uz", "d@example.uz", evil, None)["Bcc"] is None


@pytest.mark.parametrize("url", ["http://mail", "smtp://", "mail.example.uz"])
def test_an_address_of_no_mail_server_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="QABUL_SMTP_URL"):
        SmtpServer.parse(url)
