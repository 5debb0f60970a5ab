"""Our networks against the numbers of the published implementations on the same drawn weights.

``benchmarks/feature_peers.py`` made ``peers.json``.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from evaluators.features.clap import Clap, rename_clap
from evaluators.features.i3d import I3D
from evaluators.features.imagebind import ImageBind
from evaluators.features.syncnet import SyncNet
from evaluators.features.vggish import log_mel
from evaluators.features.viclip import ViCLIP
from tests.evaluators.features.peers import drawn, given
from tests.evaluators.features.test_networks import published

PEERS = json.loads(Path(__file__).with_name("peers.json").read_text())


def agrees(name: str, found: Tensor) -> None:
    wanted = PEERS[name]
    scale = max(abs(number) for number in wanted)
    assert found.flatten()[: len(wanted)].tolist() == pytest.approx(wanted, rel=1e-4, abs=1e-4 * scale), name


def filled(network: nn.Module) -> nn.Module:
    network.load_state_dict(drawn(network.state_dict()))
    return network.eval()


@torch.no_grad()
def test_i3d() -> None:
    agrees("i3d", filled(I3D())(given(1, 3, 16, 224, 224)))


@torch.no_grad()
def test_syncnet() -> None:
    network = filled(SyncNet())
    assert isinstance(network, SyncNet)
    agrees("syncnet_lips", network.lips(given(1, 3, 5, 224, 224)))
    agrees("syncnet_voices", network.voices(given(2, 1, 13, 20)))


@torch.no_grad()
def test_viclip() -> None:
    network = filled(ViCLIP((16, 2, 2), (16, 2, 2), side=28, words=40, dim=12))
    assert isinstance(network, ViCLIP)
    agrees("viclip_vision", network.vision_encoder(given(2, 3, 8, 28, 28)))
    agrees("viclip_text", network.text_encoder(torch.tensor([[*range(1, 9), 39, *([0] * 23)]])))


@torch.no_grad()
def test_imagebind() -> None:
    network = filled(ImageBind((16, 2, 2), (12, 2, 2), 6))
    for sense, shown in (("vision", given(1, 2, 3, 2, 224, 224)), ("audio", given(1, 3, 1, 128, 204))):
        mean = network(sense, shown[0]).mean(dim=0)
        agrees(f"imagebind_{sense}", mean / mean.norm())


@torch.no_grad()
def test_clap() -> None:
    text = {"n_layer": 1, "n_head": 1, "n_embd": 8, "vocab_size": 40, "n_positions": 80}
    network = Clap(None, text, dim=16)
    network.load_state_dict(rename_clap(drawn(published(network))))
    network.eval()
    agrees("clap_audio", network.hear(given(1, 308_700) / 10))
    mask = (torch.arange(77) < 9).long()[None]
    agrees("clap_text", network.read(torch.tensor([[*range(1, 9), 28, *([0] * 68)]]), mask))


def test_vggish_mel() -> None:
    agrees("vggish_mel", torch.from_numpy(log_mel((given(4000) / 10).numpy())[10]))
