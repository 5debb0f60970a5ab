"""From latents to what is delivered: exactly the frames of the script's duration, and sound of the same length.

network   4k + 1 frames  ├──────────────────────────┤···┤
film      round(24 · d)  ├──────────────────────────┤        the surplus is trimmed, picture and sound;
                                                             small pictures are scaled up to the film's size
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from generator.codecs.interfaces import AudioCodec, VideoCodec
from generator.shapes import ClipShape
from mavin.frames import FPS

__all__ = ["film_frames", "film_samples", "film_sound", "scaled"]


def scaled(frame: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    """A frame ``(H, W, 3)`` at another width and height: scaled until it covers them, its middle kept."""
    if (frame.shape[1], frame.shape[0]) == size:
        return frame
    from PIL import Image, ImageOps

    return np.asarray(ImageOps.fit(Image.fromarray(frame), size, Image.Resampling.LANCZOS))


def film_samples(frames: int, sample_rate: int) -> int:
    """Samples that last as long as so many frames, to the nearest one."""
    return round(frames * sample_rate / FPS)


def film_frames(codec: VideoCodec, latents_CfHW: Tensor, shape: ClipShape) -> Iterator[NDArray[np.uint8]]:
    """The delivered frames one by one, uint8 of shape (H, W, 3); a latent is decoded when its turn comes."""
    count = 0
    for frames_3FHW in codec.stream(latents_CfHW):
        # round, not cut off: −1…1 becomes 0…255 evenly
        pixels = ((frames_3FHW.float() + 1) * 127.5).round().clamp(0, 255).byte().permute(1, 2, 3, 0).cpu().numpy()
        for frame in pixels:
            if count == shape.frames:
                return
            yield frame
            count += 1


def film_sound(codec: AudioCodec, latents_LC: Tensor, shape: ClipShape) -> NDArray[np.float32]:
    """The delivered sound: as long as the frames; what the last latent lacks is silence."""
    wanted = film_samples(shape.frames, codec.sample_rate)
    decoded = codec.decode(latents_LC).float().cpu().numpy()[:wanted]
    return np.pad(decoded, (0, wanted - len(decoded))).astype(np.float32)
