"""Files of tensors from strangers: read as data, or refused with a reason."""

from __future__ import annotations

import os
import pickle
import random
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file
from torch import nn

from generator.weights.reading import read_tensors
from mavin.errors import UsageError

STATE = {"a.weight": torch.arange(6.0).reshape(2, 3), "a.bias": torch.ones(2, dtype=torch.bfloat16)}


class Trap:
    """What a malicious checkpoint holds: it writes a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, (f"touch {self.path}",)


def test_tensors_come_back_from_every_format(tmp_path: Path) -> None:
    torch.save(STATE, tmp_path / "new.pth")
    torch.save(STATE, tmp_path / "old.pt", _use_new_zipfile_serialization=False)
    torch.save({"generator": STATE, "epoch": 3}, tmp_path / "wrapped.bin")
    torch.save({"state_dict": {"model": STATE}}, tmp_path / "twice.ckpt")
    save_file(STATE, tmp_path / "safe.safetensors")
    for path in tmp_path.iterdir():
        found = read_tensors(path)
        assert found.keys() == STATE.keys(), path
        for name, tensor in STATE.items():
            assert found[name].dtype == tensor.dtype
            assert torch.equal(found[name], tensor)


@pytest.mark.parametrize("zipped", [True, False])
def test_a_pickle_with_code_is_refused_and_nothing_of_it_runs(tmp_path: Path, zipped: bool) -> None:
    mark, path = tmp_path / "was_run", tmp_path / "trap.pth"
    torch.save({"a": torch.zeros(1), "b": Trap(mark)}, path, _use_new_zipfile_serialization=zipped)
    with pytest.raises(UsageError, match=r"trap\.pth must hold tensors only, got .*system.*any code.*safetensors"):
        read_tensors(path)
    path.write_bytes(pickle.dumps(Trap(mark)))  # a bare pickle
    with pytest.raises(UsageError, match=r"trap\.pth must"):
        read_tensors(path)
    assert not mark.exists()
    pickle.loads(path.read_bytes())
    assert mark.exists(), "the trap works where a pickle is trusted"


def test_a_whole_model_and_a_torchscript_program_are_refused(tmp_path: Path) -> None:
    torch.save(nn.Linear(2, 2), tmp_path / "model.pt")
    with pytest.raises(UsageError, match=r"must hold tensors only, got .*Linear"):
        read_tensors(tmp_path / "model.pt")
    torch.jit.save(torch.jit.script(nn.Linear(2, 2)), tmp_path / "script.pt")
    with pytest.raises(UsageError, match="TorchScript"):
        read_tensors(tmp_path / "script.pt")


@pytest.mark.parametrize("share", [0.0, 0.02, 0.5, 0.98])
def test_what_is_cut_off_says_so(tmp_path: Path, share: float) -> None:
    big = {"a": torch.rand(100, 100)}
    torch.save(big, tmp_path / "new.pth")
    torch.save(big, tmp_path / "old.pt", _use_new_zipfile_serialization=False)
    save_file(big, tmp_path / "safe.safetensors")
    for path in sorted(tmp_path.iterdir()):
        whole = path.read_bytes()
        path.write_bytes(whole[: int(len(whole) * share)])
        with pytest.raises(UsageError, match=rf"{path.name} must be a whole .*cut off: fetch it again"):
            read_tensors(path)


def test_other_contents_are_named(tmp_path: Path) -> None:
    torch.save([1, 2], tmp_path / "list.pt")
    with pytest.raises(UsageError, match="tensors by their names, got list"):
        read_tensors(tmp_path / "list.pt")
    torch.save({"epoch": 3, "loss": 0.5}, tmp_path / "numbers.pt")
    with pytest.raises(UsageError, match="a dictionary with 'epoch', 'loss'"):
        read_tensors(tmp_path / "numbers.pt")
    (tmp_path / "page.pth").write_text("<html>404</html>")
    with pytest.raises(UsageError, match="whole PyTorch file"):
        read_tensors(tmp_path / "page.pth")
    (tmp_path / "notes.txt").write_text("")
    with pytest.raises(UsageError, match=r"\.safetensors file or a PyTorch file"):
        read_tensors(tmp_path / "notes.txt")
    with pytest.raises(UsageError, match="there is none at"):
        read_tensors(tmp_path / "none.pth")


def test_a_large_file_is_mapped_not_read(tmp_path: Path) -> None:
    def own_bytes() -> int:
        lines = Path("/proc/self/status").read_text().splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("RssAnon"))

    large = {"a": torch.zeros(32_000_000, dtype=torch.uint8), "b": torch.ones(32_000_000, dtype=torch.uint8)}
    torch.save(large, tmp_path / "large.pth")
    save_file(large, tmp_path / "large.safetensors")
    del large
    for path in sorted(tmp_path.iterdir()):
        before = own_bytes()
        found = read_tensors(path)
        assert own_bytes() - before < 8_000_000, path
        assert int(found["b"][-1]) == 1


@pytest.mark.parametrize("name", ["new.pth", "old.pt", "safe.safetensors"])
def test_bytes_that_fell_over_end_in_a_message_or_in_tensors(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if path.suffix == ".safetensors":
        save_file(STATE, path)
    else:
        torch.save(STATE, path, _use_new_zipfile_serialization=name.startswith("new"))
    whole, numbers = path.read_bytes(), random.Random(7)
    refused = 0
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(numbers.randint(1, 8)):
            data[numbers.randrange(len(data))] = numbers.randrange(256)
        path.write_bytes(bytes(data))
        try:
            assert all(isinstance(tensor, torch.Tensor) for tensor in read_tensors(path).values())
        except UsageError as error:
            assert str(path) in str(error)
            refused += 1
    assert refused > 10
