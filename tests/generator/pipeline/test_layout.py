"""A pipeline as a folder: what is saved comes back, and what is damaged is named before anything is loaded."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file
from torch import nn
from transformers import UMT5EncoderModel

from generator.card import card
from generator.hub import fetch_pipeline
from generator.layout import (
    PARTS,
    available_pipelines,
    locate,
    read_index,
    shipped_pipeline,
    verify,
    write_index,
)
from generator.pipeline import MavinPipeline
from generator.random_weights import random_pipeline
from generator.shards import ShardWriter, headers, load_module, save_module
from mavin.errors import BackendError, UsageError
from tests.mavin.hub import COMMIT, Hub, serving


def test_what_is_saved_comes_back(tiny_folder: Path, pipeline: MavinPipeline) -> None:
    made = random_pipeline()
    for name in made.index.parts:
        for module, stored in made.part(name).modules_by_name().items():
            wanted, got = stored.state_dict(), pipeline.part(name).modules_by_name()[module].state_dict()
            assert wanted.keys() == got.keys()
            assert all(torch.equal(wanted[key], got[key]) for key in wanted), name
    index = read_index(tiny_folder)
    verify(tiny_folder, index)
    on_disk = {path.relative_to(tiny_folder).as_posix() for path in tiny_folder.rglob("*") if path.is_file()}
    assert set(index.files) == on_disk - {"model_index.json"}
    assert len([name for name in index.files if name.startswith("backbone/model-0000")]) > 1
    assert index.parts.keys() <= set(PARTS)


def test_the_same_seed_is_the_same_pipeline_and_another_is_not(tmp_path: Path, tiny_folder: Path) -> None:
    same = random_pipeline().save_pretrained(tmp_path / "same", shard_bytes=600_000)
    other = random_pipeline(seed=1).save_pretrained(tmp_path / "other", shard_bytes=600_000)
    assert same.weights_sha256 == read_index(tiny_folder).weights_sha256 != other.weights_sha256


def test_other_libraries_read_the_parts(tiny_folder: Path, pipeline: MavinPipeline) -> None:
    ours = pipeline.part("text_encoder").model.state_dict()
    theirs = UMT5EncoderModel.from_pretrained(tiny_folder / "text_encoder").state_dict()
    assert all(torch.equal(ours[name], theirs[name]) for name in ours)


def test_the_card_names_parts_and_licences(tiny_folder: Path) -> None:
    index = read_index(tiny_folder)
    text = (tiny_folder / "README.md").read_text(encoding="utf-8")
    assert text == card(index)
    assert text.startswith("---\nlicense: other\n")
    assert "random: what they make is noise" in text
    part = index.parts["audio_codec"].model_copy(update={"licence": "CC-BY-NC-4.0"})
    limited = index.model_copy(update={"parts": {**index.parts, "audio_codec": part}})
    assert "non-commercial use only" in card(limited)
    assert "non-commercial" not in text


def spoil_json(path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    values = json.loads(path.read_text(encoding="utf-8"))
    change(values)
    path.write_text(json.dumps(values), encoding="utf-8")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def then(*actions: Callable[[Path], object]) -> Callable[[Path], object]:
    """The actions one after the other, and the files as they are then listed anew."""
    return lambda folder: [action(folder) for action in (*actions, relist)]


def relist(folder: Path) -> None:
    """Lists the files as they are now, as somebody who changed them on purpose would."""
    write_index(folder, read_index(folder).model_copy(update={"files": {}}))


def retensor(path: Path, change: Callable[[dict[str, torch.Tensor]], object]) -> None:
    tensors = load_file(path)
    change(tensors)
    save_file(tensors, path)
    relist(path.parents[1])


WRONG: dict[str, tuple[Callable[[Path], object], str]] = {
    "no index": (lambda at: (at / "model_index.json").unlink(), "must have a model_index.json"),
    "no JSON": (lambda at: (at / "model_index.json").write_text("{"), "must be JSON"),
    "newer": (
        lambda at: spoil_json(at / "model_index.json", lambda index: index.update(format_version=2)),
        "format 1, got 2.*newer version",
    ),
    "unknown key": (
        lambda at: spoil_json(at / "model_index.json", lambda index: index.update(vae="x")),
        "at vae: Extra inputs",
    ),
    "lacks a part": (
        lambda at: spoil_json(at / "model_index.json", lambda index: index["parts"].pop("audio_codec")),
        "lacks audio_codec",
    ),
    "unknown part": (
        lambda at: spoil_json(at / "model_index.json", lambda index: index["parts"].update(lips={"kind": "x"})),
        "has 'lips'",
    ),
    "unknown kind": (
        lambda at: spoil_json(at / "model_index.json", lambda index: index["parts"]["backbone"].update(kind="triple")),
        r"backbone must be of a kind that is known \(dual_tower\), got 'triple'",
    ),
    "leaves its folder": (
        lambda at: spoil_json(
            at / "model_index.json", lambda index: index["files"].update({"../x": index["files"]["README.md"]})
        ),
        "must lie inside the pipeline, got '../x'",
    ),
    "missing file": (
        lambda at: (at / "identity" / "model.safetensors").unlink(),
        "identity/model.safetensors.*missing",
    ),
    "cut off": (lambda at: cut(at / "identity" / "model.safetensors"), "must have .* bytes, got .*cut off"),
    "cut off and listed so": (
        then(lambda at: cut(at / "identity" / "model.safetensors")),
        r"whole \.safetensors file.*cut off",
    ),
    "missing tensor": (
        lambda at: retensor(at / "identity" / "model.safetensors", lambda state: state.pop("role_video")),
        r"1 missing \(role_video\)",
    ),
    "extra tensor": (
        lambda at: retensor(at / "identity" / "model.safetensors", lambda state: state.update(x=torch.zeros(1))),
        r"1 unknown \(x\)",
    ),
    "misshapen tensor": (
        lambda at: retensor(
            at / "identity" / "model.safetensors", lambda state: state.update(role_video=torch.zeros(3, 8))
        ),
        r"role_video must be \(3, 64\), got \(3, 8\)",
    ),
    "pickle": (
        then(
            lambda at: torch.save({}, at / "identity" / "model.pth"),
            lambda at: (at / "identity" / "model.safetensors").unlink(),
        ),
        "pickle can run any code",
    ),
    "a lost shard": (
        then(lambda at: next((at / "backbone").glob("model-00001-*")).unlink()),
        "there is none at .*model-00001-of-",
    ),
    "a shard of another file": (
        then(
            lambda at: spoil_json(
                at / "backbone" / "model.safetensors.index.json",
                lambda index: index["weight_map"].update(x="../../../etc/passwd"),
            )
        ),
        r"must name \.safetensors files beside it",
    ),
    "wrong configuration": (
        then(lambda at: spoil_json(at / "backbone" / "config.json", lambda config: config["video"].update(dim=63))),
        "dim must be a multiple of",
    ),
    "no tokenizer": (
        then(lambda at: shutil.rmtree(at / "text_encoder" / "tokenizer")),
        "must have its tokenizer in",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_pipeline_says_what_must_hold(case: str, tiny_folder: Path, tmp_path: Path) -> None:
    spoil, message = WRONG[case]
    folder = tmp_path / "spoilt"
    shutil.copytree(tiny_folder, folder)
    spoil(folder)
    with pytest.raises(UsageError, match=message):
        MavinPipeline.from_pretrained(folder, device="cpu")


def test_a_changed_file_of_the_same_length_is_found_by_its_hash(tiny_folder: Path, tmp_path: Path) -> None:
    folder = tmp_path / "spoilt"
    shutil.copytree(tiny_folder, folder)
    path = folder / "identity" / "model.safetensors"
    path.write_bytes(path.read_bytes()[:-1] + b"\1")
    MavinPipeline.from_pretrained(folder, device="cpu")
    with pytest.raises(UsageError, match=r"must have the SHA-256 .*got"):
        MavinPipeline.from_pretrained(folder, device="cpu", check_hashes=True)


def test_a_folder_that_holds_something_is_not_written_into(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(UsageError, match="new or empty folder"):
        random_pipeline().save_pretrained(tmp_path)


def test_names_are_looked_up_in_the_store(tiny_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAVIN_MODELS", str(tmp_path))
    monkeypatch.setattr("generator.layout._SHIPPED_ROOT", tmp_path / "pretrained")
    with pytest.raises(UsageError, match=r"folder or the name of one, got 'noise'.*None is here"):
        locate("noise")
    shutil.copytree(tiny_folder, tmp_path / "pipelines" / "noise")
    assert locate("noise") == tmp_path / "pipelines" / "noise"
    with pytest.raises(UsageError, match="Here are noise"):
        locate("ovi")


def test_the_package_s_own_pipeline_is_found_by_name_alone(
    tiny_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MAVIN_MODELS", str(tmp_path))
    monkeypatch.setattr("generator.layout._SHIPPED_ROOT", tmp_path / "pretrained")
    assert available_pipelines() == ()
    with pytest.raises(UsageError, match=r"weights tiny must lie in .*pretrained.*--renderer stage"):
        locate("tiny")
    shutil.copytree(tiny_folder, tmp_path / "pretrained" / "tiny")
    (tmp_path / "tiny").mkdir()  # a folder of that name here is ./tiny
    assert locate("tiny") == shipped_pipeline() == tmp_path / "pretrained" / "tiny"
    assert locate("./tiny") == Path("tiny")
    assert available_pipelines() == ("tiny",)
    with pytest.raises(UsageError, match="Here are tiny"):
        locate("ovi")


def test_a_hub_that_cannot_be_reached_is_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(BackendError, match="hub cannot be reached"):
        MavinPipeline.from_pretrained("somebody/something")


class _PipelineHub(Hub):
    """A hub that also lists its repositories' files."""

    def answer(self, *, body: bool) -> None:
        found = re.fullmatch(r"/api/models/([^/]+/[^/]+)(/revision/.+|/tree/.+)?", self.path.partition("?")[0])
        if found is None:
            self.path = self.path.replace(f"/resolve/{COMMIT}/", "/resolve/main/")
            super().answer(body=body)
            return
        prefix = f"{found[1]}/"
        names = [name.removeprefix(prefix) for name in self.files if name.startswith(prefix)]
        tree = [{"type": "file", "path": name, "size": len(self.files[prefix + name]), "oid": COMMIT} for name in names]
        about = {"id": found[1], "sha": COMMIT, "siblings": [{"rfilename": name} for name in names]}
        content = json.dumps(tree if (found[2] or "").startswith("/tree") else about).encode()
        self.send_response(200 if names else 404)
        if not names:
            self.send_header("X-Error-Code", "RepoNotFound")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def test_a_pipeline_comes_from_the_hub(tiny_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["model_index.json", *read_index(tiny_folder).files]
    files = {f"lab/tiny/{name}": (tiny_folder / name).read_bytes() for name in names}
    files |= {"lab/tiny/evil.pth": b"not wanted", "lab/other/README.md": b"no pipeline"}
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_DISABLE_XET", True)
    with serving(files, _PipelineHub) as (handler, address):
        monkeypatch.setenv("HF_ENDPOINT", address)
        made = MavinPipeline.from_pretrained("lab/tiny", device="cpu", check_hashes=True)
        assert made.index == read_index(tiny_folder)
        with pytest.raises(UsageError, match=r"must have a model_index\.json, and lab/other has none"):
            MavinPipeline.from_pretrained("lab/other")
        with pytest.raises(UsageError, match="hub has no lab/none"):
            MavinPipeline.from_pretrained("lab/none")
        asked = len(handler.log)
        assert fetch_pipeline("lab/tiny", download=False).is_dir()
        assert len(handler.log) == asked
    assert not any("evil" in line for line in handler.log)


class _Tied(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.one = nn.Linear(3, 3, bias=False)
        self.two = nn.Linear(3, 3, bias=False)
        self.two.weight = self.one.weight


def test_shared_tensors_are_stored_once(tmp_path: Path) -> None:
    made = _Tied()
    save_module(made, tmp_path)
    assert list(headers(tmp_path)) == ["one.weight"]
    with torch.device("meta"):
        loaded = _Tied()
    load_module(loaded, tmp_path, dtype=torch.float64)
    assert torch.equal(loaded.two.weight, made.one.weight.double())
    assert loaded.two.weight.data_ptr() == loaded.one.weight.data_ptr()


def test_a_writer_that_is_interrupted_leaves_no_weights(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), ShardWriter(tmp_path, shard_bytes=8) as writer:
        writer.add("a", torch.zeros(4))
        writer.add("b", torch.zeros(4))
        raise KeyboardInterrupt
    assert not list(tmp_path.iterdir())
