"""Pulling public weights from a loopback hub through the hub's own client, and the command line on top of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner, Result

from generator.layout import INDEX, locate, read_index
from generator.weights.recipes import KNOWN, RECIPES
from mavin import api
from mavin.errors import UsageError
from mavin.store import (
    CATALOGUE,
    WEIGHT_SETS,
    WEIGHTS,
    ModelFile,
    StoreError,
    UnreachableError,
    entry_of,
    installed,
    path_of,
    sha256_of,
    store_root,
    weight_set,
)
from tests.generator.weights.public import TIMBRES, make_configs, make_states, write_public
from tests.mavin.hub import COMMIT, Hub, serving

Run = Callable[..., Result]
SET = "ovi-1.0-5s"
WHERE = {  # the folders of the small files, by the repository that has them
    "Ovi": "chetwinlow1/Ovi",
    "Wan2.2-TI2V-5B": "Wan-AI/Wan2.2-TI2V-5B",
    "MMAudio": "hkchengrex/MMAudio",
    "facodec": "amphion/naturalspeech3_facodec",
}


@pytest.fixture
def run() -> Run:
    def call(*args: str, stdin: str | None = None) -> Result:
        from mavin.cli.main import app

        result = CliRunner().invoke(app, list(args), input=stdin, prog_name="mavin")
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        assert "Traceback" not in result.output
        return result

    return call


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Small files of every part, under the names of the hub."""
    folder = tmp_path_factory.mktemp("published")
    write_public(folder, make_states())
    found = {}
    for path in sorted(folder.rglob("*")):
        top, _, rest = path.relative_to(folder).as_posix().partition("/")
        if path.is_file() and top in WHERE:
            found[f"{WHERE[top]}/{rest}"] = path.read_bytes()
    tokenizer = "Wan-AI/Wan2.2-TI2V-5B/google/umt5-xxl/"
    return found | {f"{tokenizer}special_tokens_map.json": b"{}", f"{tokenizer}spiece.model": b"pieces"}


