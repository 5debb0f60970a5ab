"""Makes a tiny Qwen3 with random weights and a tokenizer trained on our own prompts, for a real vLLM.

Run with the Python of vLLM's environment: ``python tests/vllm/make_model.py FOLDER``.  Its answers are
noise, which is the point: whatever is valid about them is owed to the server and to us.
"""

from __future__ import annotations

import importlib
import json
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
CHAT_TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
# Latin to Thai, kana and CJK punctuation, CJK ideographs, Hangul, full-width forms.
_SCRIPTS = ((0x00A1, 0x0E7F), (0x3000, 0x30FF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0xFF00, 0xFFEF))
_VOCABULARY = 48_000


def texts() -> Iterator[str]:
    """What our prompts are made of, so that they take about as many tokens as with a real tokenizer.

    Letters of other scripts come one by one: each becomes a token of its own, and the longest prompt we accept
    fits into 16k tokens of context in Chinese as well as in English.
    """
    for folder, pattern in (("prompts", "*.j2"), ("docs", "*.md"), ("scripting", "**/*.py")):
        for path in sorted((ROOT / folder).glob(pattern)):
            yield path.read_text(encoding="utf-8")
    for first, last in _SCRIPTS:
        for code in range(first, last + 1):
            if unicodedata.category(chr(code))[0] in "LNP":
                yield chr(code)


def main(folder: Path) -> None:
    """Writes config, weights (safetensors) and tokenizer into ``folder``."""
    # Only vLLM's environment has these, hence no types here.
    torch: Any = importlib.import_module("torch")
    transformers: Any = importlib.import_module("transformers")
    tokenizers: Any = importlib.import_module("tokenizers")
    decoders, pre_tokenizers, trainers = tokenizers.decoders, tokenizers.pre_tokenizers, tokenizers.trainers

    tokenizer = tokenizers.Tokenizer(tokenizers.models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=_VOCABULARY, special_tokens=SPECIAL, initial_alphabet=pre_tokenizers.ByteLevel.alphabet()
    )
    tokenizer.train_from_iterator(texts(), trainer)
    fast = transformers.PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, eos_token="<|im_end|>", pad_token="<|endoftext|>"
    )
    fast.chat_template = CHAT_TEMPLATE
    fast.save_pretrained(folder)

    torch.manual_seed(0)
    config = transformers.Qwen3Config(
        vocab_size=len(fast),
        hidden_size=64,
        intermediate_size=128,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=16384,
        eos_token_id=fast.convert_tokens_to_ids("<|im_end|>"),
        bos_token_id=None,
        tie_word_embeddings=True,
    )
    model = transformers.Qwen3ForCausalLM(config).to(torch.bfloat16)
    model.save_pretrained(folder, safe_serialization=True)
    print(json.dumps({"folder": str(folder), "vocabulary": len(fast)}))  # noqa: T201 - a script's result


if __name__ == "__main__":
    main(Path(sys.argv[1]))
