"""What the language model cost in the writing of a film: in one sentence, and agent by agent."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.table import Table

from mavin.api.sources import Source
from mavin.errors import UsageError
from mavin.ledger import LlmUsage

__all__ = ["cost_in_words", "print_usage"]


def cost_in_words(usage: LlmUsage) -> str:
    """One sentence: calls, tokens read and written, the share that the server's prefix cache held."""
    again = f", {usage.reused} answers used again" if usage.reused else ""
    return (
        f"The model answered {usage.calls} calls{again}: {usage.prompt_tokens:,} tokens read{_cached(usage)}, "
        f"{usage.completion_tokens:,} written."
    )


def print_usage(console: Console, source: Source) -> None:
    """A table with a row for each agent and one for the whole.

    Raises:
        UsageError: if no model took part in the script.
    """
    manifest = source.film.manifest if source.film is not None else None
    if manifest is None or manifest.llm is None or not (manifest.llm.calls + manifest.llm.reused):
        raise UsageError(f"{source.path} was written without a language model, so there is no usage to show.")
    console.print(f"{manifest.llm.model or 'model'} at {manifest.llm.uri}", highlight=False)
    plain = not console.encoding.lower().startswith("utf")
    table = Table(box=box.ASCII if plain else box.SIMPLE_HEAD, show_footer=True)
    total = manifest.llm
    columns = ("calls", "reused", "read", "cached", "written", "seconds")
    table.add_column("agent", footer="all", no_wrap=True)
    for name, value in zip(columns, _cells(total), strict=True):
        table.add_column(name, footer=value, justify="right")
    for agent, usage in manifest.agents.items():
        table.add_row(agent, *_cells(usage))
    console.print(table)
    console.print("Read and written are tokens. Calls that run at the same time all count", highlight=False)
    console.print("their seconds, so that these add up to more than the run took.", highlight=False)


def _cells(usage: LlmUsage) -> tuple[str, ...]:
    share = f"{usage.cached_tokens / usage.prompt_tokens:.0%}" if usage.prompt_tokens else "–"
    return (
        str(usage.calls),
        str(usage.reused),
        f"{usage.prompt_tokens:,}",
        share,
        f"{usage.completion_tokens:,}",
        f"{usage.seconds:.1f}",
    )


def _cached(usage: LlmUsage) -> str:
    return f" ({usage.cached_tokens / usage.prompt_tokens:.0%} cached)" if usage.cached_tokens else ""
