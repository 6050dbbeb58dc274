"""The checker: the playground's log and the rows of the database against what the people wrote down.

Words of a total-queue checker, per stage: lost (acknowledged, never came out), unexpected (came out, was
never put in), duplicated, recovered (under way when something was killed, and came out all the same).
Required everywhere: lost = 0, unexpected = 0, order kept; duplicated = 0, but for messages to a chat, where
each second copy must be accounted for by an attempt that the row itself records as ambiguous.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.faults.history import History, mark_of
from tests.faults.records import Records

NUMBER = re.compile(r"\b[A-Z]{1,4}\d{2}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b")
EDITS = ("editmessagetext", "editmessagereplymarkup", "editmessagecaption")
Log = dict[str, list[dict[str, Any]]]


@dataclass
class Stage:
    name: str
    total: int = 0
    lost: list[str] = field(default_factory=list)
    unexpected: list[str] = field(default_factory=list)
    duplicated: list[str] = field(default_factory=list)
    #: Copies that an ambiguous attempt accounts for: at-least-once, as promised.
    allowed: int = 0
    recovered: int = 0

    @property
    def sound(self) -> bool:
        return not (self.lost or self.unexpected or self.duplicated)

    def line(self) -> str:
        return (
            f"{self.name:22} N={self.total:<6} lost={len(self.lost)} unexpected={len(self.unexpected)} "
            f"duplicated={len(self.duplicated)} repeats-after-doubt={self.allowed} recovered={self.recovered}"
        )


@dataclass
class Report:
    stages: list[Stage]
    complaints: list[str]
    kills: int
    resumed: list[float] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not self.complaints and all(stage.sound for stage in self.stages)

    def of(self, name: str) -> Stage:
        return next(stage for stage in self.stages if stage.name == name)

    def __str__(self) -> str:
        lines = [f"kills={self.kills}", *(f"back after {one:.1f} s" for one in self.resumed)]
        lines += [*(stage.line() for stage in self.stages)]
        for stage in self.stages:
            for word in ("lost", "unexpected", "duplicated"):
                lines += [f"  {stage.name} {word}: {one}" for one in getattr(stage, word)[:10]]
        return "\n".join([*lines, *(f"  {one}" for one in self.complaints[:20])])

    def figures(self) -> dict[str, int]:
        """For the record of a test: N of every stage, and what came out of it."""
        found = {"kills": self.kills}
        for stage in self.stages:
            found[f"{stage.name}: N"] = stage.total
            found[f"{stage.name}: recovered"] = stage.recovered
            found[f"{stage.name}: repeats after doubt"] = stage.allowed
        return found


def check(log: Log, records: Records, history: History) -> Report:
    checker = _Checker(log, records, history)
    stages = [
        checker.updates(),
        checker.handling(),
        checker.appeals(),
        checker.receipts(),
        checker.attachments(),
        checker.answers(),
        checker.delivery(),
    ]
    complaints = [*records.broken, *checker.strayed(), *checker.order(), *checker.event_gaps()]
    return Report(stages, complaints, len(history.kills), history.resumed)


class _Checker:
    def __init__(self, log: Log, records: Records, history: History) -> None:
        self.log = log
        self.records = records
        self.history = history
        self.texts = {row["message_id"]: str(row["text"] or "") for row in log["delivered"]}
        self.chats = {row["message_id"]: int(row["chat_id"]) for row in log["delivered"]}
        self.by_mark: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for appeal_id, number, text, channel in records.appeals:
            if channel == "telegram":
                self.by_mark[mark_of(text) or text].append((appeal_id, number))

    def updates(self) -> Stage:
        """From the network into `arrivals`: confirmed means stored."""
        made = {row["update_id"]: row["at"] for row in self.log["updates"]}
        confirmed = {row["update_id"]: row["at"] for row in self.log["confirmed"]}
        stored = Counter(row[1] for row in self.records.arrivals)
        stage = Stage("update -> arrival", len(made))
        stage.lost = [f"update {one}" for one in made if one not in stored]
        stage.unexpected = [f"update {one}" for one in stored if one not in made]
        stage.duplicated = [f"update {one}" for one, times in stored.items() if times > 1]
        known = [one for one in stored if one in made]
        stage.recovered = sum(self._open_at_kill(made[one], confirmed.get(one)) for one in known)
        return stage

    def handling(self) -> Stage:
        """From `arrivals` to a reply: handled once, and its words committed with it."""
        replies: dict[tuple[int, str], int] = Counter()
        chat_of = self._chats_of_addresses()
        for _id, address, kind, *_rest, created in self.records.outbox:
            if kind == "reply":
                replies[chat_of.get(address, 0), str(created)] += 1
        stage, silent = Stage("arrival -> reply", len(self.records.arrivals)), []
        for number, update_id, chat_key, state, received, handled in self.records.arrivals:
            said = replies.pop((_chat(chat_key), str(handled)), 0)
            if state != "done":
                stage.lost.append(f"arrival {number} (update {update_id}) is {state}")
            elif not said:
                silent.append(f"arrival {number} (update {update_id}) got no word")
            stage.recovered += self._open_at_kill(_seconds(received), _seconds(handled))
        if len(silent) != self.history.silent:
            stage.lost += [f"{self.history.silent} should be silent, {len(silent)} are", *silent]
        stage.unexpected = [f"a reply to chat {chat} that no arrival caused" for chat, _at in replies]
        return stage

    def appeals(self) -> Stage:
        """Confirmed by the citizen means registered, once."""
        stage = Stage("confirmed -> appeal", len(self.history.filed))
        stage.lost = [mark for mark in self.history.filed if mark not in self.by_mark]
        stage.unexpected = [mark for mark in self.by_mark if mark not in self.history.filed]
        stage.duplicated = [mark for mark, rows in self.by_mark.items() if len(rows) > 1]
        return stage

    def receipts(self) -> Stage:
        """A number shown is a row, and every row was shown to the one who filed it."""
        stage = Stage("appeal -> receipt", sum(len(rows) for rows in self.by_mark.values()))
        known = {number for _id, number, *_rest in self.records.appeals}
        shown: dict[str, set[int]] = defaultdict(set)
        for row in self.log["delivered"]:
            text = str(row["text"] or "")
            for number in NUMBER.findall(text):
                if number not in known:
                    stage.unexpected.append(f"{number} was shown and is no row")
                if "Tracking code" in text:
                    shown[number].add(int(row["chat_id"]))
        for mark, rows in self.by_mark.items():
            filed = self.history.filed.get(mark)
            for _id, number in rows:
                if filed is None or shown[number] != {filed.chat}:
                    stage.lost.append(f"{number} ({mark}): receipt in chats {shown[number]}")
        return stage

    def attachments(self) -> Stage:
        """No part of an album is dropped, and all of them are fetched."""
        found: dict[Any, list[str]] = defaultdict(list)
        for appeal_id, state in self.records.attachments:
            found[appeal_id].append(state)
        stage = Stage("file -> stored", sum(filed.attachments for filed in self.history.filed.values()))
        for mark, filed in self.history.filed.items():
            for appeal_id, number in self.by_mark.get(mark, []):
                states = found.pop(appeal_id, [])
                stored = states.count("stored")
                if stored < filed.attachments:
                    stage.lost.append(f"{number}: {filed.attachments} sent, {states}")
                if len(states) > filed.attachments:
                    stage.unexpected.append(f"{number}: {filed.attachments} sent, {states}")
        return stage

    def answers(self) -> Stage:
        """Accepted by the API means one final answer, delivered to the author's chat alone."""
        stage = Stage("answer -> delivered", len(self.history.answered))
        finals = Counter(body for _appeal, body in self.records.finals)
        for answer in self.history.answered:
            words = f"javob {answer.mark}."
            chats = {int(row["chat_id"]) for row in self.log["delivered"] if words in str(row["text"] or "")}
            if finals[words] != 1:
                stage.duplicated.append(f"{answer.number}: {finals[words]} final answers")
            if chats != {answer.chat}:
                stage.lost.append(f"{answer.number}: delivered to {chats}, not to {answer.chat}")
        return stage

    def delivery(self) -> Stage:
        """From `outbox` to the chat: never none, a second copy only where the row says it was in doubt."""
        stage = Stage("outbox -> chat", len(self.records.outbox))
        ours: Counter[tuple[int, str]] = Counter()
        doubts: Counter[tuple[int, str]] = Counter()
        for number, _address, _kind, state, tries, ambiguous, provider, _created in self.records.outbox:
            message = int(provider) if provider else None
            if state not in ("sent", "read") or message not in self.texts:
                stage.lost.append(f"row {number} is {state}, message {provider}")
                continue
            key = (self.chats[message], self.texts[message])
            ours[key] += 1
            doubts[key] += ambiguous
            stage.recovered += tries > 1
        copies = Counter(
            (int(row["chat_id"]), str(row["text"] or ""))
            for row in self.log["delivered"]
            if str(row["method"]).lower() not in EDITS
        )
        for key, times in copies.items():
            if key not in ours:
                stage.unexpected.append(f"chat {key[0]} got {key[1][:60]!r}")
            elif times - ours[key] > doubts[key]:
                stage.duplicated.append(f"chat {key[0]} got {key[1][:60]!r} {times} times, rows {ours[key]}")
            else:
                stage.allowed += times - ours[key]
        return stage

    def order(self) -> list[str]:
        """Handled in the order of arrival in each chat, and said in the order of the rows."""
        return [*self._handled_in_order(), *self._said_in_order(), *self._receipt_before_answer()]

    def _handled_in_order(self) -> Iterator[str]:
        last: dict[str, str] = {}
        for number, _update, chat_key, _state, _received, handled in self.records.arrivals:
            if chat_key in last and str(handled) < last[chat_key]:
                yield f"arrival {number} of {chat_key} was handled before an earlier one"
            last[chat_key] = max(last.get(chat_key, ""), str(handled))

    def _said_in_order(self) -> Iterator[str]:
        """Kind by kind: of a reply and an answer committed at one moment either may come first."""
        row_of = {int(row[6]): row for row in self.records.outbox if row[6]}
        latest: dict[tuple[int, str], int] = {}
        for entry in self.log["delivered"]:
            row = row_of.get(entry["message_id"])
            if row is None or str(entry["method"]).lower() in EDITS:
                continue
            line = (int(entry["chat_id"]), str(row[2]))
            if row[0] < latest.get(line, 0):
                yield f"chat {line[0]} got row {row[0]} after row {latest[line]}"
            latest[line] = max(latest.get(line, 0), row[0])

    def _receipt_before_answer(self) -> Iterator[str]:
        for answer in self.history.answered:
            receipts = [n for n, text in self._said(answer.number) if "Tracking code" in text]
            answers = [n for n, text in self._said(f"javob {answer.mark}.")]
            if receipts and answers and answers[0] < receipts[0]:
                yield f"{answer.number} was answered before its receipt"

    def _said(self, words: str) -> list[tuple[int, str]]:
        rows = [(int(row["n"]), str(row["text"] or "")) for row in self.log["delivered"]]
        return sorted((n, text) for n, text in rows if words in text)

    def event_gaps(self) -> list[str]:
        """The history of an appeal counts 1, 2, 3 without a hole."""
        found: dict[int, list[int]] = defaultdict(list)
        for appeal_id, seq in self.records.events:
            found[appeal_id].append(seq)
        return [f"appeal {one} has events {seqs}" for one, seqs in found.items() if seqs != _counted(seqs)]

    def _chats_of_addresses(self) -> dict[int, int]:
        """Learnt from where the messages arrived."""
        return {address: min(chats) for address, chats in self._heard().items()}

    def strayed(self) -> list[str]:
        """One address is one chat, whatever happens."""
        heard = self._heard().items()
        return [f"address {one} was heard in chats {chats}" for one, chats in heard if len(chats) > 1]

    def _heard(self) -> dict[int, set[int]]:
        heard: dict[int, set[int]] = defaultdict(set)
        for _id, address, *_rest, provider, _created in self.records.outbox:
            if provider and int(provider) in self.chats:
                heard[address].add(self.chats[int(provider)])
        return heard

    def _open_at_kill(self, began: float, ended: float | None) -> bool:
        return any(began <= at and (ended is None or at <= ended) for at, _what in self.history.kills)


def _chat(chat_key: str) -> int:
    return int(chat_key.rpartition(":")[2])


def _counted(seqs: list[int]) -> list[int]:
    return list(range(1, len(seqs) + 1))


def _seconds(value: Any) -> float:
    """Unix seconds of an instant as either database gives it; SQLite's has no zone and is UTC."""
    if value is None:
        return float("inf")
    instant = datetime.fromisoformat(value) if isinstance(value, str) else value
    return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).timestamp()
