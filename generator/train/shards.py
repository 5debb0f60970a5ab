"""Cached examples on disk: tar files as webdataset reads them, with a table beside each for reading in any order.

    FOLDER/
    ├── dataset.json             what it is
    ├── null.safetensors         the negative prompts, encoded
    ├── shard-000000.tar         00000000.json, 00000000.safetensors, 00000001.json, …
    └── shard-000000.json        where each of its examples is, and its shape

A shard gets its name when it is whole, its table last: what is listed is there.  Whoever caches examples
for hours can stop and go on, since a writer counts those that are there.
"""

from __future__ import annotations

import hashlib
import io
import os
import tarfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple, Self

import torch
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from safetensors import SafetensorError
from safetensors.torch import load, load_file, save, save_file
from torch import Tensor

from generator.conditioning import EncodedText
from generator.flow import Latents
from generator.train.examples import Example, ExampleReference, LatentShape, NullText, latent_shape
from mavin.caption import HierarchicalCaption
from mavin.errors import MavinError, UsageError
from mavin.media import write_atomic

__all__ = ["ShardDataset", "ShardSetWriter", "example_from_bytes", "example_to_bytes"]

_INDEX: Final = "dataset.json"
_NULL: Final = "null.safetensors"
_REFERENCE_PARTS: Final = ("image", "voice", "timbre")


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _DatasetInfo(_Record):
    """``dataset.json``: what the examples are, in the words of whoever made them."""

    format_version: Literal[1] = 1
    about: dict[str, Any] = {}


class _Entry(NamedTuple):
    """Where an example is in its shard, as offset and length in bytes, and its shape."""

    key: str
    json_at: tuple[int, int]
    tensors_at: tuple[int, int]
    shape: LatentShape


_TABLE: Final = TypeAdapter(list[_Entry])


class _Reference(_Record):
    role: str
    parts: tuple[Literal["image", "voice", "timbre"], ...]


class _Text(_Record):
    """A tower's text: which of the example's segments, one after the other."""

    segments: tuple[int, ...]


class _Header(_Record):
    """The JSON of an example."""

    caption: HierarchicalCaption
    counts: tuple[int, ...]
    video: _Text
    audio: _Text
    references: tuple[_Reference, ...] = ()
    prompt: bool = False


def example_to_bytes(example: Example, dtype: torch.dtype | None = None) -> tuple[bytes, bytes]:
    """An example as JSON and safetensors; a segment that both towers see is stored once.

    Args:
        example: to be stored.
        dtype: of its tensors, such as ``torch.float16``; ``None`` as they are.
    """
    segments: list[Tensor] = []
    texts = []
    for text in (example.video_text, example.audio_text):
        chosen = []
        for segment in torch.split(text.tokens, list(text.counts)):
            same = (n for n, one in enumerate(segments) if one.shape == segment.shape and torch.equal(one, segment))
            number = next(same, len(segments))
            if number == len(segments):
                segments.append(segment)
            chosen.append(number)
        texts.append(_Text(segments=tuple(chosen)))
    tensors = {"video": example.latents.video, "audio": example.latents.audio, "text": torch.cat(segments)}
    if example.prompt is not None:
        tensors["prompt"] = example.prompt
    references = []
    for number, one in enumerate(example.references):
        given = {part: getattr(one, part) for part in _REFERENCE_PARTS if getattr(one, part) is not None}
        tensors |= {f"reference.{number}.{part}": tensor for part, tensor in given.items()}
        references.append(_Reference(role=one.role, parts=tuple(given)))
    header = _Header(
        caption=example.caption,
        counts=tuple(segment.shape[0] for segment in segments),
        video=texts[0],
        audio=texts[1],
        references=tuple(references),
        prompt=example.prompt is not None,
    )
    stored = {name: (each if dtype is None else each.to(dtype)).contiguous() for name, each in tensors.items()}
    return header.model_dump_json().encode(), save(stored)


def example_from_bytes(header: bytes, tensors: bytes) -> Example:
    """An example as :func:`example_to_bytes` stored it.

    Raises:
        UsageError: if it is damaged.
    """
    try:
        info = _Header.model_validate_json(header)
        held = load(tensors)
        segments = torch.split(held["text"], list(info.counts))
        references = (
            ExampleReference(one.role, **{part: held[f"reference.{number}.{part}"] for part in one.parts})
            for number, one in enumerate(info.references)
        )
        return Example(
            info.caption,
            Latents(held["video"], held["audio"]),
            _text(info.video, segments),
            _text(info.audio, segments),
            tuple(references),
            held["prompt"] if info.prompt else None,
        )
    except (ValidationError, SafetensorError, KeyError, IndexError, RuntimeError) as error:
        reason = str(error).partition("\n")[0]
        raise UsageError(f"An example must be as it was stored, and this one is damaged ({reason}).") from None


def _text(text: _Text, segments: tuple[Tensor, ...]) -> EncodedText:
    chosen = [segments[number] for number in text.segments]
    counts = tuple(one.shape[0] for one in chosen)
    return EncodedText(torch.cat(chosen), counts, tuple(n for n, count in enumerate(counts) for _ in range(count)))


