"""Every kind of message that Telegram knows, with the words that answer it; lines are long as tables are."""

# ruff: noqa: E501

from dataclasses import dataclass
from typing import Any

UNREADABLE = "cannot read this kind"
SENTENCE = "at least one sentence"
FILE = {"file_id": "none-such", "file_unique_id": "u", "file_size": 10}
USER = {"id": 77, "is_bot": False, "first_name": "Somebody"}
CHAT = {"id": -1005, "type": "channel", "title": "News"}


@dataclass(frozen=True)
class Sent:
    """`said`: words of the one answer; empty where any plain sentence will do."""

    name: str
    message: dict[str, Any]
    said: str = ""


SENT = (
    Sent("a sticker", {"sticker": FILE | {"type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}}, UNREADABLE),
    Sent("a die", {"dice": {"emoji": "🎲", "value": 6}}, UNREADABLE),
    Sent("a game", {"game": {"title": "x", "description": "y", "photo": []}}, UNREADABLE),
    Sent("a story", {"story": {"chat": CHAT, "id": 3}}, UNREADABLE),
    Sent("a gift of paid media", {"paid_media": {"star_count": 1, "paid_media": []}}, UNREADABLE),
    Sent("a poll", {"poll": {"id": "1", "question": "?", "options": [], "total_voter_count": 0, "is_closed": False, "is_anonymous": True, "type": "regular", "allows_multiple_answers": False}}, UNREADABLE),
    Sent("a checklist", {"checklist": {"title": "x", "tasks": []}}, UNREADABLE),
    Sent("a kind of the future", {"hologram": {"file_id": "x"}}, UNREADABLE),
    Sent("nothing at all", {}, UNREADABLE),
    Sent("a giveaway", {"giveaway": {"chats": [CHAT], "winners_selection_date": 1, "winner_count": 1}}, UNREADABLE),
    Sent("an invoice", {"invoice": {"title": "x", "description": "y", "start_parameter": "z", "currency": "UZS", "total_amount": 1}}, UNREADABLE),
    Sent("data of a web application", {"web_app_data": {"data": "{}", "button_text": "x"}}, UNREADABLE),
    Sent("shared users", {"users_shared": {"request_id": 1, "users": [{"user_id": 77}]}}, UNREADABLE),
    Sent("a live location that moves", {"location": {"latitude": 41.3, "longitude": 69.2, "live_period": 600}}, SENTENCE),
    Sent("a place at the pole", {"location": {"latitude": -90, "longitude": 180}}, SENTENCE),
    Sent("a venue with a long name", {"venue": {"location": {"latitude": 1, "longitude": 2}, "title": "B" * 500, "address": ""}}, SENTENCE),
    Sent("a voice message", {"voice": FILE | {"duration": 1}}, SENTENCE),
    Sent("a round video", {"video_note": FILE | {"length": 1, "duration": 1}}, SENTENCE),
    Sent("music without a name", {"audio": FILE | {"duration": 1}}, SENTENCE),
    Sent("an animation", {"animation": FILE | {"width": 1, "height": 1, "duration": 1}, "document": FILE}, SENTENCE),
    Sent("a document without name or type", {"document": {"file_id": "none-such", "file_unique_id": "u"}}, SENTENCE),
    Sent("a document called like a path", {"document": FILE | {"file_name": "../../etc/passwd\x00.pdf\u202egnp.exe"}}, SENTENCE),
    Sent("a document with a name of 3,000 letters", {"document": FILE | {"file_name": "n" * 3000 + ".pdf"}}, SENTENCE),
    Sent("a document that says it is empty", {"document": FILE | {"file_size": 0, "file_name": "a.pdf"}}, ""),
    Sent("a document larger than any disk", {"document": FILE | {"file_size": 2**62, "file_name": "a.iso"}}, "larger than 20 MB"),
    Sent("a photo of no size", {"photo": [FILE | {"width": 0, "height": 0}]}, SENTENCE),
    Sent("somebody else's contact", {"contact": {"phone_number": "+1", "first_name": "x", "user_id": 77}}, "not your own contact"),
    Sent("a contact of nobody", {"contact": {"phone_number": "112", "first_name": "x"}}, "not your own contact"),
    Sent("a forwarded sticker", {"sticker": FILE | {"type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}, "forward_origin": {"type": "hidden_user", "sender_user_name": "x", "date": 1}}, UNREADABLE),
    Sent("a text forwarded from a channel", {"text": "Gaz yoʻq", "forward_origin": {"type": "channel", "chat": CHAT, "message_id": 1, "date": 1}}, "written by somebody else"),
    Sent("a text written through another bot", {"text": "Nechta kun?", "via_bot": USER | {"is_bot": True}}, ""),
    Sent("a reply to a message that is gone", {"text": "Nechta kun?", "reply_to_message": {"message_id": 1, "date": 0, "chat": CHAT}}, ""),
    Sent("a quote of a foreign chat", {"text": "Nechta kun?", "external_reply": {"origin": {"type": "hidden_user", "sender_user_name": "x", "date": 1}}, "quote": {"text": "q", "position": 0}}, ""),
    Sent("entities that point outside", {"text": "Gaz", "entities": [{"type": "bold", "offset": 900, "length": 5}, {"type": "of_the_future", "offset": 0, "length": 1}]}, ""),
    Sent("an unknown command", {"text": "/launch@somebody_bot"}, "do not know this command"),
    Sent("a command with a book after it", {"text": "/start " + "A" * 4000}, ""),
    Sent("a number of nobody's appeal", {"text": "UZ26-0000-0000"}, ""),
    Sent("a number with Cyrillic look-alikes", {"text": "УЗ26-ОООО-ОООО ААААААААА"}, ""),
)  # fmt: skip
#: Written into the chat by Telegram itself: an answer would puzzle the reader.
SERVICE = (
    {"pinned_message": {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}}},
    {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
    {"write_access_allowed": {"from_request": True}},
    {"chat_background_set": {"type": {"type": "chat_theme", "theme_name": "x"}}},
    {"proximity_alert_triggered": {"traveler": USER, "watcher": USER, "distance": 3}},
)
