"""What routing costs and saves: attention by runs against attention with masks, and the network's own speed.

    python benchmarks/attention.py                  # this machine's CPU, one thread and all of them
    python benchmarks/attention.py --device cuda    # a GPU, with flex attention and varlen flash where present
    python benchmarks/attention.py --record         # also write the results into attention.json and attention.md

Every figure is a ratio of two timings that alternate in one run, so that a busy machine slows both; the
best of several rounds counts, on one thread in processor time, which what else runs can hardly lengthen.

Targets: grouped text attention at most 0.55 of dense-mask SDPA at about 36 % visibility, identity
self-attention at most 0.75, the network above 0.75 of the matmul peak on one thread and 0.70 on two; the
plan of a 15 s clip at 480p in under 50 ms and 10 MB.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
import time
import tracemalloc
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any
from unittest.mock import patch

import torch
from torch import Tensor
from torch.nn.functional import scaled_dot_product_attention

from generator import blocks
from generator.attention import attend, attend_dense, attend_groups
from generator.checkpoint import build_backbone
from generator.conditioning import condition
from generator.model import Backbone
from generator.plan import Plan
from generator.presets import mid
from generator.routing import ReferenceTokens, make_plan
from generator.runs import Group, Span, dense_mask
from generator.shapes import ClipShape, TokenGrid
from mavin.caption import DialogueLine, GlobalCaption, HierarchicalCaption, Role, Shot

HERE = Path(__file__).parent


def main() -> None:
    """Measures, prints and records."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, nargs="*", help="thread counts on a CPU; default: 1 and all")
    parser.add_argument("--record", action="store_true", help="append to attention.json and attention.md")
    given = parser.parse_args()
    device = torch.device(given.device)
    everything = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    counts = given.threads or sorted({1, everything})
    results = []
    for threads in counts if device.type == "cpu" else [everything]:
        torch.set_num_threads(threads)
        with torch.inference_mode():
            results.append(measure(device, given.rounds, threads))
        print(json.dumps(results[-1], indent=1))
    if given.record:
        record(results, device)


def measure(device: torch.device, rounds: int, threads: int) -> dict[str, Any]:
    """All figures at one number of threads."""
    figures: dict[str, Any] = {"threads": threads, "load": round(os.getloadavg()[0], 1)}
    figures |= planning()
    figures["text"] = text_attention(device, rounds)
    figures["self"] = self_attention(device, rounds)
    figures["network"] = network(device, rounds)
    return figures


# ---------------------------------------------------------------------------------------- the script