class ShardSetWriter:
    """Writes examples into a folder, a shard at a time; as a context it closes itself.

    Args:
        folder: new, empty, or one that a writer has begun.
        null_text: the negative prompts, encoded.
        about: what the examples are, such as codecs, seeds and versions.
        per_shard: examples of a shard.
        dtype: of the stored tensors; ``None`` as they are.

    Raises:
        UsageError: if the folder holds something else, or examples of another kind.
    """

    def __init__(
        self,
        folder: Path | str,
        null_text: NullText,
        *,
        about: dict[str, Any] | None = None,
        per_shard: int = 256,
        dtype: torch.dtype | None = None,
    ) -> None:
        self._folder, self._per_shard, self._dtype = Path(folder), per_shard, dtype
        info = _DatasetInfo(about=about or {})
        if (self._folder / _INDEX).is_file():
            there = _read_info(self._folder)
            if there != info:
                raise UsageError(
                    f"The examples in {self._folder} must be of the same kind to go on with them: they are of "
                    f"{there.about}, these of {info.about}. Choose another folder."
                )
        else:
            if self._folder.exists() and (not self._folder.is_dir() or any(self._folder.iterdir())):
                raise UsageError(f"Examples must be written into a new or empty folder, got {self._folder}.")
            self._folder.mkdir(parents=True, exist_ok=True)
            with write_atomic(self._folder / _NULL) as temporary:
                save_file(dict(zip(NullText._fields, (one.contiguous() for one in null_text), strict=True)), temporary)
            with write_atomic(self._folder / _INDEX) as temporary:
                temporary.write_text(info.model_dump_json(indent=2) + "\n", encoding="utf-8")
        tables = _tables(self._folder)
        self._shards = len(tables)
        self.count = sum(len(_read_table(table)) for table in tables)
        """Examples that are on disk: where to go on."""
        self._waiting: list[tuple[bytes, bytes, LatentShape]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.close()

    def add(self, example: Example) -> None:
        """Takes an example; writes a shard when it is full."""
        self._waiting.append((*example_to_bytes(example, self._dtype), latent_shape(example.latents)))
        if len(self._waiting) == self._per_shard:
            self._flush()

    def close(self) -> int:
        """Writes what is left and returns how many examples the folder has."""
        if self._waiting:
            self._flush()
        return self.count

    def _flush(self) -> None:
        name = f"shard-{self._shards:06}"
        entries = []
        with write_atomic(self._folder / f"{name}.tar") as temporary, tarfile.open(temporary, "w") as archive:
            for number, (header, tensors, shape) in enumerate(self._waiting, self.count):
                key = f"{number:08}"
                places = [_add(archive, f"{key}.json", header), _add(archive, f"{key}.safetensors", tensors)]
                entries.append(_Entry(key=key, json_at=places[0], tensors_at=places[1], shape=shape))
        with write_atomic(self._folder / f"{name}.json") as temporary:
            temporary.write_bytes(_TABLE.dump_json(entries))
        self._shards += 1
        self.count += len(entries)
        self._waiting.clear()


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> tuple[int, int]:
    info = tarfile.TarInfo(name)
    info.size = len(content)
    archive.addfile(info, io.BytesIO(content))
    padded = -(-len(content) // tarfile.BLOCKSIZE) * tarfile.BLOCKSIZE
    return archive.offset - padded, len(content)


class ShardDataset:
    """:class:`~generator.train.examples.Dataset` of a folder of shards; read where they lie, nothing is unpacked.

    Args:
        folder: with shards.

    Raises:
        UsageError: if there are none, or one is damaged.
    """

    def __init__(self, folder: Path | str) -> None:
        self._folder = Path(folder)
        _read_info(self._folder)
        self._entries: list[tuple[Path, _Entry]] = []
        tables = _tables(self._folder)
        for table in tables:
            shard = table.with_suffix(".tar")
            entries = _read_table(table)
            end = max((sum(entry.tensors_at) for entry in entries), default=0)
            if not shard.is_file() or shard.stat().st_size < end:
                raise UsageError(f"{shard} must have the {end:,} bytes that {table.name} lists. Copy it again.")
            self._entries += [(shard, entry) for entry in entries]
        if not self._entries:
            raise UsageError(f"{self._folder} must hold examples, and it has none as yet.")
        self.fingerprint = _hash(tables)
        null = load_file(self._folder / _NULL)
        self.null_text = NullText(null["video"], null["audio"])
        self._files: dict[Path, int] = {}

    def __len__(self) -> int:
        return len(self._entries)

    def shape(self, number: int) -> LatentShape:
        """The shape of an example's latents."""
        return self._entries[number][1].shape

    def __getitem__(self, number: int) -> Example:
        """Reads an example.

        Raises:
            UsageError: if it is damaged.
        """
        shard, entry = self._entries[number]
        try:
            return example_from_bytes(self._read(shard, entry.json_at), self._read(shard, entry.tensors_at))
        except MavinError as error:
            raise UsageError(f"{error} It is {entry.key} in {shard}: make this shard again.") from None

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_files": {}}

    def __del__(self) -> None:
        for handle in getattr(self, "_files", {}).values():
            os.close(handle)

    def _read(self, shard: Path, place: tuple[int, int]) -> bytes:
        if shard not in self._files:
            self._files[shard] = os.open(shard, os.O_RDONLY)
        return os.pread(self._files[shard], place[1], place[0])


def _tables(folder: Path) -> list[Path]:
    return sorted(folder.glob("shard-*.json"))


def _hash(tables: Iterable[Path]) -> str:
    found = hashlib.sha256()
    for table in tables:
        found.update(table.read_bytes())
    return found.hexdigest()


def _read_info(folder: Path) -> _DatasetInfo:
    path = folder / _INDEX
    if not path.is_file():
        raise UsageError(
            f"Examples must be a folder of shards with a {_INDEX}, got {folder}. Name one that ShardSetWriter has "
            "written as data.folder."
        )
    try:
        return _DatasetInfo.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, ValidationError) as error:
        reason = error.errors(include_url=False)[0]["msg"] if isinstance(error, ValidationError) else error.strerror
        raise UsageError(f"{path} must describe examples ({reason}). They were made by another version.") from None


def _read_table(path: Path) -> list[_Entry]:
    try:
        return _TABLE.validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise UsageError(f"{path} must list the examples of its shard ({str(error).splitlines()[0]}).") from None
