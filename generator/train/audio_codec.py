"""Trains the audio codec of preset ``tiny`` on soundtracks of the synthetic world.

    python -m generator.train.audio_codec FOLDER [--steps N] [--clips N]

FOLDER receives ``waves.npy`` (made once), the state of the run, and at the end the codec as a part of a pipeline
with what was measured in ``record.json``.  The same command goes on where an interrupted one stopped.

Legend: B = crops, T = samples, L = latents.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from generator.codecs.harmonic import HOP, RATE, HarmonicCodec, HarmonicVocoder, features
from generator.codecs.pitch import track_pitch
from generator.parts import save_part
from generator.shards import SHARD_BYTES
from generator.train.fitting import Fit, fit, say
from generator.train.world import HELD_OUT, draw_sound, sample_caption

__all__ = ["choose_basis", "make_waves", "pitch_kept", "vocoder_loss"]

_CROP: Final = 31
"""Latents of a crop: a second."""
_KL: Final = 1e-3
_MOVE: Final = 0.3
"""How far a channel is moved to hear what it does."""
_WINDOWS: Final = (256, 512, 1024, 2048)


def make_waves(path: Path, first_seed: int, count: int, told: Callable[[int], None]) -> NDArray[np.int16]:
    """The soundtracks of so many captions, one after the other ``[T]``, 16 bits, made into a file."""
    if not path.exists():
        waves: list[NDArray[np.int16]] = []
        for number in range(count):
            sound = draw_sound(sample_caption(first_seed + number)).waveform
            waves.append((sound[: len(sound) // HOP * HOP] * 32767).astype(np.int16))
            told(number + 1)
        part = path.with_suffix(".part.npy")
        np.save(part, np.concatenate(waves))
        part.replace(path)
    found: NDArray[np.int16] = np.load(path, allow_pickle=False)
    return found


def vocoder_loss(vocoder: HarmonicVocoder, features_BLC: Tensor, waveform_BT: Tensor) -> dict[str, Tensor]:
    """Distance of the spectra at four resolutions (DDSP, arXiv 2001.04643, Eq. 4), and the latents' from the normal."""
    mean, log_variance = vocoder.posterior(features_BLC)
    made = vocoder.decode(mean + torch.randn_like(mean) * torch.exp(0.5 * log_variance))
    terms = [_apart(_spectrum(made, size), _spectrum(waveform_BT, size)) for size in _WINDOWS]
    logarithmic, linear = (torch.stack(term).mean() for term in zip(*terms, strict=True))
    learned, certainty = mean[..., 3:], log_variance[..., 3:]
    kl = 0.5 * (learned**2 + certainty.exp() - 1 - certainty).mean()
    return {"loss": logarithmic + linear + _KL * kl, "kl": kl.detach(), "log": logarithmic.detach()}


def _spectrum(waveform_BT: Tensor, size: int) -> Tensor:
    window = torch.hann_window(size, device=waveform_BT.device)
    found = torch.stft(waveform_BT, size, size // 4, window=window, return_complex=True)
    strength: Tensor = (found.real.square() + found.imag.square() + 1e-9).sqrt() / size**0.5
    return strength


def _apart(made: Tensor, wanted: Tensor) -> tuple[Tensor, Tensor]:
    logarithms = ((made + 1e-3).log() - (wanted + 1e-3).log()).abs().mean()
    return logarithms, 4 * (made - wanted).abs().mean()


@torch.no_grad()
def choose_basis(vocoder: HarmonicVocoder, waveform_T: Tensor) -> None:
    """Sets the coordinates of the latents: equal distances are about equally loud differences.

    The loudness of a partial or a band grows with the power of 0.3 of its strength (Stevens).
    """
    latents_LC = vocoder.posterior(features(waveform_T)[None])[0][0]
    channels = latents_LC.shape[1]
    signs = 1.0 - 2.0 * torch.randint(0, 2, (len(latents_LC), 1), generator=torch.Generator().manual_seed(0))
    before = _loudness(vocoder, latents_LC)
    changes = torch.stack(
        [_loudness(vocoder, latents_LC + _MOVE * signs * torch.eye(channels)[at]) - before for at in range(channels)]
    )
    importance = changes @ changes.T / changes.shape[1]
    # Pitch sounds through the synthesis, not through strengths: it is as important as a tenth of all the rest.
    spread = latents_LC.var(0)
    importance[0, 0] = importance[0, 0] + 0.1 * float((importance.diag() * spread).sum() / spread[0])
    vocoder.basis.choose(latents_LC, importance)


def _loudness(vocoder: HarmonicVocoder, latents_LC: Tensor) -> Tensor:
    return torch.cat([each.flatten() for each in vocoder.strengths(latents_LC[None])]) ** 0.3


@torch.no_grad()
def pitch_kept(codec: HarmonicCodec, waveform_T: Tensor) -> float:
    """Share of the voiced frames whose pitch is within 5% of what it was before the codec."""
    made = codec.decode(codec.encode(waveform_T))
    before, voiced = track_pitch(waveform_T[: len(made)])
    after, _ = track_pitch(made)
    clear = voiced > 0.8
    return float(((after - before).abs()[clear] < 0.05).float().mean())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--batch", type=int, default=12)
    parser.add_argument("--clips", type=int, default=400)
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    chosen = parser.parse_args()
    torch.set_num_threads(chosen.threads)
    chosen.folder.mkdir(parents=True, exist_ok=True)

    def making(made: int) -> None:
        if made % 50 == 0:
            say(f"{made} of {chosen.clips} soundtracks made")

    waves = make_waves(chosen.folder / "waves.npy", 0, chosen.clips, making)
    torch.manual_seed(0)
    vocoder = HarmonicVocoder()
    whole = torch.from_numpy(waves.astype(np.float32) / 32767)
    told = torch.cat([features(part) for part in torch.split(whole, RATE * 32)])
    whole = whole[: told.shape[0] * HOP]

    def loss_of(dice: np.random.Generator) -> dict[str, Tensor]:
        at = [int(start) for start in dice.integers(0, told.shape[0] - _CROP, chosen.batch)]
        seen = torch.stack([told[start : start + _CROP] for start in at])
        heard = torch.stack([whole[start * HOP : (start + _CROP) * HOP] for start in at])
        return vocoder_loss(vocoder, seen, heard)

    def report(step: int, terms: Mapping[str, float]) -> None:
        say(f"step {step}: " + ", ".join(f"{name} {value:.4g}" for name, value in terms.items()))

    hours = fit(vocoder, loss_of, Fit(steps=chosen.steps), chosen.folder / "run.safetensors", report)
    choose_basis(vocoder, whole[: RATE * 300])
    codec = HarmonicCodec(vocoder)
    save_part(codec, chosen.folder, "audio_codec", shard_bytes=SHARD_BYTES)
    held_out = make_waves(chosen.folder / "held_out.npy", HELD_OUT, 20, making).astype(np.float32) / 32767
    record = {
        "steps": chosen.steps,
        "hours": None if hours is None else round(hours, 2),
        "batch": chosen.batch,
        "seconds of sound": round(len(waves) / RATE),
        "pitch within 5%": round(pitch_kept(codec, torch.from_numpy(held_out)), 3),
    }
    (chosen.folder / "record.json").write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    say(json.dumps(record))


if __name__ == "__main__":
    main()
