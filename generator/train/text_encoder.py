"""Distils the text encoder of preset ``tiny`` from all-MiniLM-L6-v2 (Apache-2.0).

    python -m generator.train.text_encoder FOLDER [--steps N]

    text ──▶ teacher, 6 layers of 384 ──▶ tokens [n, 384]
      └────▶ student, 3 layers of 192 ──▶ tokens [n, 192] ──linear──▶ [n, 384]      cosine distance, token by token

The texts are the segments of sampled captions, plain and rich, and sentences of the tokenizer's own words, so that
the whole vocabulary finds its place.  FOLDER receives the run's state and at the end the encoder as a part of a
pipeline with what was measured in ``record.json``; the same command goes on where an interrupted one stopped.

Legend: B = texts, n = tokens of the longest.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertConfig, BertModel

from generator.codecs.word_pieces import WordPieceTextEncoder, word_piece_config
from generator.conditioning import condition
from generator.parts import save_part
from generator.shards import SHARD_BYTES
from generator.stage.sampling import Difficulty, sample
from generator.stage.sampling.dice import Dice
from generator.train.fitting import Fit, fit, say
from generator.train.world import HELD_OUT, sample_caption
from mavin.errors import UsageError
from mavin.store import path_of

__all__ = ["agreement", "segment_texts", "vocabulary_sentence"]

_TEACHER: Final = "all-minilm-l6-v2"
_LONGEST: Final = 96
"""Tokens; what is longer is cut off in training only."""
_PATTERNS: Final = (
    "a {} {} in the {}", "the {} and the {}", "{} {} {} {}", "she {} the {} with a {}", "a {} of {} near a {}",
    "he looks like a {} who {} {}", "{}, {}, {}", "an old {} wearing a {} {}", "inside a {} at {}",
)  # fmt: skip


def segment_texts(seed: int) -> list[str]:
    """The texts of one sampled caption's segments: of the trained world, or in every other of everything."""
    caption = sample_caption(seed) if seed % 2 else sample(seed, Difficulty())
    found = condition(caption)
    return list(dict.fromkeys(segment.text for segment in (*found.video, *found.audio)))


def vocabulary_sentence(dice: Dice, words: Sequence[str]) -> str:
    """A sentence of any words at all."""
    pattern = dice.pick(_PATTERNS)
    return pattern.format(*(dice.pick(words) for _ in range(pattern.count("{}"))))


class _Student(nn.Module):
    def __init__(self, teacher: BertModel) -> None:
        super().__init__()
        self.encoder = BertModel(word_piece_config(), add_pooling_layer=False)
        self.up = nn.Linear(self.encoder.config.hidden_size, teacher.config.hidden_size)
        # The student's table begins as the teacher's, seen along its widest directions.
        table = teacher.embeddings.word_embeddings.weight.detach()
        _, _, directions = torch.linalg.svd(table - table.mean(0), full_matrices=False)
        kept = directions[: self.encoder.config.hidden_size].T
        with torch.no_grad():
            self.encoder.embeddings.word_embeddings.weight.copy_((table - table.mean(0)) @ kept)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        made: Tensor = self.up(self.encoder(ids, mask).last_hidden_state)
        return made


def agreement(made_BnD: Tensor, wanted_BnD: Tensor, mask_Bn: Tensor) -> Tensor:
    """Mean cosine of the tokens that are not padding."""
    cosine = functional.cosine_similarity(made_BnD, wanted_BnD, dim=2)
    return (cosine * mask_Bn).sum() / mask_Bn.sum()


def _teacher(folder: Path) -> tuple[BertModel, Tokenizer]:
    config = BertConfig.from_pretrained(folder)
    model = BertModel(config, add_pooling_layer=False).requires_grad_(False)
    model.train(mode=False)
    tensors = {name: value for name, value in load_file(folder / "model.safetensors").items() if "pooler" not in name}
    tensors.pop("embeddings.position_ids", None)
    model.load_state_dict(tensors)
    return model, Tokenizer.from_file(str(folder / "tokenizer.json"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--batch", type=int, default=24)
    parser.add_argument("--captions", type=int, default=3000)
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    chosen = parser.parse_args()
    torch.set_num_threads(chosen.threads)
    place = path_of(_TEACHER)
    if place is None:
        raise UsageError(f"The teacher {_TEACHER} is not here. Run `mavin model pull {_TEACHER}`.")
    teacher, tokenizer = _teacher(place if place.is_dir() else place.parent)
    tokenizer.enable_truncation(_LONGEST)
    tokenizer.enable_padding()
    words = [word for word in tokenizer.get_vocab() if word.isalpha() and word.isascii() and len(word) > 2]
    words.sort()
    texts = [text for seed in range(chosen.captions) for text in segment_texts(seed)]
    torch.manual_seed(0)
    student = _Student(teacher)

    def batch_of(lines: Sequence[str]) -> tuple[Tensor, Tensor]:
        found = tokenizer.encode_batch(list(lines))
        ids, masks = ([getattr(one, name) for one in found] for name in ("ids", "attention_mask"))
        return torch.tensor(ids), torch.tensor(masks)

    def compared(lines: Sequence[str]) -> tuple[Tensor, Tensor]:
        ids, mask = batch_of(lines)
        with torch.no_grad():
            wanted = teacher(ids, mask).last_hidden_state
        made = student(ids, mask)
        return agreement(made, wanted, mask), ((made - wanted).square().mean(2) * mask).sum() / mask.sum()

    def loss_of(random: np.random.Generator) -> dict[str, Tensor]:
        dice = Dice("words", int(random.integers(2**40)))
        third = chosen.batch // 3
        lines = [vocabulary_sentence(dice, words) for _ in range(third)]
        lines += [texts[int(at)] for at in random.integers(0, len(texts), chosen.batch - third)]
        alike, apart = compared(lines)
        return {"loss": 1 - alike + apart, "cosine": alike.detach()}

    def report(step: int, terms: Mapping[str, float]) -> None:
        say(f"step {step}: " + ", ".join(f"{name} {value:.4g}" for name, value in terms.items()))

    how = Fit(steps=chosen.steps, learning_rate=1e-3, precision=torch.bfloat16)
    hours = fit(student, loss_of, how, chosen.folder / "run.safetensors", report)
    student.train(mode=False)
    with torch.no_grad():
        held_out = [text for seed in range(HELD_OUT, HELD_OUT + 60) for text in segment_texts(seed)]
        dice = Dice("held out words")
        anything = [vocabulary_sentence(dice, words) for _ in range(300)]
        measured = {
            name: round(float(np.mean([float(compared(lines[at : at + 20])[0]) for at in range(0, len(lines), 20)])), 4)
            for name, lines in (("captions", held_out), ("any words", anything))
        }
    encoder = WordPieceTextEncoder(student.encoder, Tokenizer.from_file(str(tokenizer_file(place))))
    save_part(encoder, chosen.folder, "text_encoder", shard_bytes=SHARD_BYTES)
    record = {
        "steps": chosen.steps,
        "hours": None if hours is None else round(hours, 2),
        "batch": chosen.batch,
        "texts": len(texts),
        "cosine to the teacher": measured,
    }
    (chosen.folder / "record.json").write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    say(json.dumps(record))


def tokenizer_file(place: Path) -> Path:
    """The tokenizer's file of the teacher."""
    return (place if place.is_dir() else place.parent) / "tokenizer.json"


if __name__ == "__main__":
    main()