def script(duration_ms: int, shots: int) -> HierarchicalCaption:
    """Shots of equal length with one or two of three roles each, and a line in every shot."""
    edges = pairwise(duration_ms * n // shots for n in range(shots + 1))
    times = list(enumerate(edges))
    names = ("C1", "C2", "C3")

    def there(shot: int) -> tuple[str, ...]:
        return tuple(names[(shot + k) % 3] for k in range(1 if shot % 3 == 0 else 2))

    return HierarchicalCaption(
        duration_ms=duration_ms,
        global_caption=GlobalCaption(storyline="A story.", style="film", ambience="wind"),
        shots=tuple(
            Shot(id=f"S{n + 1}", start_ms=a, end_ms=b, setting="there", action="acts", roles=there(n))
            for n, (a, b) in times
        ),
        roles=tuple(Role(id=name, name=name, appearance="tall", voice="low") for name in names),
        dialogue=tuple(
            DialogueLine(id=f"L{n + 1}", role=there(n)[0], start_ms=a + 100, end_ms=b - 100, text="Go.")
            for n, (a, b) in times
        ),
    )


def plan_for(caption: HierarchicalCaption, grid: TokenGrid, tokens: int, references: bool, text_len: int = 512) -> Plan:
    """A plan whose segments have so many tokens each."""
    parts = condition(caption)
    anchors = [ReferenceTokens(role.id, 390, 31) for role in caption.roles] if references else []
    sizes = ([tokens] * len(parts.video), [tokens] * len(parts.audio))
    return make_plan(caption, parts, grid, *sizes, references=anchors, text_len=text_len)


def planning() -> dict[str, float]:
    """Building the plan of 15 s at 480p with six shots and three roles: time and memory."""
    caption = script(15_000, 6)
    grid = ClipShape.of(caption).grid
    plan_for(caption, grid, 60, references=True)
    times = []
    for _ in range(10):
        start = time.perf_counter()
        plan_for(caption, grid, 60, references=True)
        times.append(time.perf_counter() - start)
    tracemalloc.start()
    plan_for(caption, grid, 60, references=True)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return {"plan_tokens": grid.video_tokens, "plan_ms": round(1000 * min(times), 2), "plan_MB": round(peak / 1e6, 3)}


# ------------------------------------------------------------------------------------------- timing


def race(ways: dict[str, Callable[[], Any]], rounds: int, device: torch.device) -> dict[str, float]:
    """The best seconds of each way, taken in turns; on one thread of processor time."""
    clock = time.process_time if device.type == "cpu" and torch.get_num_threads() == 1 else time.perf_counter
    best = dict.fromkeys(ways, float("inf"))
    for name in ways:
        ways[name]()
    for _ in range(rounds):
        for name, way in ways.items():
            _wait(device)
            start = clock()
            way()
            _wait(device)
            best[name] = min(best[name], clock() - start)
    return best


def _wait(device: torch.device) -> None:
    if device.type == "cuda":
        torch.cuda.synchronize(device)


def compared(best: dict[str, float], base: str) -> dict[str, float]:
    """Milliseconds of each, and its ratio to the base."""
    figures = {f"{name}_ms": round(1000 * value, 2) for name, value in best.items()}
    return figures | {f"{name}/{base}": round(value / best[base], 3) for name, value in best.items() if name != base}


def draw(device: torch.device, *shape: int) -> Tensor:
    """Random queries, keys or values; bf16 on a GPU, where flash attention knows nothing else."""
    return torch.randn(shape, device=device, dtype=torch.bfloat16 if device.type == "cuda" else torch.float32)


# ---------------------------------------------------------------------------------------- attention


def masked(q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
    """What one would write without runs: SDPA with the whole mask."""
    out = scaled_dot_product_attention(q.transpose(1, 2), k.transpose(1, 2), v.transpose(1, 2), attn_mask=mask)
    return out.transpose(1, 2)


def text_attention(device: torch.device, rounds: int) -> dict[str, Any]:
    """4,693 video tokens of 19 latents, 1,000 text tokens of which about 36 % are visible."""
    caption = script(3_000, 6)
    grid = TokenGrid(19, 13, 19, 94)
    # Without padding, to compare the attention and not how much is padded.
    groups = plan_for(caption, grid, 100, references=False, text_len=1).video.text
    assert groups is not None
    keys = max(span.stop for group in groups for span in group.keys)
    queries = grid.video_tokens
    q, k, v = draw(device, 1, queries, 8, 64), draw(device, 1, keys + 1, 8, 64), draw(device, 1, keys + 1, 8, 64)
    mask = torch.from_numpy(dense_mask(groups, queries, keys + 1)).to(device)
    ways: dict[str, Callable[[], Any]] = {
        "dense": lambda: masked(q, k, v, mask),
        "grouped": lambda: attend_groups(q, k, v, [groups]),
        "unmasked": lambda: attend(q, k, v),
    }
    ways |= _gpu_ways(groups, q, k, v, device)
    error = float((attend_groups(q, k, v, [groups]) - masked(q, k, v, mask)).abs().max())
    figures = {"queries": queries, "keys": keys, "visible": round(float(mask.float().mean()), 3), "error": error}
    return figures | compared(race(ways, rounds, device), "dense")


def self_attention(device: torch.device, rounds: int) -> dict[str, Any]:
    """4,693 video tokens in six shots and three roles' anchors of 390 tokens: 5,863 in all."""
    caption = script(3_000, 6)
    grid = TokenGrid(19, 13, 19, 94)
    tower = plan_for(caption, grid, 50, references=True).video
    groups = tower.self_attention
    assert groups is not None
    q, k, v = (draw(device, 1, tower.tokens, 8, 64) for _ in range(3))
    mask = torch.from_numpy(dense_mask(groups, tower.tokens, tower.tokens)).to(device)
    isolated = make_isolated(caption, grid).video.self_attention
    ways: dict[str, Callable[[], Any]] = {
        "dense": lambda: masked(q, k, v, mask),
        "grouped": lambda: attend_groups(q, k, v, [groups]),
        "unmasked": lambda: attend(q, k, v),
        "isolated": lambda: attend_groups(q, k, v, [isolated]),
    }
    ways |= _gpu_ways(groups, q, k, v, device)
    error = float((attend_groups(q, k, v, [groups]) - masked(q, k, v, mask)).abs().max())
    figures = {"tokens": tower.tokens, "visible": round(float(mask.float().mean()), 3), "error": error}
    return figures | compared(race(ways, max(rounds // 2, 2), device), "dense")


def make_isolated(caption: HierarchicalCaption, grid: TokenGrid) -> Plan:
    """The same clip with shots isolated."""
    parts = condition(caption)
    anchors = [ReferenceTokens(role.id, 390, 31) for role in caption.roles]
    sizes = ([50] * len(parts.video), [50] * len(parts.audio))
    return make_plan(caption, parts, grid, *sizes, references=anchors, isolate_shots=True)


def _gpu_ways(
    groups: Sequence[Group], q: Tensor, k: Tensor, v: Tensor, device: torch.device
) -> dict[str, Callable[[], Any]]:
    """Flex attention with the rule as a block mask, and one varlen flash call, where this torch has them."""
    if device.type != "cuda":
        return {}
    ways: dict[str, Callable[[], Any]] = {}
    mask = torch.from_numpy(dense_mask(groups, q.shape[1], k.shape[1])).to(device)
    if importlib.util.find_spec("torch.nn.attention.flex_attention"):
        from torch.nn.attention.flex_attention import create_block_mask, flex_attention

        def rule(_b: Tensor, _h: Tensor, query: Tensor, key: Tensor) -> Tensor:
            return mask[query, key]

        block_mask = create_block_mask(rule, None, None, q.shape[1], k.shape[1], device=device)
        flex = torch.compile(flex_attention)
        ways["flex"] = lambda: flex(q.transpose(1, 2), k.transpose(1, 2), v.transpose(1, 2), block_mask=block_mask)
    if importlib.util.find_spec("torch.nn.attention.varlen"):
        from torch.nn.attention.varlen import varlen_attn

        queries = torch.cat([torch.arange(s.start, s.stop) for g in groups for s in g.queries]).to(device)
        keys = torch.cat([torch.arange(s.start, s.stop) for g in groups for s in g.keys]).to(device)
        many_q, many_k = [_count(g.queries) for g in groups], [_count(g.keys) for g in groups]
        ends_q = torch.tensor([0, *many_q], device=device).cumsum(0, dtype=torch.int32)
        ends_k = torch.tensor([0, *many_k], device=device).cumsum(0, dtype=torch.int32)
        ways["varlen"] = lambda: varlen_attn(
            q[0, queries], k[0, keys], v[0, keys], ends_q, ends_k, max(many_q), max(many_k)
        )
    return ways


def _count(spans: Sequence[Span]) -> int:
    return sum(span.length for span in spans)


# ---------------------------------------------------------------------------------------- the network


def network(device: torch.device, rounds: int) -> dict[str, Any]:
    """The ``mid`` preset on 2,100 video, 110 audio and 512 text tokens: speed, and with masks instead of runs."""
    preset = mid()
    backbone = build_backbone(preset.video, preset.audio).to(device).eval()
    if device.type == "cuda":
        backbone = backbone.bfloat16()
    grid = TokenGrid(14, 10, 15, 110)
    plain: dict[str, Any] = {
        "video": [draw(device, 48, grid.video_latents, 2 * grid.rows, 2 * grid.columns)],
        "audio": [draw(device, grid.audio_latents, 20)],
        "timestep": torch.tensor([500.0], device=device),
        "video_text": [draw(device, 512, 512)],
        "audio_text": [draw(device, 512, 512)],
    }
    products = {n: (draw(device, n, n), draw(device, n, n)) for n in (1024, 2048)}
    ways: dict[str, Callable[[], Any]] = {"plain": lambda: backbone(**plain)}
    ways |= {str(n): partial(torch.matmul, a, b) for n, (a, b) in products.items()}
    times = race(ways, rounds, device)
    best = times["plain"]
    peak = max(2 * n**3 / times[str(n)] for n in products)
    work = flops(backbone, grid, 512)
    caption = script(3_000, 6)
    shots = TokenGrid(19, 10, 11, 110)
    plan = plan_for(caption, shots, 64, references=False)
    routed = dict(plain, plan=plan, video=[draw(device, 48, 19, 20, 22)])
    for tower in ("video", "audio"):
        routed[f"{tower}_text"] = [draw(device, plan.tower(tower).text_tokens, 512)]
    either = {"masks": lambda: naively(backbone, routed), "runs": lambda: backbone(**routed)}
    versus = compared(race(either, rounds, device), "masks")
    return {
        "GFLOP": round(work / 1e9, 1),
        "seconds": round(best, 3),
        "peak_GFLOPS": round(peak / 1e9, 1),
        "share_of_peak": round(work / best / peak, 3),
        **versus,
    }


def naively(backbone: Backbone, inputs: dict[str, Any]) -> Any:
    """The same forward pass with every mask written out and given to SDPA."""
    with patch.object(blocks, "attend_groups", attend_dense):
        return backbone(**inputs)


def flops(backbone: Backbone, grid: TokenGrid, text: int) -> float:
    """Multiplications and additions of the products of matrices in one forward pass, as the model defines them."""
    assert backbone.video_model is not None
    config = backbone.video_model.config
    d, inner = config.dim, config.ffn_dim
    tokens = {"video": grid.video_tokens, "audio": grid.audio_latents}
    total = 0.0
    for own, other in (("video", "audio"), ("audio", "video")):
        n, m = tokens[own], tokens[other]
        linear = n * (4 * d * d + 2 * d * d + 2 * d * inner) + 2 * text * d * d + 2 * m * d * d
        scores = 2 * n * d * (n + text + m)
        total += config.num_layers * 2 * (linear + scores)
    n = grid.audio_latents
    hidden = backbone.get_parameter("audio_model.patch_embedding.2.w1.weight").shape[0]
    total += 2 * n * 7 * (20 * d + 3 * d * hidden)  # convolutions of the audio tower's embedding
    total += 2 * (grid.video_tokens * 2 * 192 * d + 2 * text * (config.text_dim + d) * d)
    return total


# ------------------------------------------------------------------------------------------- record


def record(results: list[dict[str, Any]], device: torch.device) -> None:
    """Appends a dated entry to ``attention.json`` and a table of it to ``attention.md``."""
    entry = {
        "date": datetime.now(UTC).date().isoformat(),
        "device": torch.cuda.get_device_name(device) if device.type == "cuda" else platform.machine(),
        "torch": torch.__version__,
        "results": results,
    }
    path = HERE / "attention.json"
    known = json.loads(path.read_text()) if path.exists() else []
    path.write_text(json.dumps([*known, entry], indent=1) + "\n")
    lines = [
        "# Attention by runs: dated results",
        "",
        "Made by `python benchmarks/attention.py --record`; its head says what is measured. All but the plan are",
        "ratios of alternating timings in one run; load is that of the machine when the run began.",
        "",
        "| date | device | threads (load) | text: grouped/dense | self: grouped/dense | network: runs/masks "
        "| share of matmul peak | plan |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| {one['date']} | {one['device']}, torch {one['torch']} | {row['threads']} ({row['load']}) | "
        f"{row['text']['grouped/dense']} ({row['text']['visible']:.0%} visible) | "
        f"{row['self']['grouped/dense']} | {row['network']['runs/masks']} | {row['network']['share_of_peak']} | "
        f"{row['plan_ms']} ms, {row['plan_MB']} MB |"
        for one in [*known, entry]
        for row in one["results"]
    ]
    (HERE / "attention.md").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
