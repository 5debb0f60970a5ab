"""Metrics whose model another room has: a language model as judge, GE2E for voices."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mavin.errors import UsageError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from evaluators.features.base import ModelInfo
    from evaluators.metric import Metric
    from scripting.llm import LlmSession

__all__ = ["LlmJudge", "brought_metric"]


class LlmJudge:
    """:class:`~evaluators.judge.Judge` on a connected language model.

    Each question is asked alone, for that is what a small model answers best; the prompt and the script stand first, so
    that a server's prefix cache reads them once.

    Args:
        uri: of the model, as for ``--llm``; the default if left out.
        model: its name on that server, or in the store for ``embedded``; the first if left out.

    Raises:
        UsageError: if it names no model, for rules judge nothing.
        BackendError: if the model cannot be reached.
    """

    def __init__(self, uri: str | None = None, model: str | None = None) -> None:
        from scripting.llm import LlmSession, connect

        backend = connect(uri, model)
        if backend is None:
            raise UsageError(
                "A judge must be a language model, got rules. Name one: --metrics judge:embedded, or "
                "judge:http://HOST/v1."
            )
        self._backend = backend
        self._session: LlmSession = LlmSession(backend)

    @property
    def name(self) -> str:
        """The model's name."""
        return f"judge {self._backend.model}"

    def answer(self, key: str, prompt: str, script: str, question: str) -> bool | None:
        """Yes, no, or ``None`` where the model gives neither.

        Raises:
            BackendError: if the model was lost.
        """
        from prompts import JudgeContext, JudgeSystemContext, render
        from scripting.llm import Message, Question

        text = render(JudgeContext(prompt, script, question))
        schema = {
            "type": "object",
            "properties": {"answer": {"type": "string", "enum": ["yes", "no"]}},
            "required": ["answer"],
            "additionalProperties": False,
        }
        found = self._session.ask(
            Question(
                agent="judge",
                key=f"judge.{key}",
                messages=(Message("system", render(JudgeSystemContext())), Message("user", text)),
                schema=schema,
                max_tokens=16,
                temperature=0.0,
                shared=text.rfind(question),
            )
        )
        return None if found is None else {"yes": True, "no": False}.get(found.data["answer"])


class _Ge2eVoices:
    """GE2E as the evaluators take a model of voices."""

    sample_rate = 16_000

    def __init__(self) -> None:
        from evaluators.features.base import ModelInfo
        from generator.timbre.loading import load_timbre
        from mavin.store import model_of

        self._encoder = load_timbre("ge2e")
        model = model_of("ge2e")
        sha256 = str(model.files[0].sha256) if model else ""
        self.info: ModelInfo = ModelInfo("GE2E (resemblyzer)", sha256, "16 kHz mono, voiced parts", self._encoder.dim)

    def embed(self, sounds: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
        """(N, D).

        Raises:
            UsageError: if a voice is too short or silent.
        """
        import numpy as np

        from generator.timbre.loading import embed_voice

        return np.stack([embed_voice(self._encoder, one, self.sample_rate) for one in sounds])


def _judge(argument: str) -> Metric:
    from evaluators.measured.judged import ScriptJudge

    uri, _, model = argument.partition("#")
    return ScriptJudge(LlmJudge(uri or None, model or None))


def _voice_sim(_: str) -> Metric:
    from evaluators.measured.people import VoiceLikeness
    from evaluators.metric import Column

    return VoiceLikeness("voice_sim", Column("voice_sim_ge2e", "Likeness of voices (GE2E)"), _Ge2eVoices())


_BROUGHT: Mapping[str, Callable[[str], Any]] = {"judge": _judge, "voice_sim": _voice_sim}


def brought_metric(text: str) -> Metric | None:
    """The metric of ``name`` or ``name:argument`` if its model comes from another room; ``None`` for all others.

    Raises:
        UsageError: if its model is missing.
        BackendError: if its model cannot be reached.
    """
    name, _, argument = text.strip().partition(":")
    make = _BROUGHT.get(name)
    return None if make is None else make(argument)
