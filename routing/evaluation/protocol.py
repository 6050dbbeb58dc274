"""How a folder is measured: entries fit the index, judged messages fit confidence, others are measured."""

import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from routing.decide import Router
from routing.encoders import Encoder
from routing.evaluation.evaluation import Evaluation, summarize
from routing.evaluation.folder import Folder, FolderError, read_folder
from routing.evaluation.judging import Judged, Pair, Progress, Spoiled, judge, judge_spoiled, pooled
from routing.evaluation.measures import RESAMPLES, SEED
from routing.types import Kind

#: So many in-scope messages of each measured part are damaged in every mode.
SPOILED_OF_EACH = 150

HALVES = "two halves by a fixed seed; each is measured with confidence fitted on the other"
APART = "confidence fitted on a part kept apart, every query measured"
UNFITTED = "no calibration: every query measured with the built-in confidence"


def silent(_: str) -> None:
    """Progress that nobody wants to see."""


def evaluate_folder(
    path: Path,
    *,
    kind: Kind = "faq",
    calibration: Sequence[Pair] | None = None,
    calibrate: bool = True,
    fast: bool = False,
    encoder: Encoder | None = None,
    progress: Progress = silent,
) -> Evaluation:
    """Measure one folder. Raises FolderError for what cannot be read, EncoderError as `Router.build` does.

    `calibration` fits confidence instead of the folder's own; `calibrate=False` measures the built-in one;
    `fast` leaves out damaged texts and bootstrap intervals.
    """
    folder = read_folder(path, kind)
    given = list(calibration) if calibration is not None else folder.calibration
    parts, protocol = _parts(folder.queries, given, calibrate)
    judged: list[Judged] = []
    damaged: list[list[Spoiled]] = []
    build, fitted = 0.0, 0
    troubles: tuple[str, ...] = ()
    for number, (fitting, measured) in enumerate(parts, start=1):
        told = _prefixed(progress, f"{folder.name}, part {number} of {len(parts)}")
        router, seconds = _built(folder, fitting, encoder, told)
        told(f"{len(measured)} queries")
        found = judge(router, measured)
        judged += found
        if not fast:
            damaged.append(judge_spoiled(router, measured, found, SPOILED_OF_EACH, told))
        build, fitted = max(build, seconds), fitted + _fitted(router, folder)
        troubles = (router.degraded,) if router.degraded else troubles
    return summarize(
        judged,
        name=folder.name,
        entries=len(folder.entries),
        ids=len({entry.id for entry in folder.entries}),
        protocol=protocol,
        notes=(*_meanings(encoder), *troubles, *(_notes(folder, fitted, len(parts)) if calibrate else ())),
        spoiled=pooled(damaged),
        build=build,
        resamples=0 if fast else RESAMPLES,
    )


def halves(pairs: Sequence[Pair]) -> tuple[list[Pair], list[Pair]]:
    """The same two halves on every machine, whatever the order in the file means."""
    order = np.random.default_rng(SEED).permutation(len(pairs))
    shuffled = [pairs[number] for number in order]
    return shuffled[::2], shuffled[1::2]


def _parts(
    queries: Sequence[Pair], given: Sequence[Pair] | None, calibrate: bool
) -> tuple[list[tuple[list[Pair] | None, list[Pair]]], str]:
    if not calibrate:
        return [(None, list(queries))], UNFITTED
    if given is not None:
        return [(list(given), list(queries))], APART
    first, second = halves(queries)
    return [(first, second), (second, first)], HALVES


def _built(
    folder: Folder, fitting: list[Pair] | None, encoder: Encoder | None, progress: Progress
) -> tuple[Router, float]:
    progress(f"index of {len(folder.entries)} entries")
    started = time.perf_counter()
    try:
        router = Router.build(folder.entries, fitting, encoder=encoder)
    except ValueError as problem:
        raise FolderError(f"The entries of {folder.name} cannot be used: {problem}.") from None
    return router, time.perf_counter() - started


def _fitted(router: Router, folder: Folder) -> bool:
    return any(router.calibrated(kind) for kind in {entry.kind for entry in folder.entries})


def _meanings(encoder: Encoder | None) -> tuple[str, ...]:
    return (f"with the sentence encoder {encoder.name}",) if encoder else ()


def _notes(folder: Folder, fitted: int, parts: int) -> tuple[str, ...]:
    found = []
    if fitted < parts:
        found.append(
            f"too few judged messages to fit confidence in {parts - fitted} of {parts} parts:"
            " there the built-in confidence stands"
        )
    if folder.unknown:
        found.append(f"{folder.unknown} queries ask for ids that no entry has; they count as wrong")
    return tuple(found)


def _prefixed(progress: Progress, prefix: str) -> Progress:
    return lambda words: progress(f"{prefix}: {words}")
