"""Feature extractors of the paper's metrics, each ``embed(samples) → float32 (n, D)`` with its weights' hash.

base         what an extractor is, and its provenance
pictures     scaling, cropping, sampling of frames
weights      safetensors and PyTorch files, read without running code
i3d          FVD              vggish       FAD
frames       SC, BC           viclip       TVS, CISC, BISC
clap         TAS              imagebind    AV-IB
syncnet      Sync             arcface      VC
voices       AC               faces        finds faces for VC and Sync
efficientnet a stand-in for SC and BC

Importing this package imports no PyTorch; its modules do.
"""

from evaluators.features.base import (
    ClipEmbedder,
    Features,
    FrameEmbedder,
    Frames,
    ModelInfo,
    Sound,
    SoundEmbedder,
    TextEmbedder,
)

__all__ = [
    "ClipEmbedder",
    "Features",
    "FrameEmbedder",
    "Frames",
    "ModelInfo",
    "Sound",
    "SoundEmbedder",
    "TextEmbedder",
]