@pytest.fixture
def hub(published: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Hub]]:
    """A hub with the small files; catalogue and recipes are of their size."""
    import hashlib

    monkeypatch.setenv("MAVIN_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    for name, entry in WEIGHTS.items():
        files = []
        for file in entry.files:
            content = published.get(f"{entry.repo}/{file.name}")
            pinned = file.sha256 is not None and content is not None
            files.append(
                ModelFile(file.name, len(content), hashlib.sha256(content).hexdigest())
                if pinned and content is not None
                else file
            )
        monkeypatch.setitem(WEIGHTS, name, replace(entry, files=tuple(files)))
    configs = make_configs()
    for kind, recipe in RECIPES.items():
        if recipe.part in configs:
            monkeypatch.setitem(RECIPES, kind, replace(recipe, config=partial(configs.__getitem__, recipe.part)))
    with serving(dict(published)) as (handler, address):
        monkeypatch.setenv("HF_ENDPOINT", address)
        yield handler


# ── the catalogue ──────────────────────────────────────────────────────────────────────────────


def test_parts_of_weights_are_models_of_the_store_too() -> None:
    for name, entry in WEIGHTS.items():
        assert entry_of(name) is entry
        assert entry.command == "mavin weights pull"
        assert entry.size or entry.about
        assert entry.repo or entry.packages
        for file in entry.files:
            assert file.sha256 is None or len(bytes.fromhex(file.sha256)) == 32
            assert not Path(file.name).is_absolute()
            assert ".." not in file.name
    for one in WEIGHT_SETS.values():
        assert set(one.parts) == {"backbone", "video_codec", "audio_codec", "text_encoder"}
        assert set(one.parts.values()) <= WEIGHTS.keys()
    assert not WEIGHTS.keys() & CATALOGUE.keys()
    with pytest.raises(UsageError, match=r"ovi-1\.1-10s.*mmaudio-16k.*got 'ovi'"):
        weight_set("ovi")


# ── pulling ────────────────────────────────────────────────────────────────────────────────────


def test_a_pull_makes_a_pipeline_that_loads(hub: type[Hub], run: Run) -> None:
    result = run("weights", "pull", SET, "--yes")
    assert result.exit_code == 0, result.output
    assert "CC-BY-NC-4.0" in result.stderr
    assert "not for commercial use" in result.stderr
    assert f"--weights {SET}" in result.stdout
    assert f"weights        {SET}" in run("doctor").stdout
    folder = locate(SET)
    index = read_index(folder)
    assert index.parts["backbone"].source == f"chetwinlow1/Ovi@{COMMIT} model.safetensors"
    from generator.pipeline import MavinPipeline

    pipeline = MavinPipeline.from_pretrained(SET, device="cpu", check_hashes=True)
    assert [tokens.shape[1] for tokens in pipeline.part("text_encoder").encode(["a fox"])] == [16]
    source = path_of(f"{SET}-backbone")
    assert source is not None
    assert source.samefile(folder / "backbone" / "model.safetensors"), "23 GB are not kept twice"
    assert index.files["backbone/model.safetensors"].sha256 == sha256_of(source)
    # Nothing is fetched twice, and nobody is asked again.
    hub.log.clear()
    again = run("weights", "pull", SET, "--json")
    assert again.exit_code == 0, again.output
    assert json.loads(again.stdout)["missing"] == 0
    assert hub.log == []


def test_parts_are_shared_by_sets_and_removed_with_the_last(hub: type[Hub], run: Run) -> None:
    hub.files["chetwinlow1/Ovi/model_960x960.safetensors"] = hub.files["chetwinlow1/Ovi/model.safetensors"]
    for name in (SET, "ovi-1.1-5s"):
        assert run("weights", "pull", name, "--yes").exit_code == 0
    assert sum("Wan2.2_VAE" in line and line.startswith("GET") for line in hub.log) == 1
    listed = json.loads(run("weights", "list", "--json").stdout)
    assert [one["name"] for one in listed["sets"] if one["path"]] == [SET, "ovi-1.1-5s"]
    assert {part["name"] for part in listed["parts"] if part["path"]} == {
        *WEIGHT_SETS[SET].parts.values(),
        "ovi-1.1-5s-backbone",
    }
    assert "umt5-xxl" not in run("model", "list").stdout, "weights are listed by mavin weights list"
    assert run("weights", "remove", SET).exit_code == 0
    assert path_of(f"{SET}-backbone") is None
    assert path_of("umt5-xxl") is not None, "the other pipeline's parts stay"
    freed = json.loads(run("weights", "remove", "ovi-1.1-5s", "--json").stdout)["freed"]
    assert freed > sum(len(content) for name, content in hub.files.items() if "Wan2.2" in name)
    assert installed() == ()
    assert [path for path in store_root().rglob("*.safetensors") if path.is_file()] == []
    assert run("weights", "remove", SET).exit_code == 2


def test_a_pull_that_broke_off_goes_on_where_it_stopped(hub: type[Hub], run: Run) -> None:
    name = "Wan-AI/Wan2.2-TI2V-5B/models_t5_umt5-xxl-enc-bf16.pth"
    content = hub.files.pop(name)
    broken = run("weights", "pull", SET, "--yes")
    assert broken.exit_code != 0
    assert path_of("wan2.2-vae") is None or path_of("umt5-xxl") is None
    assert not (store_root() / "pipelines" / SET / INDEX).exists()
    hub.files[name] = content
    hub.log.clear()
    assert run("weights", "pull", SET, "--yes").exit_code == 0
    assert (locate(SET) / INDEX).is_file()
    fetched = [line.split()[1].rsplit("/", 1)[-1] for line in hub.log if line.startswith("GET")]
    assert len(fetched) == len(set(fetched))


def test_a_file_that_broke_off_in_the_middle_is_fetched_from_there(
    hub: type[Hub], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "Wan-AI/Wan2.2-TI2V-5B/Wan2.2_VAE.pth"
    monkeypatch.setattr("huggingface_hub.constants.DOWNLOAD_CHUNK_SIZE", 65_536)
    hub.cut.add(name)
    for _ in range(2):  # the client may go on by itself
        if run("weights", "pull", "wan2.2-vae", "--yes").exit_code == 0:
            break
    path = path_of("wan2.2-vae")
    assert path is not None
    assert path.read_bytes() == hub.files[name]
    ranges = [line.split("bytes=")[1] for line in hub.log if "bytes=" in line]
    assert any(int(each.split("-")[0]) > 65_536 for each in ranges), hub.log


def test_wrong_bytes_of_the_hub_never_become_weights(hub: type[Hub], run: Run) -> None:
    hub.honest = False
    result = run("weights", "pull", "wan2.2-vae", "--yes")
    assert result.exit_code == 1
    assert "not the official file" in result.stderr
    assert path_of("wan2.2-vae") is None
    hub.honest = True
    hub.files["Wan-AI/Wan2.2-TI2V-5B/Wan2.2_VAE.pth"] = b"another release"
    result = run("weights", "pull", "wan2.2-vae", "--yes")
    assert result.exit_code == 1
    assert "another Wan2.2_VAE.pth" in result.stderr


def test_without_a_yes_nothing_is_fetched(hub: type[Hub], run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = run("weights", "pull", SET)
    assert refused.exit_code == 2
    assert "--yes" in refused.stderr
    assert "CC-BY-NC-4.0" in refused.stderr
    assert not any(line.startswith("GET") for line in hub.log)
    assert installed() == ()


def test_a_part_alone_is_fetched_and_told_about(hub: type[Hub], run: Run) -> None:
    pulled = run("weights", "pull", "mmaudio-16k", "--yes", "--json")
    assert pulled.exit_code == 0, pulled.output
    folder = path_of("mmaudio-16k")
    assert folder is not None
    assert (folder / "ext_weights" / "best_netG.pt").is_file()
    told = run("weights", "info", "mmaudio-16k", "--verify")
    assert told.exit_code == 0, told.output
    assert told.stdout.count("verified") == 2
    assert "CC-BY-NC-4.0" in told.stdout
    assert "Not for commercial use" in told.stdout


def test_a_timbre_encoder_comes_straight_from_the_store(hub: type[Hub], run: Run) -> None:
    import torch
    from safetensors.torch import load_file

    from generator.timbre.loading import load_timbre

    with pytest.raises(UsageError, match="mavin weights pull facodec"):
        load_timbre("facodec")
    with pytest.raises(UsageError, match="facodec or ge2e, got 'wavlm'"):
        load_timbre("wavlm")
    assert run("weights", "pull", "facodec", "--yes").exit_code == 0
    with pytest.raises(UsageError, match=r"must be the public ones, got .*of another shape"):
        load_timbre("facodec")
    encoder = load_timbre("facodec", {"channels": 2, "dim": 8, "layers": 2, "heads": 2, "ffn_dim": 12})
    peer = load_file(TIMBRES / "facodec.safetensors")
    found = encoder.encode(peer["voice"].float() / 32767, 16_000)
    torch.testing.assert_close(found, peer["timbre"], rtol=1e-4, atol=1e-4)


def test_a_hub_that_cannot_be_reached_is_told_with_a_way_round(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    monkeypatch.setenv("MAVIN_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:1")
    result = run("weights", "pull", "ovi-1.1-10s", "--yes", "--json")
    assert result.exit_code == 4
    message = json.loads(result.stdout)["diagnostics"][0]["message"]
    for word in ("model_960x960_10s.safetensors", "best_netG.pt", "mavin weights convert FOLDER DEST"):
        assert word in message
    with pytest.raises(UnreachableError):
        api.plan_pull("wan2.2-vae")


def test_a_disk_without_room_is_noticed_before_the_start(hub: type[Hub], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _path: SimpleNamespace(free=50_000_000))
    with pytest.raises(StoreError, match=r"free space.*MAVIN_MODELS"):
        api.plan_pull(SET)
    assert not any(line.startswith("GET") for line in hub.log)


# ── the rest of the commands ───────────────────────────────────────────────────────────────────


def test_converting_by_hand_and_looking_into_it(
    published: dict[str, bytes], tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAVIN_MODELS", str(tmp_path / "models"))
    for name, content in published.items():
        path = tmp_path / "ckpts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (tmp_path / "small.json").write_text(json.dumps(make_configs()))
    source, dest = str(tmp_path / "ckpts"), str(tmp_path / "pipeline")
    missized = run("weights", "convert", source, dest)
    assert missized.exit_code == 2
    assert "--config" in missized.stderr
    made = run("weights", "convert", source, dest, "--config", str(tmp_path / "small.json"), "--json")
    assert made.exit_code == 0, made.output
    assert json.loads(made.stdout)["index"]["parts"]["audio_codec"]["licence"] == "CC-BY-NC-4.0"
    told = run("weights", "info", dest, "--verify")
    assert told.exit_code == 0, told.output
    assert "CHANGED" not in told.stdout
    data = json.loads(run("weights", "info", dest, "--json").stdout)
    assert data["what"] == "pipeline"
    assert data["problems"] == []
    assert data["parameters"] == sum(module["parameters"] for part in data["parts"] for module in part["modules"])
    # A bit that fell over, and a file that is cut off.
    weights = Path(dest) / "video_codec" / "model.safetensors"
    whole = weights.read_bytes()
    weights.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    changed = run("weights", "info", dest, "--verify")
    assert changed.exit_code == 1
    assert "CHANGED" in changed.stdout
    weights.write_bytes(whole[: len(whole) // 2])
    cut = run("weights", "info", dest, "--json")
    assert cut.exit_code == 1
    assert any("cut off" in problem for problem in json.loads(cut.stdout)["problems"])


def test_an_interrupted_pull_says_that_it_goes_on(hub: type[Hub], run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_args: object, **_more: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as interrupted:
        interrupted.setattr("mavin.api.weights.convert_weights", stop)
        result = run("weights", "pull", SET, "--yes")
    assert result.exit_code == 130
    assert "Go on with the same command" in result.stderr
    assert run("weights", "pull", SET).exit_code == 0, "nothing is left to fetch, and so nothing to agree to"
    assert (locate(SET) / INDEX).is_file()


def test_what_is_not_there_is_told(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAVIN_MODELS", str(tmp_path / "models"))
    for args, word in (
        (("pull", "gpt-17"), "ovi-1.1-10s"),
        (("info", "nowhere"), "mavin weights list"),
        (("info", "umt5-xxl"), "mavin weights pull umt5-xxl"),
        (("convert", "ovi-1.0-5s", "x"), "mavin weights pull ovi-1.0-5s"),
        (("convert", "nowhere", "x"), "mavin weights list"),
        (("remove", "umt5-xxl"), "is not in the store"),
    ):
        result = run("weights", *args)
        assert result.exit_code == 2, (args, result.output)
        assert word in result.stderr, (args, result.stderr)
    assert run("weights").exit_code == 2
    assert "pull" in run("weights", "--help").stdout


def test_every_known_file_has_a_recipe() -> None:
    assert {known.kind for known in KNOWN.values()} == RECIPES.keys()
