"""`qabul route`: JSON lines in, JSON lines out, as a function over open streams.

Entries `{"id","text","kind":"faq"|"agency","lang"?}`, calibration `{"text","id"|null}`, queries
`{"id","text"}`; out `{"id","decision","confidence","ranking":[{"id","score","why"}]}`. A bad line is named
with its number and left out.
"""

import json
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO, TypeVar

from routing.decide import Router
from routing.encoders import Encoder, EncoderError
from routing.semantic import open_encoder
from routing.types import KINDS, Decision, Entry, Kind

_T = TypeVar("_T")

MAX_DIGITS = 1_000  # of a number; Python itself reads no more than 4,300


class _Errors:
    """Counts bad lines and names each on the error stream."""

    def __init__(self, stream: TextIO) -> None:
        self.stream, self.count = stream, 0

    def report(self, source: str, number: int, reason: str) -> None:
        self.count += 1
        print(f"{source}, line {number}: {reason}", file=self.stream)


def run(
    entries_path: Path | str,
    calibration_path: Path | str | None,
    k: int,
    stdin: TextIO,
    stdout: TextIO,
    stderr: TextIO,
    encoder: str = "",
) -> int:
    """Answer every query line. Returns 0, or 1 when a file, a line or the encoder could not be read."""
    errors = _Errors(stderr)
    started = time.perf_counter()
    try:
        router = _build(
            Path(entries_path), calibration_path, errors, open_encoder(encoder) if encoder else None
        )
    except EncoderError as problem:
        print(problem, file=stderr)
        return 1
    except OSError as problem:
        print(f"The file {problem.filename} cannot be read: {problem.strerror}.", file=stderr)
        return 1
    built = time.perf_counter() - started
    queries = _parsed(_lines(stdin), "queries", _query, errors)
    try:
        times = [_answer(router, query, k, stdout) for query in queries]
        stdout.flush()
    except BrokenPipeError:
        raise  # who reads the answers has seen enough
    except OSError as problem:
        print(f"The answers cannot be written: {problem.strerror}.", file=stderr)
        return 1
    if router.degraded:
        print(router.degraded, file=stderr)
    print(_summary(built, times), file=stderr)
    return 1 if errors.count else 0


def _build(
    entries_path: Path, calibration_path: Path | str | None, errors: _Errors, encoder: Encoder | None
) -> Router:
    kinds: dict[str, Kind] = {}

    def entry(data: dict[str, Any]) -> Entry:
        made = _entry(data)
        if kinds.setdefault(made.id, made.kind) != made.kind:
            raise ValueError(f"the id {made.id!r} was already used for kind {kinds[made.id]!r}")
        return made

    with entries_path.open("rb") as lines:
        entries = list(_parsed(lines, entries_path.name, entry, errors))
    pairs: list[tuple[str, str | None]] = []
    if calibration_path is not None:
        path = Path(calibration_path)
        with path.open("rb") as lines:
            pairs = list(_parsed(lines, path.name, _pair, errors))
    router = Router.build(entries, pairs, encoder=encoder)
    for kind in sorted(set(kinds.values())):
        if not router.calibrated(kind):
            print(
                f"confidence of {kind}: built in, conservative (too little calibration)", file=errors.stream
            )
    if strangers := sum(right is not None and right not in kinds for _, right in pairs):
        print(f"calibration: {strangers} of {len(pairs)} name an id that no entry has", file=errors.stream)
    return router


def _answer(router: Router, query: tuple[Any, str], k: int, stdout: TextIO) -> float:
    started = time.perf_counter()
    decision = router.decide(query[1], k=max(1, k))
    elapsed = time.perf_counter() - started
    # ASCII on purpose: a text may carry half a surrogate pair, which no encoding can write.
    stdout.write(json.dumps(_line(query[0], decision)) + "\n")
    return elapsed


def _line(query_id: Any, decision: Decision) -> dict[str, Any]:
    ranking = [{"id": m.id, "score": m.score, "why": list(m.why)} for m in decision.ranking]
    return {
        "id": query_id,
        "decision": decision.kind,
        "confidence": decision.confidence,
        "ranking": ranking,
    }


def _summary(built: float, times: list[float]) -> str:
    ordered = sorted(times)
    rate = len(times) / max(1e-9, sum(times))
    p50, p99 = (1000 * _percentile(ordered, share) for share in (0.5, 0.99))
    return (
        f"build {built:.3f} s; {len(times)} queries, {rate:.0f} queries/s; p50 {p50:.2f} ms, p99 {p99:.2f} ms"
    )


def _percentile(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def _lines(stream: TextIO) -> Iterable[bytes | str]:
    """Bytes where the stream has them, so that one undecodable line does not end the reading."""
    buffer: Iterable[bytes] | None = getattr(stream, "buffer", None)
    return stream if buffer is None else buffer


def _parsed(
    lines: Iterable[bytes | str], source: str, read: Callable[[dict[str, Any]], _T], errors: _Errors
) -> Iterator[_T]:
    for number, line in enumerate(lines, start=1):
        try:
            text = line.decode("utf-8-sig") if isinstance(line, bytes) else line
            if not text.strip():
                continue
            data = json.loads(text, parse_int=_whole)
            if not isinstance(data, dict):
                raise ValueError("a JSON object was expected")
            value = read(data)
        except json.JSONDecodeError as problem:
            errors.report(source, number, f"not JSON ({problem.msg})")
        except UnicodeDecodeError:
            errors.report(source, number, "not UTF-8")
        except RecursionError:
            errors.report(source, number, "nested too deeply")
        except ValueError as problem:
            errors.report(source, number, str(problem))
        else:
            yield value


def _whole(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise ValueError(f"a number of more than {MAX_DIGITS} digits")
    return int(digits)


def _text(data: dict[str, Any], key: str) -> str:
    value = data.get(key)
    if not isinstance(value, str):
        raise ValueError(f'"{key}" must be a text')
    return value


def _entry(data: dict[str, Any]) -> Entry:
    kind: Kind = data.get("kind", "faq")
    if kind not in KINDS:
        raise ValueError('"kind" must be "faq" or "agency"')
    lang = data.get("lang")
    if lang is not None and not isinstance(lang, str):
        raise ValueError('"lang" must be a text')
    return Entry(_text(data, "id"), _text(data, "text"), kind, lang)


def _pair(data: dict[str, Any]) -> tuple[str, str | None]:
    if "id" not in data:
        raise ValueError('"id" is missing (null means out of scope)')
    return _text(data, "text"), None if data["id"] is None else _text(data, "id")


def _query(data: dict[str, Any]) -> tuple[Any, str]:
    query_id = data.get("id")
    if not isinstance(query_id, str | int) or isinstance(query_id, bool):
        raise ValueError('"id" must be a text or a number')
    return query_id, _text(data, "text")
