"""Is what is said what the script says?  Word error rate (§5.2) by Whisper, spelling evened out by its normaliser.

    script   "Mr. Brown, it's half past two."   ─ normalise ─▶  mister brown it is half past 2 ┐
    film     ─ Whisper ─▶ "Mister Brown, it is half past two" ─▶ mister brown it is half past 2 ┴▶ errors / words

Over many films errors and words are summed before they are divided (corpus level), so that a short
line counts no more than its words.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from evaluators.film import OpenedFilm
from evaluators.metric import Column, Metric
from evaluators.plan import ScriptPlan
from evaluators.provenance import Provenance, file_sha256, versions_of
from evaluators.result import Measurement, UnscoredError
from mavin.errors import UsageError

__all__ = ["PAPER_MODEL", "Recogniser", "WhisperRecogniser", "WordErrors", "WordMetric", "normalise", "word_errors"]

PAPER_MODEL = "large-v3"
"""The Whisper that the paper's WER is made with; what another one gives stands in a column of its own."""

DEFAULT_MODEL = "base"
SAMPLE_RATE = 16_000
_BEAM = 5

_WITHOUT_SPACES = {"zh", "yue", "ja", "th", "lo", "my", "km"}
"""Languages that write no space between words: their error rate counts characters."""


@dataclass(frozen=True, slots=True)
class WordErrors:
    """How far one text is from another, in words.

    Attributes:
        words: of the script.
        substitutions, deletions, insertions: of a shortest way from the script to what was heard.
    """

    words: int
    substitutions: int
    deletions: int
    insertions: int

    @property
    def errors(self) -> int:
        """All of them together; the only figure on which aligners agree."""
        return self.substitutions + self.deletions + self.insertions

    @property
    def rate(self) -> float:
        """Errors per word of the script; above 1 where much is added; NaN without a word."""
        return self.errors / self.words if self.words else math.nan


def word_errors(reference: str, hypothesis: str) -> WordErrors:
    """Counts the errors of a text whose words stand between blanks; normalise both sides first.

    Raises:
        UsageError: if jiwer is not installed.
    """
    if not reference.split():
        return WordErrors(0, 0, 0, len(hypothesis.split()))
    try:
        import jiwer
    except ImportError:
        raise UsageError(_missing("jiwer")) from None
    found = jiwer.process_words(reference, hypothesis)
    words = found.hits + found.substitutions + found.deletions
    return WordErrors(words, found.substitutions, found.deletions, found.insertions)


def normalise(text: str, language: str = "en") -> str:
    """Whisper's own normaliser: case, punctuation, spelling, numbers; characters apart where no blank parts words.

    Args:
        text: of either side.
        language: such as ``en`` or ``pt-BR``; English has rules of its own.
    """
    return " ".join(_normaliser(language.split("-")[0].casefold())(text).split())


@functools.lru_cache(maxsize=8)
def _normaliser(language: str) -> Callable[[str], str]:
    try:
        from whisper_normalizer.basic import BasicTextNormalizer
        from whisper_normalizer.english import EnglishTextNormalizer
    except ImportError:
        raise UsageError(_missing("whisper-normalizer")) from None
    if language == "en":
        return EnglishTextNormalizer()  # type: ignore[no-any-return]
    return BasicTextNormalizer(split_letters=language in _WITHOUT_SPACES)  # type: ignore[no-any-return]


def _missing(package: str) -> str:
    return f"Word error rates need {package}, got none. Install it: pip install 'mavin[evaluators]'"


# ------------------------------------------------------------------------------------------ hearing


class Recogniser(Protocol):
    """Writes down what is said."""

    @property
    def provenance(self) -> Provenance:
        """Its model, weights and settings."""
        ...

    def transcribe(self, samples: NDArray[np.float32], language: str) -> str:
        """The words of a recording; ``samples`` are mono at 16 kHz, ``language`` is a tag such as ``en``."""
        ...


