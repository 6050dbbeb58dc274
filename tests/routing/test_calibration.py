"""Confidence: fitted on judged messages, cautious without them; and the numbers that judge it."""

import numpy as np
import numpy.typing as npt
import pytest

from routing import Entry, Router, calibrate, learn
from routing.evaluation.measures import auroc
from routing.index import Floats
from tests.routing import pack

STRANGERS = ["weather in London", "qoʻshiq ayt", "кто выиграл матч", "tell me a joke", "menga pitsa kerak"]


def _judged() -> list[tuple[str, str | None]]:
    """Questions with their first or last words missing, and as many strangers that share some words."""
    pairs: list[tuple[str, str | None]] = []
    for id_, texts in pack.QUESTIONS.items():
        for text in texts:
            words = text.split()
            pairs += [(" ".join(words[1:]), id_), (" ".join(words[:-1]), id_)]
    pairs += [(f"{stranger} {n} {word}", None) for stranger in STRANGERS for n, word in enumerate(
        ["pasport", "murojaat", "обращение", "kerak", "how do I", "qanday", "приём", "benefit"])]  # fmt: skip
    return pairs


def test_calibration_pairs_change_confidence_but_never_the_ranking() -> None:
    plain, fitted = Router.build(pack.entries()), Router.build(pack.entries(), _judged())
    assert not plain.calibrated("faq")
    assert fitted.calibrated("faq")
    for text, _ in _judged():
        assert [m.id for m in plain.rank_kind(text, "faq")] == [m.id for m in fitted.rank_kind(text, "faq")]


def test_fitted_confidence_separates_and_answers_are_right() -> None:
    judged = _judged()
    router = Router.build(pack.entries(), judged[::2])
    results = [(router.decide(text), right) for text, right in judged[1::2]]
    inside = [d.confidence for d, right in results if right]
    outside = [d.confidence for d, right in results if right is None]
    assert auroc(inside, outside) > 0.9
    answered = [d.ranking[0].id == right for d, right in results if d.kind == "answer"]
    assert answered
    assert np.mean(answered) >= calibrate.PRECISION


def test_too_little_calibration_keeps_the_built_in_one() -> None:
    assert not Router.build(pack.entries(), _judged()[:10]).calibrated("faq")
    all_right = [(text, id_) for id_, texts in pack.QUESTIONS.items() for text in texts] * 3
    assert not Router.build(pack.entries(), all_right).calibrated("faq")


def test_the_promise_needs_a_lower_bound_not_a_lucky_streak() -> None:
    lucky, long_run = np.ones(10), np.ones(60)
    assert calibrate.wilson_lower(1.0, 10) < calibrate.PRECISION <= calibrate.wilson_lower(1.0, 60)
    rows = [np.full(len(calibrate.SIGNAL_NAMES), value) for value in (*lucky, *long_run * 0.5)]
    useless = calibrate.fit(rows, [n % 2 == 0 for n in range(len(rows))])
    assert useless is not None
    assert useless.sure == calibrate.NEVER


@pytest.mark.parametrize("kind", ["faq", "agency"])
def test_the_built_in_calibration_only_grows_with_evidence(kind: str) -> None:
    built = calibrate.builtin("faq" if kind == "faq" else "agency")
    assert not built.fitted
    assert all(weight > -0.1 for weight in built.weights)
    nothing = np.zeros(len(calibrate.SIGNAL_NAMES))
    assert built.probability(nothing) < 0.2
    assert 0 <= built.probability(nothing + 1e9) <= 1
    assert 0 <= built.probability(nothing - 1e9) <= 1


def test_a_large_base_is_not_learned_from_but_still_ranks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("routing.learn.MAX_DOCUMENTS", 10)
    router = Router.build([*pack.entries(), Entry("extra", "yana bir savol")])
    assert router.decide(pack.QUESTIONS["term"][0]).ranking[0].id == "term"


def test_a_stronger_promise_asks_for_more_certainty() -> None:
    usual, strict, loose = (calibrate.builtin("faq", promised).sure for promised in (0.95, 0.99, 0.9))
    assert loose < usual < strict < 1
    with pytest.raises(ValueError, match="precision"):
        Router.build(pack.entries(), precision=1.0)


def test_what_is_likelier_wrong_is_never_given_however_good_the_pairs_were() -> None:
    probabilities, labels = np.linspace(0.99, 0.01, 400), np.ones(400, dtype=np.int64)
    labels[[396, 398]] = 0
    assert calibrate._sure_from(probabilities, labels, 0.95) == calibrate.SURE_AT_LEAST
    assert calibrate._sure_from(probabilities, 1 - labels, 0.95) == calibrate.NEVER


def _rank_of_left_out(kernel: Floats, labels: npt.NDArray[np.int64], blend: learn.Blend) -> float:
    """Mean reciprocal rank with each phrasing truly left out and everything fitted anew."""
    found = []
    targets = np.eye(labels.max() + 1)[labels]
    for one in range(len(labels)):
        rest = np.arange(len(labels)) != one
        fitted = np.linalg.solve(kernel[np.ix_(rest, rest)] + blend.ridge * np.eye(rest.sum()), targets[rest])
        learned = kernel[one, rest] @ fitted
        nearest = [kernel[one, rest & (labels == label)].max() for label in range(labels.max() + 1)]
        score = blend.share * learned + (1 - blend.share) * np.array(nearest)
        found.append(1 / (1 + np.sum(score > score[labels[one]])))
    return float(np.mean(found))


def test_the_blend_chosen_is_the_best_when_each_phrasing_is_truly_left_out() -> None:
    chance = np.random.default_rng(1)
    labels = np.repeat(np.arange(40), 5)
    points = chance.normal(size=(40, 9))[labels] + 0.9 * chance.normal(size=(200, 9))
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    kernel = (points @ points.T).astype(np.float32)
    every = {
        learn.Blend(ridge, share): _rank_of_left_out(kernel, labels, learn.Blend(ridge, share))
        for ridge in learn.RIDGES
        for share in learn.SHARES
    }
    assert every[learn.choose(kernel, labels)] == pytest.approx(max(every.values()), abs=1e-6)
    assert min(every.values()) < max(every.values()) - 0.01
    assert learn.choose(kernel[:30, :30], labels[:30]) == learn.Blend()
