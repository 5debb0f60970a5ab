"""The processes that train together: one alone, or those that ``torchrun`` started, with FSDP2 between them."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch
import torch.distributed as dist
from torch import Tensor
from torch.distributed.device_mesh import DeviceMesh, init_device_mesh

from generator.blocks import CrossAttention, SelfAttention
from generator.train.trainee import Trainee
from mavin.errors import UsageError

__all__ = ["Group", "group_of_processes", "shard"]


@dataclass(frozen=True, slots=True)
class Group:
    """Who takes part.

    Attributes:
        rank: of this process, from 0; process 0 writes.
        size: how many there are.
        device: where this one computes.
        mesh: over which parameters are sharded; ``None`` for one process that holds them all.
    """

    rank: int
    size: int
    device: torch.device
    mesh: DeviceMesh | None = None

    def mean(self, values: Tensor) -> Tensor:
        """The mean of every process's values."""
        if self.size > 1:
            values = values.to(self.device)
            dist.all_reduce(values)
            values = values / self.size
        return values.cpu()

    def any(self, value: bool) -> bool:
        """Whether any process says yes; all get the same answer."""
        if self.size == 1:
            return value
        asked = torch.tensor(float(value), device=self.device)
        dist.all_reduce(asked, dist.ReduceOp.MAX)
        return bool(asked.item())

    def wait(self) -> None:
        """Until every process is here."""
        if self.size > 1:
            dist.barrier()


@contextmanager
def group_of_processes(device: torch.device, *, precision: str = "float32") -> Iterator[Group]:
    """The group of this process: that of ``torchrun``, or itself alone.

    Args:
        device: of what kind.
        precision: other than ``float32`` needs the sharded form even for one process.

    Raises:
        UsageError: if there are fewer GPUs than processes on this machine.
    """
    launched = "RANK" in os.environ and "WORLD_SIZE" in os.environ
    if not launched and precision == "float32":
        yield Group(0, 1, device)
        return
    if device.type == "cuda":
        local = int(os.environ.get("LOCAL_RANK", "0"))
        if local >= torch.cuda.device_count():
            raise UsageError(
                f"There must be a GPU for each process of this machine, got {torch.cuda.device_count()} GPUs for "
                f"process {local + 1}. Start fewer with --nproc-per-node."
            )
        device = torch.device("cuda", local)
        torch.cuda.set_device(device)
    if launched:
        dist.init_process_group("nccl" if device.type == "cuda" else "gloo")
    else:
        store = dist.HashStore()  # type: ignore[attr-defined]
        dist.init_process_group("nccl" if device.type == "cuda" else "gloo", store=store, rank=0, world_size=1)
    try:
        size = dist.get_world_size()
        yield Group(dist.get_rank(), size, device, init_device_mesh(device.type, (size,)))
    finally:
        dist.destroy_process_group()


def shard(trainee: Trainee, group: Group, *, precision: str) -> None:
    """Splits the parameters among the processes (FSDP2): every attention and feed-forward layer is a unit.

    Those are the modules that are called as such; what is left, norms, embeddings and heads, is small
    and gathered once a step.
    """
    if group.mesh is None:
        return
    from torch.distributed.fsdp import MixedPrecisionPolicy, fully_shard

    lower = {"param_dtype": torch.bfloat16, "reduce_dtype": torch.float32} if precision == "bfloat16" else {}
    # It warns of views, which only an operation in place would make wrong; there is none.
    warnings.filterwarnings("ignore", message="FSDP2-wrapped module .* returned a view tensor")
    policy = MixedPrecisionPolicy(**lower, cast_forward_inputs=False)
    for tower in (trainee.backbone.video_model, trainee.backbone.audio_model):
        for block in () if tower is None else tower.blocks:
            for module in block.children():
                if isinstance(module, (SelfAttention, CrossAttention, torch.nn.Sequential)):
                    fully_shard(module, mesh=group.mesh, mp_policy=policy)
    fully_shard(trainee, mesh=group.mesh, mp_policy=policy)
