"""Trains the video codec of preset ``tiny`` on windows of the synthetic world.

    python -m generator.train.video_codec FOLDER [--steps N] [--windows N]

FOLDER receives ``windows.npy`` (drawn once, 770 MB a thousand), the state of the run, and at the end the codec as
a part of a pipeline with its PSNR in ``record.json``.  The same command goes on where an interrupted one stopped.

Legend: B = clips, F = 9 frames of a window, H × W = pixels.
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

from generator.codecs.causal_video import CausalVideoCodec, CausalVideoVAE
from generator.parts import save_part
from generator.shards import SHARD_BYTES
from generator.stage.sampling import Difficulty, sample
from generator.stage.sampling.dice import Dice
from generator.train.fitting import Fit, fit, say
from generator.train.world import HELD_OUT, SMALL, draw_frames, sample_caption
from mavin.caption import Aspect, HierarchicalCaption
from mavin.frames import frame_of

__all__ = ["choose_basis", "codec_loss", "draw_windows", "psnr"]

WINDOW: Final = 9
"""Frames of a window: three groups."""
_CROP: Final = 112
"""Width of what is seen of a window; the layers are convolutions, and two halves of two windows teach more than one."""
_KL: Final = 5e-4
_MOVE: Final = 0.3
"""How far a channel is moved to see what it does."""


def draw_windows(path: Path, first_seed: int, count: int, told: Callable[[int], None]) -> NDArray[np.uint8]:
    """Windows of 9 frames, every other one with a cut in it: ``[N, F, H, W, 3]``, drawn into a file.

    Most are of the world that the network is trained on, one in seven of everything that the stage draws.
    """
    width, height = SMALL["16:9"]
    whole = (count, WINDOW, height, width, 3)
    if path.exists():
        windows: NDArray[np.uint8] = np.load(path, mmap_mode="r", allow_pickle=False)
        return windows
    part = path.with_suffix(".part")
    drawn = np.lib.format.open_memmap(part, "w+", np.uint8, whole)
    made, seed = 0, first_seed
    while made < count:
        seed += 1
        dice = Dice(seed)
        anything = Difficulty(duration_ms=(3000, 6000))
        caption = sample_caption(seed) if dice.chance(0.85) else sample(seed, anything)
        caption = caption.model_copy(update={"aspect": Aspect.WIDE})  # windows are of one shape
        for window in _windows(dice, caption)[: count - made]:
            drawn[made] = draw_frames(caption, window, _mouths(dice, caption))
            made += 1
        told(made)
    drawn.flush()
    part.replace(path)
    return np.load(path, mmap_mode="r", allow_pickle=False)  # type: ignore[no-any-return]


def _windows(dice: Dice, caption: HierarchicalCaption) -> list[range]:
    frames = frame_of(caption.duration_ms)
    starts = [dice.whole(0, frames - WINDOW - 1)]
    if len(caption.shots) > 1:
        cut = frame_of(dice.pick(caption.shots[1:]).start_ms)
        starts.append(max(0, min(frames - WINDOW, cut - dice.whole(1, WINDOW - 1))))
    return [range(start, start + WINDOW) for start in starts]


def _mouths(dice: Dice, caption: HierarchicalCaption) -> list[Mapping[str, int]]:
    """Mouths as they might be, without the time that a sound takes to make."""
    return [
        {
            line.role: dice.pick((0, 1, 1, 2, 3, 4))
            for line in caption.dialogue
            if frame_of(line.start_ms) <= frame < frame_of(line.end_ms)
        }
        for frame in range(frame_of(caption.duration_ms))
    ]


def as_video(windows: NDArray[np.uint8]) -> Tensor:
    """``[B, F, H, W, 3]`` of bytes to ``[B, 3, F, H, W]`` in [-1, 1]."""
    return torch.from_numpy(np.ascontiguousarray(windows)).permute(0, 4, 1, 2, 3).float() / 127.5 - 1


def codec_loss(vae: CausalVideoVAE, frames_B3FHW: Tensor) -> dict[str, Tensor]:
    """Absolute and squared error of the pixels and of their edges, and the posterior's distance from the normal."""
    mean, log_variance = vae.posterior(frames_B3FHW)
    made = vae.decode(mean + torch.randn_like(mean) * torch.exp(0.5 * log_variance))[:, :, 3:]
    error = made - frames_B3FHW
    edges = error.diff(dim=-1).abs().mean() + error.diff(dim=-2).abs().mean()
    kl = 0.5 * (mean**2 + log_variance.exp() - 1 - log_variance).mean()
    squared = (error**2).mean()
    return {
        "loss": error.abs().mean() + 2 * squared + 0.5 * edges + _KL * kl,
        "kl": kl.detach(),
        "psnr": -10 * torch.log10(squared.detach() / 4),
    }