class WhisperRecogniser:
    """faster-whisper, which runs OpenAI's weights; no sampling, so that the same film gives the same words."""

    def __init__(self, model: str = DEFAULT_MODEL) -> None:
        """Loads the model.

        Args:
            model: ``base``, ``large-v3`` or another name of the model store (``faster-whisper-NAME``), or a folder
                that holds a converted model.

        Raises:
            UsageError: if the package or the model is missing, with what to do.
        """
        try:
            from ctranslate2 import get_cuda_device_count
            from faster_whisper import WhisperModel
        except ImportError:
            raise UsageError(_missing("faster-whisper")) from None
        self.name, folder = _folder_of(model)
        self._weights = _weights_hash(folder)
        self._precision = "float16" if get_cuda_device_count() else "float32"
        try:
            self._model = WhisperModel(str(folder), device="auto", compute_type=self._precision)
        except (RuntimeError, ValueError, OSError) as error:
            raise UsageError(
                f"{folder} must hold a Whisper model of CTranslate2, got one that cannot be loaded: {error}"
            ) from None

    @property
    def provenance(self) -> Provenance:
        """Model, hash of its weights, and how it searches."""
        return Provenance(
            f"Whisper {self.name}",
            self._weights,
            "the whole film, 16 kHz mono",
            {"beam": _BEAM, "temperature": 0, "precision": self._precision, "normaliser": "Whisper's"},
            versions_of("faster-whisper", "ctranslate2", "whisper-normalizer", "jiwer"),
        )

    def transcribe(self, samples: NDArray[np.float32], language: str) -> str:
        """The words of a recording; none of silence, for which Whisper would invent some."""
        if not np.any(np.abs(samples) > 1e-4):
            return ""
        spoken = language.split("-")[0].casefold()
        # Asked for a language that it does not know it would refuse; left out, it listens for one.
        known = spoken if spoken in self._model.supported_languages else None
        segments, _ = self._model.transcribe(
            samples, language=known, beam_size=_BEAM, temperature=0.0, condition_on_previous_text=False
        )
        return " ".join(segment.text.strip() for segment in segments)


def _folder_of(model: str) -> tuple[str, Path]:
    from mavin.store import path_of

    path = Path(model).expanduser()
    if (path / "model.bin").is_file():
        return path.name, path
    name = model.removeprefix("faster-whisper-")
    try:
        found = path_of(f"faster-whisper-{name}")
    except UsageError:
        raise UsageError(
            f"A Whisper model must be base, large-v3 or a folder that holds a model.bin, got {model!r}. "
            "Write for example --metrics wer:large-v3."
        ) from None
    if found is None:
        raise UsageError(
            f"The model that hears the words, faster-whisper-{name}, is not here. "
            f"Pull it: mavin model pull faster-whisper-{name}"
        )
    return name, found


@functools.lru_cache(maxsize=4)
def _weights_hash(folder: Path) -> str:
    from mavin.store import installed

    for model in installed():  # hashed when it was pulled
        if model.path == folder:
            return next((file.sha256 for file in model.files if file.name == "model.bin" and file.sha256), "")
    return file_sha256(folder / "model.bin")


# ------------------------------------------------------------------------------------------ measuring


class WordMetric(Metric):
    """The share of a script's words that a film does not say as written."""

    name = "wer"

    def __init__(self, model: str = DEFAULT_MODEL, recogniser: Recogniser | None = None) -> None:
        """Chooses who listens.

        Args:
            model: as :class:`WhisperRecogniser` takes it.
            recogniser: somebody else who listens; ``model`` is then but a name.
        """
        self._model, self._recogniser = model, recogniser
        name = Path(model).name.removeprefix("faster-whisper-")
        is_papers = name == PAPER_MODEL
        key = "wer" if is_papers else f"wer_{name.replace('.', '_').replace('-', '_')}"
        self.columns = (Column(key, "WER" if is_papers else f"WER (Whisper {name})", "lower"),)

    def load(self) -> None:
        """Loads the model and the normaliser."""
        self._recogniser = self._recogniser or WhisperRecogniser(self._model)
        normalise("one"), word_errors("one", "one")

    @property
    def provenance(self) -> Provenance:
        """Of who listens."""
        self.load()
        assert self._recogniser is not None
        return self._recogniser.provenance

    def measure(self, film: OpenedFilm) -> list[Measurement]:
        """Has the film written down and compares it with the script's lines in order of time."""
        self.load()
        assert self._recogniser is not None
        if not film.plan.lines:
            raise UnscoredError("the script has no line")
        language = _language_of(film.plan)
        script = " ".join(line.line.text for line in film.plan.lines)
        heard = self._recogniser.transcribe(film.sound(SAMPLE_RATE), language)
        reference = normalise(script, language)
        found = word_errors(reference, normalise(heard, language))
        data: dict[str, Any] = {
            "errors": found.errors,
            "words": found.words,
            "substitutions": found.substitutions,
            "deletions": found.deletions,
            "insertions": found.insertions,
            "script": script,
            "heard": heard,
            "language": language,
        }
        column = self.columns[0].name
        if not found.words:
            return [self.scored(film, column, math.nan, reason="no word of the script is left by the normaliser")]
        return [self.scored(film, column, found.rate, found.words, **data)]

    def pool(self, column: Column, scored: Sequence[Measurement]) -> float:  # noqa: ARG002  (there is but one)
        """All errors by all words."""
        return float(sum(each.data["errors"] for each in scored) / sum(each.data["words"] for each in scored))


def _language_of(plan: ScriptPlan) -> str:
    """The language in which most is said."""
    spoken: dict[str, int] = {}
    for line in plan.lines:
        spoken[line.line.language] = spoken.get(line.line.language, 0) + len(line.line.text)
    return max(spoken, key=lambda language: spoken[language])
