"""Numbers of the published implementations, against which ``tests/evaluators/features/test_peers.py`` holds ours.

    python benchmarks/feature_peers.py FOLDER

FOLDER holds their code, each under its own licence and none of it ours: ``pytorch_i3d.py`` (cd-fvd 0.1.1),
``SyncNetModel.py`` (syncnet_python), ``vc/`` (InternVid's ViCLIP), ``imagebind/`` (ImageBind), ``torchvggish/``,
``msclap/`` and ``torchlibrosa/`` (1.3.4, 0.1.0), with their own imports satisfied.  Weights are drawn from the tensors'
names, so that nothing has to be downloaded.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

if __name__ == "__main__":
    # The repository and not this folder, in which a script bears the name of one of our packages.
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

import torch
from torch import nn
from transformers import GPT2Config, GPT2Model

from tests.evaluators.features.peers import drawn, given

OUT = Path(__file__).resolve().parent.parent / "tests" / "evaluators" / "features" / "peers.json"
SHOWN = 8


def _filled(network: Any) -> Any:
    network.load_state_dict(drawn(network.state_dict()))
    return network.eval()


class _Through(nn.Module):
    """Takes the place of stochastic depth, which does nothing outside training."""

    def __init__(self, *_: Any, **__: Any) -> None:
        super().__init__()

    def forward(self, x: Any) -> Any:
        return x


def _stubs() -> None:
    for name in ("timm", "timm.layers", "timm.models", "timm.models.layers", "timm.models.registry"):
        sys.modules[name] = ModuleType(name)
    for name in ("iopath", "iopath.common", "iopath.common.file_io", "torchvggish.vggish_input"):
        sys.modules.setdefault(name, ModuleType(name))
    for name in ("timm.layers", "timm.models.layers"):
        vars(sys.modules[name]).update(DropPath=_Through, trunc_normal_=nn.init.trunc_normal_)
    vars(sys.modules["timm.models.registry"]).update(register_model=lambda made: made)
    vars(sys.modules["iopath.common.file_io"]).update(g_pathmgr=None)


def _i3d() -> Any:
    network = import_module("pytorch_i3d").InceptionI3d(400, in_channels=3)
    return _filled(network)(given(1, 3, 16, 224, 224))


def _syncnet_lips() -> Any:
    return _filled(import_module("SyncNetModel").S()).forward_lip(given(1, 3, 5, 224, 224))


def _syncnet_voices() -> Any:
    return _filled(import_module("SyncNetModel").S()).forward_aud(given(2, 1, 13, 20))


def _viclip_vision() -> Any:
    network = import_module("vc.viclip_vision").VisionTransformer(28, 14, 16, 2, 2, output_dim=12, num_frames=8)
    return _named(network, "vision_encoder.")(given(2, 3, 8, 28, 28))


def _viclip_text() -> Any:
    ids = torch.tensor([[*range(1, 9), 39, *([0] * 23)]])
    return _named(import_module("vc.viclip_text").CLIP_TEXT(12, 32, 40, 16, 2, 2, 0), "text_encoder.")(ids)


def _named(network: Any, head: str) -> Any:
    """Drawn by the names that the whole model gives its part."""
    state = drawn({head + name: value for name, value in network.state_dict().items()})
    network.load_state_dict({name.removeprefix(head): value for name, value in state.items()})
    return network.eval()


def _imagebind(sense: str) -> Any:
    import_module("imagebind.models.multimodal_preprocessors").SimpleTokenizer = lambda *_, **__: None  # type: ignore[attr-defined]
    sizes = {"vision": (16, 2, 2), "audio": (12, 2, 2), **dict.fromkeys(("text", "depth", "thermal", "imu"), (8, 1, 1))}
    arguments = {
        f"{name}_{what}": size
        for name, values in sizes.items()
        for what, size in zip(("embed_dim", "num_blocks", "num_heads"), values, strict=True)
    }
    model = import_module("imagebind.models.imagebind_model").ImageBindModel(out_embed_dim=6, **arguments)
    shown = given(1, 2, 3, 2, 224, 224) if sense == "vision" else given(1, 3, 1, 128, 204)
    found = _filled(model)({sense: shown})[sense]
    return found / found.norm()  # sounds are scaled, which no cosine sees


def _vggish_mel() -> Any:
    made = import_module("torchvggish.mel_features").log_mel_spectrogram
    at = import_module("torchvggish.vggish_params")
    return made(
        given(4000).double().numpy() / 10, audio_sample_rate=at.SAMPLE_RATE, log_offset=at.LOG_OFFSET,
        window_length_secs=at.STFT_WINDOW_LENGTH_SECONDS, hop_length_secs=at.STFT_HOP_LENGTH_SECONDS,
        num_mel_bins=at.NUM_MEL_BINS, lower_edge_hertz=at.MEL_MIN_HZ, upper_edge_hertz=at.MEL_MAX_HZ,
    )[10]  # fmt: skip


def _clap(folder: Path, side: str) -> Any:
    package = ModuleType("msclap")
    package.__path__ = [str(folder / "msclap")]
    sys.modules["msclap"] = package
    module = import_module("msclap.models.clap")
    text = GPT2Config(n_layer=1, n_head=1, n_embd=8, vocab_size=40, n_positions=80)
    module.AutoModel = SimpleNamespace(from_pretrained=lambda _: GPT2Model(text))  # type: ignore[attr-defined]
    model = _filled(module.CLAP("HTSAT", 44100, 1024, 320, 64, 50, 8000, 527, 768, "gpt2", 8, 16))
    if side == "audio":
        return model.audio_encoder(given(1, 308_700) / 10)[0]
    ids = torch.tensor([[*range(1, 9), 28, *([0] * 68)]])
    return model.caption_encoder({"input_ids": ids, "attention_mask": (torch.arange(77) < 9).long()[None]})


def main(folder: Path) -> None:
    """Asks every implementation and writes the beginning of what it says."""
    sys.path.insert(1, str(folder))
    _stubs()
    sources: dict[str, Callable[[], Any]] = {
        "i3d": _i3d,
        "syncnet_lips": _syncnet_lips,
        "syncnet_voices": _syncnet_voices,
        "viclip_vision": _viclip_vision,
        "viclip_text": _viclip_text,
        "imagebind_vision": lambda: _imagebind("vision"),
        "imagebind_audio": lambda: _imagebind("audio"),
        "vggish_mel": _vggish_mel,
        "clap_audio": lambda: _clap(folder, "audio"),
        "clap_text": lambda: _clap(folder, "text"),
    }
    found = {}
    with torch.no_grad():
        for name, ask in sources.items():
            numbers = torch.as_tensor(ask()).flatten()[:SHOWN]
            found[name] = [float(f"{number:.6g}") for number in numbers.tolist()]
            print(name, found[name], flush=True)
    OUT.write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