@torch.no_grad()
def psnr(vae: CausalVideoVAE, windows: NDArray[np.uint8]) -> float:
    """Mean over the windows of the signal-to-noise ratio of their pixels in dB, latents not sampled."""
    found = []
    for window in windows:
        frames = as_video(window[None])
        made = vae.decode(vae.posterior(frames)[0])[:, :, 3:].clamp(-1, 1)
        found.append(-10 * float(torch.log10(((made - frames) ** 2).mean() / 4)))
    return float(np.mean(found))


@torch.no_grad()
def choose_basis(vae: CausalVideoVAE, windows: NDArray[np.uint8]) -> None:
    """Sets the coordinates of the latents: equal distances are equal differences of pixels."""
    found, importance = [], torch.zeros(2 * (vae.config["latent_channels"],))
    random = torch.Generator().manual_seed(0)
    for number, window in enumerate(windows):
        latents = vae.posterior(as_video(window[None]))[0]
        found.append(latents[0].flatten(1).T)
        if number % 8:
            continue
        # Each channel is moved up in some cells and down in others, so that what cells share cancels out.
        signs = 1.0 - 2.0 * torch.randint(0, 2, latents.shape[3:], generator=random)
        moves = _MOVE * signs * torch.eye(latents.shape[1])[:, :, None, None, None]
        changes = torch.stack([(vae.decode(latents + move) - vae.decode(latents)).flatten() for move in moves])
        importance += changes @ changes.T / changes.shape[1]
    vae.basis.choose(torch.cat(found), importance)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--steps", type=int, default=5000)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--windows", type=int, default=4000)
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    chosen = parser.parse_args()
    torch.set_num_threads(chosen.threads)
    chosen.folder.mkdir(parents=True, exist_ok=True)

    def drawing(made: int) -> None:
        if made % 100 == 0:
            say(f"{made} of {chosen.windows} windows drawn")

    windows = draw_windows(chosen.folder / "windows.npy", 0, chosen.windows, drawing)
    held_out = draw_windows(chosen.folder / "held_out.npy", HELD_OUT, 100, drawing)
    torch.manual_seed(0)
    vae = CausalVideoVAE().to(memory_format=torch.channels_last)  # type: ignore[call-overload]

    def loss_of(dice: np.random.Generator) -> dict[str, Tensor]:
        frames = as_video(windows[np.sort(dice.integers(0, len(windows), chosen.batch))])
        left = int(dice.integers(0, frames.shape[-1] - _CROP + 1))
        frames = frames[..., left : left + _CROP]
        return codec_loss(vae, frames.flip(-1) if dice.random() < 0.5 else frames)

    def report(step: int, terms: Mapping[str, float]) -> None:
        say(f"step {step}: " + ", ".join(f"{name} {value:.4g}" for name, value in terms.items()))

    how = Fit(steps=chosen.steps, learning_rate=8e-4, precision=torch.bfloat16)
    hours = fit(vae, loss_of, how, chosen.folder / "run.safetensors", report)
    choose_basis(vae, windows[:: max(1, len(windows) // 400)])
    codec = CausalVideoCodec(vae)
    save_part(codec, chosen.folder, "video_codec", shard_bytes=SHARD_BYTES)
    record = {
        "steps": chosen.steps,
        "hours": None if hours is None else round(hours, 2),
        "batch": chosen.batch,
        "windows": len(windows),
        "psnr": round(psnr(vae, held_out), 2),
    }
    (chosen.folder / "record.json").write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    say(json.dumps(record))


if __name__ == "__main__":
    main()
