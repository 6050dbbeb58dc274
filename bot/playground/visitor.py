"""One person in a chat, for tests and scripts; see `bot.playground.client`."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import aiohttp

from bot.playground.refusal import Json

if TYPE_CHECKING:
    from bot.playground.client import PlaygroundClient

DEFAULT_TIMEOUT = 10.0


@dataclass(frozen=True)
class Seen:
    """A message as the person sees it. `raw` is the Bot API object."""

    raw: Json

    @property
    def id(self) -> int:
        return int(self.raw["message_id"])

    @property
    def text(self) -> str:
        """Text or caption; empty for a bare photo."""
        return str(self.raw.get("text") or self.raw.get("caption") or "")

    @property
    def mine(self) -> bool:
        """True when a person wrote it, False when the bot did."""
        return not self.raw.get("from", {}).get("is_bot", False)

    @property
    def buttons(self) -> list[str]:
        """Labels of the inline buttons, then of the reply keyboard shown when it was received."""
        rows = list(self.raw.get("reply_markup", {}).get("inline_keyboard", []))
        rows += (self.raw.get("keyboard") or {}).get("keyboard", [])
        return [str(button["text"]) for row in rows for button in row]


Needle = str | Callable[[Seen], bool]


class PlaygroundUser:
    """A person in a chat with the bot; `chat` None is the private chat. Get one from PlaygroundClient."""

    def __init__(self, client: "PlaygroundClient", number: int, name: str, chat: int | None = None) -> None:
        self.client = client
        self.id = number
        self.name = name
        self.chat = chat
        self._since = 0

    def in_chat(self, chat: int) -> "PlaygroundUser":
        """The same person in a group."""
        return PlaygroundUser(self.client, self.id, self.name, chat)

    def _who(self) -> Json:
        who: Json = {"user": self.id, **self.client.which()}
        return who if self.chat is None else {**who, "chat": self.chat}

    async def act(self, act: str, /, **parameters: Any) -> Any:
        """Any act of `control_acts.py` by name. Common parameters: reply_to, thread, business, extra."""
        body = await self.client.request("POST", f"/api/acts/{act}", json={**self._who(), **parameters})
        self._since = int(body["next"])
        return body["result"]

    async def _upload(self, name: str, files: dict[str, tuple[bytes, str, str]], **parameters: Any) -> Any:
        form = aiohttp.FormData()
        for key, value in {**self._who(), **parameters}.items():
            form.add_field(key, str(value))
        for key, (content, filename, mime) in files.items():
            form.add_field(key, content, filename=filename, content_type=mime)
        body = await self.client.request("POST", f"/api/acts/{name}", data=form)
        self._since = int(body["next"])
        return body["result"]

    # Writing

    async def say(self, text: str, **parameters: Any) -> Seen:
        """Sends a text; returns the own message."""
        return Seen(await self.act("say", text=text, **parameters))

    async def press(self, label: str) -> Json:
        """Presses the newest inline or reply button whose text contains `label` (case does not matter).

        Returns `{"kind": "callback", "query_id"}`, `{"kind": "message", "message"}` for a reply button, or
        `{"kind": "url", "url"}`; PlaygroundError lists the buttons when none fits.
        """
        pressed: Json = await self.act("press", label=label)
        return pressed

    async def press_data(self, message_id: int, data: str) -> Json:
        """A press with any callback data on any message: stale, forged, of another person."""
        pressed: Json = await self.act("press", message_id=message_id, data=data)
        return pressed

    async def edit(self, message_id: int, text: str) -> Seen:
        return Seen(await self.act("edit", message_id=message_id, text=text))

    async def forward(self, text: str, name: str = "Somebody") -> Seen:
        """Forwards a text of a hidden author."""
        return Seen(await self.act("forward", text=text, name=name))

    async def block(self) -> None:
        await self.act("block")

    async def unblock(self) -> None:
        await self.act("unblock")

    async def react(self, message_id: int, emoji: str | None) -> None:
        await self.act("react", message_id=message_id, emoji=emoji or "")

    # Attachments; without `content` a tiny made-up file is sent

    async def attach(
        self,
        kind: str,
        content: bytes | None = None,
        *,
        name: str = "file.bin",
        mime: str = "application/octet-stream",
        caption: str = "",
        size: int = 0,
    ) -> Seen:
        """`kind`: photo, document, voice, video, audio, video_note, animation, sticker. `size` pretends more
        bytes than there are, to meet getFile's 20 MB refusal."""
        files = {} if content is None else {"file": (content, name, mime)}
        return Seen(await self._upload("attach", files, kind=kind, caption=caption, size=size))

    async def send_photo(self, content: bytes | None = None, *, caption: str = "") -> Seen:
        return await self.attach("photo", content, name="photo.jpg", mime="image/jpeg", caption=caption)

    async def send_document(
        self,
        content: bytes | None = None,
        *,
        name: str = "letter.txt",
        mime: str = "text/plain",
        caption: str = "",
    ) -> Seen:
        return await self.attach("document", content, name=name, mime=mime, caption=caption)

    async def send_voice(self, content: bytes | None = None) -> Seen:
        return await self.attach("voice", content, name="voice.ogg", mime="audio/ogg")

    async def send_video(self, content: bytes | None = None, *, caption: str = "") -> Seen:
        return await self.attach("video", content, name="video.mp4", mime="video/mp4", caption=caption)

    async def send_sticker(self) -> Seen:
        return await self.attach("sticker")

    async def send_album(self, kinds: list[str], *, caption: str = "") -> list[Seen]:
        """Several parts with one media_group_id, e.g. ["photo", "photo", "video"]."""
        return [Seen(raw) for raw in await self.act("album", kinds=kinds, caption=caption)]

    async def send_location(self, latitude: float = 41.311081, longitude: float = 69.240562) -> Seen:
        return Seen(await self.act("location", latitude=latitude, longitude=longitude))

    async def send_contact(
        self, phone: str = "", *, owner: int | None = None, anonymous: bool = False
    ) -> Seen:
        """The own contact by default; another's with `owner`; without any user_id with `anonymous`."""
        parameters: Json = {"phone": phone, "anonymous": anonymous}
        if owner is not None:
            parameters["owner"] = owner
        return Seen(await self.act("contact", **parameters))

    # Reading

    async def look(self) -> Json:
        """The whole chat: messages, keyboard, buttons, commands, started, blocked, topics."""
        chat: Json = await self.client.request("GET", "/api/chat", params=self._who())
        return chat

    async def messages(self) -> list[Seen]:
        """All messages of the chat, both sides, oldest first."""
        return [Seen(raw) for raw in (await self.look())["messages"]]

    async def replies(self) -> list[Seen]:
        """All messages of the bot, oldest first."""
        return [message for message in await self.messages() if not message.mine]

    async def buttons(self) -> list[str]:
        """Labels that can be pressed now, newest message first."""
        labels: list[str] = (await self.look())["buttons"]
        return labels

    async def wait_for(self, needle: Needle, timeout: float = DEFAULT_TIMEOUT) -> Seen:
        """The first message (or edit) of the bot since this person's last act that fits.

        `needle`: words that the text contains (case matters), or a test of a `Seen`. TimeoutError shows the
        end of the conversation.
        """
        event = await self._event(("message", "edit"), lambda data: _fits(Seen(data), needle), timeout)
        if event is None:
            raise TimeoutError(f"{self.name} did not get {needle!r}. {await self._tail()}")
        return Seen(event["data"])

    async def wait_for_answer(self, query_id: str, timeout: float = DEFAULT_TIMEOUT) -> Json:
        """How the bot answered a press: `{"text", "show_alert", "url"}`."""
        event = await self._event(("answer",), lambda data: data["callback_query_id"] == query_id, timeout)
        if event is None:
            raise TimeoutError(f"The press {query_id} was not answered. {await self._tail()}")
        answer: Json = event["data"]
        return answer

    async def _event(
        self, kinds: tuple[str, ...], fits: Callable[[Json], bool], timeout: float
    ) -> Json | None:
        loop = asyncio.get_running_loop()
        until, since = loop.time() + timeout, self._since
        while (left := until - loop.time()) > 0:
            query = {"since": since, "wait": min(left, 20), "chat": self.chat or self.id}
            body = await self.client.request("GET", "/api/events", params=query)
            for event in body["events"]:
                if event["kind"] in kinds and self.client.bot in (None, event["bot"]) and fits(event["data"]):
                    found: Json = event
                    return found
            since = int(body["next"])
        return None

    async def _tail(self) -> str:
        lines = [
            f"  {self.name if seen.mine else 'bot'}: {seen.text[:300]} {seen.buttons or ''}"
            for seen in (await self.messages())[-6:]
        ]
        return "\n".join(["The end of the conversation:", *lines])


def _fits(seen: Seen, needle: Needle) -> bool:
    if seen.mine:
        return False
    return needle in seen.text if isinstance(needle, str) else needle(seen)
