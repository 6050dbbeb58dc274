"""Sentence encoders from disk: a sentence-transformers folder, an ONNX folder, or a package that carries one.

The libraries belong to the extra `qabul[semantic]` and are imported when a model is opened. Nothing is ever
fetched from a network.
"""

import json
import threading
from collections.abc import Collection, Sequence
from contextlib import suppress
from importlib import import_module, metadata
from pathlib import Path
from typing import Any

import numpy as np

from routing.encoders import Encoder, EncoderError
from routing.index import Floats
from routing.normalize import clean

MODULES, TOKENIZER, POOLING = "modules.json", "tokenizer.json", "1_Pooling/config.json"
ONNX_FILES = ("model.onnx", "onnx/model.onnx")
LONGEST = 512  # tokens; also where the model's own limit is larger
USUAL = 256
CHARACTERS_PER_TOKEN = 8  # what is longer is not even split into tokens
_BEGINNINGS = ("\u2581", "\u0120")  # how sentencepiece and byte-level vocabularies mark the start of a word


def open_encoder(place: str) -> Encoder:
    """`place`: a folder or the name of an installed package. Raises EncoderError with one plain sentence."""
    folder = _folder(place)
    onnx = next((folder / name for name in ONNX_FILES if (folder / name).is_file()), None)
    try:
        if (folder / MODULES).is_file():
            return TransformersEncoder(folder, place)
        if onnx and (folder / TOKENIZER).is_file():
            return OnnxEncoder(folder, onnx, place)
    except ImportError as problem:
        raise EncoderError(
            f"The encoder {place} needs {problem.name or problem}: install the extra qabul[semantic]."
        ) from None
    except Exception as problem:  # torch, onnxruntime and the tokenizers each have their own
        reason = " ".join(str(problem).split())[:200]
        raise EncoderError(
            f"The encoder {place} cannot be opened ({type(problem).__name__}: {reason})."
        ) from problem
    raise EncoderError(
        f"The folder {folder} holds no sentence encoder: "
        f"it needs {MODULES}, or {ONNX_FILES[0]} with {TOKENIZER}."
    )


def _folder(place: str) -> Path:
    if Path(place).is_dir():
        return Path(place)
    with suppress(metadata.PackageNotFoundError, ValueError):
        files = metadata.files(place) or []
        for name in (MODULES, TOKENIZER):
            for file in files:
                if file.name == name:
                    return Path(str(file.locate())).parent
        raise EncoderError(f"The package {place} carries no sentence encoder.")
    raise EncoderError(f"There is neither a folder nor an installed package {place}.")


class _Known:
    """The whole words of a vocabulary."""

    def __init__(self, tokens: Collection[str]) -> None:
        marked = [token[1:] for token in tokens if token.startswith(_BEGINNINGS)]
        whole = marked or [token for token in tokens if not token.startswith("##")]
        self._words = frozenset(word.lower() for word in whole)

    def __contains__(self, word: str) -> bool:
        return word in self._words


class TransformersEncoder:
    """A folder as sentence-transformers saves it, on the processor."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        library: Any = import_module("sentence_transformers")
        self._model: Any = library.SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        tokens = min(self._model.max_seq_length or USUAL, LONGEST)
        self._model.max_seq_length = tokens
        self._characters = CHARACTERS_PER_TOKEN * tokens
        self._known = _Known(self._model.tokenizer.get_vocab())
        self._one_at_a_time = threading.Lock()  # the tokenizer keeps state between calls

    def knows(self, word: str) -> bool:
        return word in self._known

    def encode(self, texts: Sequence[str]) -> Floats:
        cut = [clean(text)[: self._characters] for text in texts]
        with self._one_at_a_time:
            rows = self._model.encode(cut, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(rows, dtype=np.float32)


class OnnxEncoder:
    """A tokenizer and an exported model; tokens are pooled as `1_Pooling/config.json` says, else by mean."""

    def __init__(self, folder: Path, model: Path, name: str) -> None:
        self.name = name
        runtime: Any = import_module("onnxruntime")
        self._tokenizer: Any = import_module("tokenizers").Tokenizer.from_file(str(folder / TOKENIZER))
        tokens = min(int(_read(folder / "sentence_bert_config.json").get("max_seq_length") or USUAL), LONGEST)
        self._tokenizer.enable_truncation(tokens)
        self._tokenizer.enable_padding()
        self._characters = CHARACTERS_PER_TOKEN * tokens
        self._known = _Known(self._tokenizer.get_vocab())
        self._session: Any = runtime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
        self._inputs = [one.name for one in self._session.get_inputs()]
        self._first = bool(_read(folder / POOLING).get("pooling_mode_cls_token"))

    def knows(self, word: str) -> bool:
        return word in self._known

    def encode(self, texts: Sequence[str]) -> Floats:
        read = self._tokenizer.encode_batch([clean(text)[: self._characters] for text in texts])
        mask = np.array([one.attention_mask for one in read], dtype=np.int64)
        given = {
            "input_ids": np.array([one.ids for one in read], dtype=np.int64),
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(mask),
        }
        outputs = self._session.run(None, {name: given[name] for name in self._inputs})
        # Some exports end with the pooled vector; the others give a vector for each token.
        pooled = next((one for one in outputs if one.ndim == 2), None)
        rows = self._pool(outputs[0], mask) if pooled is None or outputs[0].ndim == 3 else pooled
        lengths = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
        return np.asarray(rows / lengths, dtype=np.float32)

    def _pool(self, states: Floats, mask: Any) -> Floats:
        if self._first:
            return states[:, 0]
        counted = mask[:, :, None].astype(np.float32)
        return np.asarray((states * counted).sum(axis=1) / np.maximum(counted.sum(axis=1), 1), np.float32)


def _read(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    data = json.loads(path.read_text(encoding="utf-8"))
    return data if isinstance(data, dict) else {}
