"""Weight files: each kind is read, wrong ones say what is wrong, and code in them is not run."""

from __future__ import annotations

import hashlib
import pickle
from pathlib import Path

import pytest
import torch
from torch import nn

from evaluators.features.weights import fill, read_weights
from mavin.errors import UsageError


@pytest.mark.parametrize("wrapper", [None, "state_dict", "model"])
def test_wrapped_or_not(tmp_path: Path, wrapper: str | None) -> None:
    state = {"module.weight": torch.ones(2, 3), "module.bias": torch.zeros(2)}
    path = tmp_path / "one.pth"
    torch.save({wrapper: state} if wrapper else state, path)
    file = read_weights(path)
    assert set(file.tensors) == {"weight", "bias"}
    assert file.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    network = nn.Linear(3, 2)
    fill(network, file, path)
    assert network.weight.tolist() == [[1, 1, 1], [1, 1, 1]]
    assert not network.training
    assert not network.weight.requires_grad


def test_what_does_not_fit_is_told(tmp_path: Path) -> None:
    path = tmp_path / "one.pth"
    torch.save({"weight": torch.ones(2, 2), "other": torch.ones(1)}, path)
    with pytest.raises(
        UsageError, match=r"1 missing such as bias, 1 unknown such as other, 1 of another shape"
    ) as told:
        fill(nn.Linear(3, 2), read_weights(path), path)
    assert "weight (2, 2) instead of (2, 3)" in str(told.value)
    torch.save({"weight": torch.ones(2, 3), "bias": torch.ones(2), "head.x": torch.ones(1)}, path)
    fill(nn.Linear(3, 2), read_weights(path), path, ignored=("head.",))


class _Evil:
    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (Path("was-run"),)


def test_files_that_are_no_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    evil = tmp_path / "evil.pth"
    evil.write_bytes(pickle.dumps(_Evil()))
    torch.save({"a": 3}, tmp_path / "numbers.pth")
    (tmp_path / "broken.safetensors").write_bytes(b"no")
    for name in ("evil.pth", "numbers.pth", "broken.safetensors", "absent.pth"):
        with pytest.raises(UsageError, match=name):
            read_weights(tmp_path / name)
    assert not (tmp_path / "was-run").exists()
