"""Public weights of the generator: which files they are, whose, under which licence, and what goes together.

A **part** is one model (a backbone, a codec, a text encoder) and is kept in the store once; a **set** names
the parts that make a pipeline.  Hashes and sizes are those of the official releases; where none is written
here, the hub's own record decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mavin.errors import UsageError
from mavin.store.catalogue import ModelEntry, ModelFile, Package

__all__ = ["WEIGHTS", "WEIGHT_SETS", "WeightSet", "weight_set"]

_PULL: Final = "mavin weights pull"
_BACKBONE_BYTES: Final = 2 * 11_660_753_108  # bfloat16
_TOKENIZER: Final = "google/umt5-xxl/"


@dataclass(frozen=True, slots=True)
class WeightSet:
    """Parts that make a pipeline.

    Attributes:
        name: what a person types.
        purpose: one line for ``mavin weights list``.
        parts: name of the part in the pipeline to name of its entry in :data:`WEIGHTS`.
    """

    name: str
    purpose: str
    parts: dict[str, str]

    @property
    def entries(self) -> tuple[ModelEntry, ...]:
        """The entries of its parts."""
        return tuple(WEIGHTS[name] for name in self.parts.values())


def _ovi(name: str, purpose: str, file: str) -> ModelEntry:
    return ModelEntry(
        name,
        purpose,
        "Apache-2.0",
        "chetwinlow1/Ovi",
        (ModelFile(file, None, None),),
        about=_BACKBONE_BYTES,
        command=_PULL,
    )


_ENTRIES: Final = (
    _ovi("ovi-1.0-5s-backbone", "both towers, 720 × 720, 5 s", "model.safetensors"),
    _ovi("ovi-1.1-5s-backbone", "both towers, 960 × 960, 5 s", "model_960x960.safetensors"),
    _ovi("ovi-1.1-10s-backbone", "both towers, 960 × 960, 10 s", "model_960x960_10s.safetensors"),
    ModelEntry(
        "dreamid-omni-backbone",
        "both towers, trained with pictures and voices of up to two people",
        "not stated",
        "XuGuo699/DreamID-Omni",
        (ModelFile("dreamid_omni.safetensors", None, None),),
        terms="its authors offer it for academic research and demonstration only",
        about=2 * _BACKBONE_BYTES,  # float32
        command=_PULL,
    ),
    ModelEntry(
        "wan2.2-vae",
        "video codec",
        "Apache-2.0",
        "Wan-AI/Wan2.2-TI2V-5B",
        (
            ModelFile(
                "Wan2.2_VAE.pth", 2_818_839_170, "20eb789667fa5e60e7516bf509512f6cb61f01b0aa0695eadaea930c13892b36"
            ),
        ),
        command=_PULL,
    ),
    ModelEntry(
        "umt5-xxl",
        "text encoder and its tokenizer",
        "Apache-2.0",
        "Wan-AI/Wan2.2-TI2V-5B",
        (
            ModelFile(
                "models_t5_umt5-xxl-enc-bf16.pth",
                11_361_920_418,
                "7cace0da2b446bbbbc57d031ab6cf163a3d59b366da94e5afe36745b746fd81d",
            ),
            ModelFile(
                f"{_TOKENIZER}tokenizer.json",
                16_837_417,
                "6e197b4d3dbd71da14b4eb255f4fa91c9c1f2068b20a2de2472967ca3d22602b",
            ),
            ModelFile(
                f"{_TOKENIZER}tokenizer_config.json",
                61_728,
                "ed9a3a8b0faa71a70a32847e0435fe036e6e112d4df4edb7bb48a921e344dc05",
            ),
            ModelFile(
                f"{_TOKENIZER}special_tokens_map.json",
                6_623,
                "7b8a9f5040adb67b5805abdfd42c1f8d0f3d0e711f10726580eb3789cd0ad61d",
            ),
            ModelFile(
                f"{_TOKENIZER}spiece.model",
                4_548_313,
                "e3909a67b780650b35cf529ac782ad2b6b26e6d1f849d3fbb6a872905f452458",
            ),
        ),
        command=_PULL,
    ),
    ModelEntry(
        "mmaudio-16k",
        "audio codec and vocoder",
        "CC-BY-NC-4.0",
        "hkchengrex/MMAudio",
        (
            ModelFile(
                "ext_weights/v1-16.pth",
                686_652_758,
                "15ad082c714ccf3771898a771fc6eebdc1d9c8d5c6154726906a97f43603d62c",
            ),
            ModelFile(
                "ext_weights/best_netG.pt",
                449_217_313,
                "970ca75ee4d5ce583e9396a4534acb14971ea2b4f1c22e038f476680c868a789",
            ),
        ),
        terms="not for commercial use",
        command=_PULL,
    ),
    ModelEntry(
        "facodec",
        "timbre encoder of the paper",
        "Apache-2.0",
        "amphion/naturalspeech3_facodec",
        (ModelFile("ns3_facodec_encoder.bin", None, None), ModelFile("ns3_facodec_decoder.bin", None, None)),
        about=415_000_000,
        command=_PULL,
    ),
    ModelEntry(
        "ge2e",
        "speaker encoder, stand-in for facodec",
        "Apache-2.0",
        "",
        (ModelFile("pretrained.pt", 17_090_379, "39373b86598fa3da9fcddee6142382efe09777e8d37dc9c0561f41f0070f134e"),),
        (Package("Resemblyzer", "0.1.4", (("resemblyzer/pretrained.pt", "pretrained.pt"),)),),
        command=_PULL,
    ),
)

WEIGHTS: Final[dict[str, ModelEntry]] = {entry.name: entry for entry in _ENTRIES}
"""Every part by its name."""


def _set(name: str, purpose: str) -> WeightSet:
    return WeightSet(
        name,
        purpose,
        {
            "backbone": f"{name}-backbone",
            "video_codec": "wan2.2-vae",
            "audio_codec": "mmaudio-16k",
            "text_encoder": "umt5-xxl",
        },
    )


WEIGHT_SETS: Final[dict[str, WeightSet]] = {
    one.name: one
    for one in (
        _set("ovi-1.0-5s", "Ovi, clips of 5 s at 720 × 720"),
        _set("ovi-1.1-5s", "Ovi 1.1, clips of 5 s at 960 × 960"),
        _set("ovi-1.1-10s", "Ovi 1.1, clips of 10 s at 960 × 960"),
        _set("dreamid-omni", "Ovi's network trained with references, clips of 5 s"),
    )
}
"""Every set by its name."""


def weight_set(name: str) -> WeightSet:
    """The set of that name, or a set of one part by the part's name.

    Raises:
        UsageError: if there is neither, with the names there are.
    """
    if found := WEIGHT_SETS.get(name):
        return found
    if entry := WEIGHTS.get(name):
        return WeightSet(entry.name, entry.purpose, {entry.name: entry.name})
    raise UsageError(
        f"Weights must be one of {', '.join(WEIGHT_SETS)}, or a part: {', '.join(WEIGHTS)}; got {name!r}. "
        "`mavin weights list` shows them."
    )
