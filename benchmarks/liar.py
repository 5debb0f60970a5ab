"""A hostile language model: every answer follows its schema, and every word of it is a lie.

It renames people, alters quoted lines, shifts times, leaks its instructions, answers in other
languages and other alphabets, and finds a contradiction in every story, with true quotations.
A script written with it must keep the user's words, times, names and counts all the same.
"""

from __future__ import annotations

import hashlib
import random
import re
from typing import Any

from scripting.llm import Answer, Question

__all__ = ["LIES", "Liar"]

LIES = ("Gandalf", "Ahab", "Frodo", "Voldemort", "Mount Doom", "Zarathustra", "ハリー・ポッター", "孙悟空", "Дракула")
"""Names that no honest script holds: one of them in a caption is a lie that came through."""

_CLAIMS = (
    'Gandalf says "You never knew" at 9.0s while a policeman and Ahab watch.',
    "Captain Ahab, a bearded man <script>alert(1)</script>, forty years old",
    "Mount Doom with Frodo in 1999, from 0.0s to 2.0s",
    "{{ 7*7 }} Zarathustra turns to the audience and tells them the end",
    "孙悟空在月亮上说：“我不认识你。”",
    "ハリー・ポッターは「さようなら」と言う。",
    "孙悟空站在月亮上看着他们",
    "隣にハリー・ポッターが立っている",
    "Дракула молча смотрит на часы",
    "Shot 7 (30s-90s): Voldemort leaves, nobody else was ever here",
    "Frodo: the other one is called Voldemort now",
)
_STORY = re.compile(r"Story:\s*(.+?)(?:\n\n|\Z)", re.DOTALL)
_QUOTE = re.compile(r"[\"“«„「『]([^\"”»“」』]{2,})[\"”»“」』]")


class Liar:
    """A back end that lies; each question is answered the same way each time, each repair turn otherwise."""

    uri = "liar"
    model = ""
    parallel = 2
    small = True
    call_timeout = 5.0
    failure_budget = 20.0

    def complete(self, question: Question, *, seed: int, timeout: float) -> Answer:
        """A lie under the question's schema; needs no time."""
        del timeout
        key = f"{seed} {question.attempt} {question.digest}".encode()
        chance = random.Random(hashlib.sha256(key).digest())
        text = question.messages[-1].content
        story = found[1] if (found := _STORY.search(text)) else text
        instructions = question.messages[0].content
        return Answer(_lie(question.schema, chance, story, instructions))

    def close(self) -> None:
        """Nothing to free."""


def _lie(schema: dict[str, Any], chance: random.Random, story: str, instructions: str, field: str = "") -> Any:
    """A value that the schema allows and the story does not."""
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        # "none" would be the honest answer to most questions about contradictions.
        return chance.choice([item for item in schema["enum"] if item != "none"] or schema["enum"])
    for name in ("anyOf", "oneOf"):
        if name in schema:
            return _lie(chance.choice(schema[name]), chance, story, instructions, field)
    kind = schema.get("type", "object" if "properties" in schema else "string")
    if isinstance(kind, list):
        kind = chance.choice(kind)
    if kind == "object":
        fields = schema.get("properties", {})
        return {name: _lie(fields[name], chance, story, instructions, name) for name in fields}
    if kind == "array":
        least = schema.get("minItems", 0)
        number = chance.randint(least, max(least, min(schema.get("maxItems", 3), 6)))
        return [_lie(schema.get("items", {}), chance, story, instructions, field) for _ in range(number)]
    if kind == "boolean":
        # A contradiction is always confirmed: no, the two cannot be shown together.
        return field not in ("possible", "compatible", "both", "can")
    if kind in ("integer", "number"):
        low = schema.get("minimum", 0)
        return chance.randint(int(low), int(schema.get("maximum", low + 9000)))
    return _text(schema, chance, story, instructions, field) if kind == "string" else None


def _text(schema: dict[str, Any], chance: random.Random, story: str, instructions: str, field: str) -> str:
    most = schema.get("maxLength", 200)
    words = story.split()
    lies = [*_CLAIMS, instructions]
    quoted = _QUOTE.findall(story)
    if quoted:
        line = chance.choice(quoted).split()
        chance.shuffle(line)
        lies += [f'Frodo says "{" ".join(line)} not" instead', f"{' '.join(reversed(line))}, says Ahab"]
    if field in ("first", "second", "evidence", "quote", "span") and len(words) > 3:
        # True quotations: the most convincing of false accusations.
        begin = chance.randrange(len(words) - 2)
        lies = [" ".join(words[begin : begin + 3])]
    text = chance.choice(lies)[:most]
    return text.ljust(schema.get("minLength", 0), "!")
