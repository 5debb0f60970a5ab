"""How often a detector of speech takes the stage's sounds for a voice: each kind alone, and between two lines.

    python benchmarks/sounds.py [--seeds 2] [KIND …]      prints a table; --json for machines

Each kind of event, background and music is heard (1) alone for 2.5 s after half a second of silence and (2) in a film,
0.4 s behind a line and up to the next one, after AAC.  Counted are the frames of 10 ms that webrtcvad (mode 3, 16 kHz)
calls speech, and the runs that would count: gaps up to 300 ms joined, at least 100 ms long.

``--record`` adds a dated summary to ``sounds.json`` beside this script.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from fractions import Fraction
from importlib.metadata import version
from pathlib import Path

import numpy as np

from generator.stage import sounds
from generator.stage.guard import guarded
from generator.stage.music import MOODS, music
from generator.stage.signal import RATE, Samples, db, loudness
from generator.stage.sounds.vocabulary import ENGLISH
from generator.stage.soundtrack import build_soundtrack
from mavin.caption import DialogueLine, GlobalCaption, HierarchicalCaption, Role, Shot, Sound


@dataclass(frozen=True, slots=True)
class Row:
    """One kind: the shares of frames called speech, and the runs that count, alone and in the film."""

    kind: str
    seed: int
    alone: float
    alone_runs: int
    film: float
    film_runs: int
    lufs: float


def speech_flags(samples: Samples, rate: int = RATE) -> np.ndarray:
    """Which frames of 10 ms webrtcvad calls speech."""
    import av
    import webrtcvad

    frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples, np.float32).reshape(1, -1), "flt", "mono")
    frame.sample_rate = rate
    resampler = av.AudioResampler(format="s16", layout="mono", rate=16_000)
    parts = [part.to_ndarray().reshape(-1) for source in (frame, None) for part in resampler.resample(source)]
    pcm, detector = np.concatenate(parts), webrtcvad.Vad(3)
    starts = range(0, len(pcm) - 159, 160)
    return np.array([detector.is_speech(pcm[at : at + 160].tobytes(), 16_000) for at in starts])


def runs_of(flags: np.ndarray) -> list[tuple[int, int]]:
    """Runs of speech in milliseconds: gaps up to 300 ms joined, at least 100 ms long."""
    runs: list[list[int]] = []
    for at in np.flatnonzero(flags) * 10:
        if runs and at - runs[-1][1] <= 300:
            runs[-1][1] = int(at) + 10
        else:
            runs.append([int(at), int(at) + 10])
    return [(start, end) for start, end in runs if end - start >= 100]


def after_aac(samples: Samples) -> Samples:
    """What is left of a sound after AAC in mp4, as films are written."""
    import av

    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as container:
        stream = container.add_stream("aac", rate=RATE, layout="mono")
        stream.bit_rate = 160_000
        for at in range(0, len(samples), 1024):
            frame = av.AudioFrame.from_ndarray(
                np.ascontiguousarray(samples[np.newaxis, at : at + 1024]), "fltp", "mono"
            )
            frame.sample_rate, frame.pts, frame.time_base = RATE, at, Fraction(1, RATE)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    file.seek(0)
    with av.open(file, "r") as film:
        return np.concatenate([frame.to_ndarray().reshape(-1) for frame in film.decode(audio=0)])[: len(samples)]


def _film(setting: str, style: str, text: str | None) -> HierarchicalCaption:
    lines = [(500, 1500, "I know that sound."), (4500, 5500, "So do I, my friend.")]
    heard = (Sound(id="X1", start_ms=1900, end_ms=4400, text=text),) if text else ()
    return HierarchicalCaption(
        duration_ms=6000,
        global_caption=GlobalCaption(storyline="Two listen.", style=style, ambience="quiet" if text else setting),
        shots=(Shot(id="S1", start_ms=0, end_ms=6000, setting="a room" if text else setting, action="They listen.",
                    roles=("C1",), sounds=heard),),
        roles=(Role(id="C1", name="Mara"),),
        dialogue=tuple(DialogueLine(id=f"L{n}", role="C1", start_ms=start, end_ms=end, text=said)
                       for n, (start, end, said) in enumerate(lines, 1)),
    )  # fmt: skip


def _measured(kind: str, seed: int, alone: Samples, caption: HierarchicalCaption) -> Row:
    padded = np.pad(alone, RATE // 2)
    held = guarded([padded], np.ones(len(padded), bool))[0]
    flags = speech_flags(held)
    film = speech_flags(after_aac(build_soundtrack(caption, seed=seed).samples))
    # Between the lines: what overlaps neither of them.
    between = [run for run in runs_of(film) if run[0] > 1600 and run[1] < 4400]
    late = [run for run in runs_of(film) if run[0] < 1600 < 1620 < run[1]]
    return Row(kind, seed, float(flags.mean()), len(runs_of(flags)), float(film[165:440].mean()),
               len(between) + len(late), loudness(held))  # fmt: skip


def measure(seeds: int, wanted: list[str]) -> list[Row]:
    """All kinds, or the wanted ones."""
    words = {entry.kind: entry.phrase for entry in reversed(ENGLISH) if sounds.kind_of(entry.phrase) == entry.kind}
    rows = []
    for seed in range(seeds):
        for kind, word in sorted(words.items()):
            if not wanted or kind in wanted:
                event = sounds.event(word, int(2.5 * RATE), seed, -27.0)
                rows.append(_measured(kind, seed, event.samples, _film("a room", "pencil", word)))
        for kind in sorted(sounds.SUSTAINED):
            if not wanted or f"~{kind}" in wanted:
                bed = sounds.ambience((kind,), int(2.5 * RATE), seed) * db(-38)
                rows.append(_measured(f"~{kind}", seed, bed, _film(words[kind], "pencil", None)))
        for mood in MOODS:
            if not wanted or f"♪{mood.name}" in wanted:
                tune = music(mood, 4 * RATE, seed)
                style = {"plain": "music", "dread": "horror"}.get(mood.name, mood.name)
                tune *= db(-38 - loudness(tune))
                rows.append(_measured(f"♪{mood.name}", seed, tune, _film("quiet", style, None)))
    return rows


def main() -> int:
    """Prints the table; 1 if more than one sound in fifty counts as speech."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kinds", nargs="*", help="kinds to measure: rain, ~rain (as background), ♪noir (music)")
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--record", action="store_true")
    options = parser.parse_args()
    start = time.perf_counter()
    rows = measure(options.seeds, options.kinds)
    wrong = [row for row in rows if row.alone_runs or row.film_runs]
    if options.json:
        print(json.dumps({"rows": [asdict(row) for row in rows], "wrong": len(wrong)}))
    else:
        print(f"{'kind':16} seed  alone runs   film runs   LUFS")
        for row in wrong:
            alone, film = f"{row.alone:5.3f} {row.alone_runs:4}", f"{row.film:5.3f} {row.film_runs:4}"
            print(f"{row.kind:16} {row.seed:4}  {alone}  {film} {row.lufs:6.1f}")
        print(f"{len(rows)} sounds: {len(wrong)} taken for speech; mean share of frames alone "
              f"{np.mean([row.alone for row in rows]):.4f}, "
              f"in a film {np.mean([row.film for row in rows]):.4f}")  # fmt: skip
        print(f"{time.perf_counter() - start:.0f} s")
    if options.record:
        _record(rows, wrong)
    return int(len(wrong) > len(rows) / 50)


def _record(rows: list[Row], wrong: list[Row]) -> None:
    path = Path(__file__).with_name("sounds.json")
    runs = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    run = {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "version": version("mavin"),
        "sounds": len(rows),
        "taken_for_speech": [f"{row.kind} (seed {row.seed})" for row in wrong],
        "share_alone": round(float(np.mean([row.alone for row in rows])), 4),
        "share_in_film": round(float(np.mean([row.film for row in rows])), 4),
    }
    path.write_text(json.dumps([*runs, run], indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
