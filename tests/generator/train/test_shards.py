"""Examples in shards come back as they were, in any order, to anybody who reads tar files."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path

import pytest
import torch
from safetensors.torch import load

from generator.train.examples import Example, latent_shape
from generator.train.shards import ShardDataset, ShardSetWriter
from mavin.errors import UsageError
from tests.generator.train.conftest import make_example, null_text


def assert_same(one: Example, other: Example) -> None:
    assert one.caption == other.caption
    pairs = [(one.latents, other.latents), ((one.prompt,), (other.prompt,))]
    for text, same in ((one.video_text, other.video_text), (one.audio_text, other.audio_text)):
        assert (text.counts, text.segment_ids) == (same.counts, same.segment_ids)
        pairs.append(((text.tokens,), (same.tokens,)))
    assert len(one.references) == len(other.references)
    for mine, theirs in zip(one.references, other.references, strict=True):
        assert mine.role == theirs.role
        pairs.append(((mine.image, mine.voice, mine.timbre), (theirs.image, theirs.voice, theirs.timbre)))
    for left, right in pairs:
        for a, b in zip(left, right, strict=True):
            assert (a is None and b is None) or (a is not None and b is not None and torch.equal(a, b))


def test_examples_come_back_as_they_were_and_their_shapes_before_them(tmp_path: Path) -> None:
    examples = [make_example(seed) for seed in range(5)]
    with ShardSetWriter(tmp_path / "set", null_text(), per_shard=2) as writer:
        for example in examples:
            writer.add(example)
    dataset = ShardDataset(tmp_path / "set")
    assert len(dataset) == 5
    assert sorted(path.name for path in (tmp_path / "set").glob("*.tar")) == [f"shard-{n:06}.tar" for n in range(3)]
    for number in (4, 0, 3, 2, 1):
        assert dataset.shape(number) == latent_shape(examples[number].latents)
        assert_same(dataset[number], examples[number])
    assert all(torch.equal(a, b) for a, b in zip(dataset.null_text, null_text(), strict=True))


def test_a_shard_is_a_tar_of_pairs_of_files_with_one_key(tmp_path: Path) -> None:
    # What webdataset asks for: the files of an example follow each other and differ in their endings.
    example = make_example(3)
    with ShardSetWriter(tmp_path / "set", null_text(), dtype=torch.float16) as writer:
        writer.add(example)
    with tarfile.open(tmp_path / "set" / "shard-000000.tar") as archive:
        members = {member.name: archive.extractfile(member) for member in archive}
        content = {
            name: file.read()
            for name, file in members.items()
            if isinstance(file, (io.BufferedReader, tarfile.ExFileObject))
        }
    assert list(content) == ["00000000.json", "00000000.safetensors"]
    assert json.loads(content["00000000.json"])["caption"]["title"] == example.caption.title
    stored = load(content["00000000.safetensors"])
    assert stored["video"].dtype == torch.float16
    # The global caption and the shots are seen by both towers and stored once.
    both = example.video_text.tokens.shape[0] + example.audio_text.tokens.shape[0]
    assert stored["text"].shape[0] < both


def test_a_writer_goes_on_where_one_stopped_and_refuses_another_kind(tmp_path: Path) -> None:
    folder = tmp_path / "set"
    first = ShardSetWriter(folder, null_text(), about={"codec": "a"}, per_shard=2)
    for seed in range(3):  # the third waits for its shard when the process ends
        first.add(make_example(seed))
    with ShardSetWriter(folder, null_text(), about={"codec": "a"}, per_shard=2) as again:
        assert again.count == 2
        for seed in range(again.count, 4):
            again.add(make_example(seed))
    dataset = ShardDataset(folder)
    assert len(dataset) == 4
    assert_same(dataset[2], make_example(2))
    with pytest.raises(UsageError, match="of the same kind"):
        ShardSetWriter(folder, null_text(), about={"codec": "b"})
    with pytest.raises(UsageError, match="new or empty folder"):
        ShardSetWriter(tmp_path, null_text())


def test_what_is_missing_or_damaged_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"a folder of shards with a dataset\.json"):
        ShardDataset(tmp_path)
    folder = tmp_path / "set"
    with ShardSetWriter(folder, null_text()) as writer:
        writer.add(make_example(0))
    shard = folder / "shard-000000.tar"
    content = bytearray(shard.read_bytes())
    at = content.index(b'"counts"')
    shard.write_bytes(bytes(content[:at]) + b"?" + bytes(content[at + 1 :]))
    with pytest.raises(UsageError, match=r"damaged .* It is 00000000 in .*shard-000000\.tar"):
        ShardDataset(folder)[0]
    shard.write_bytes(bytes(content[:2000]))
    with pytest.raises(UsageError, match="Copy it again"):
        ShardDataset(folder)
