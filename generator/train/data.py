"""From a configuration's data to batches on the device: the dataset, its order, and what is drawn for each example."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from torch.utils.data import DataLoader, Sampler

from generator.presets import Modality, TowerConfig
from generator.train.config import DataConfig, ShardsConfig, StageConfig, TrainConfig
from generator.train.draws import Drawing, Drawn, Ticket
from generator.train.examples import Dataset
from generator.train.group import Group
from generator.train.order import Order, OrderState

__all__ = ["Batches", "held_out", "open_dataset", "target_tokens"]

_MEASURED: Final = 2**32
"""A step that no run comes to: its draws are those of the validation."""


def open_dataset(config: DataConfig) -> Dataset:
    """The dataset of a configuration.

    Raises:
        UsageError: if it is not there or damaged.
    """
    if isinstance(config, ShardsConfig):
        from generator.train.shards import ShardDataset

        return ShardDataset(config.folder)
    from generator.train.on_the_fly import WorldDataset

    return WorldDataset.of(config)


class Batches:
    """The batches of one process, step by step, with the state of the order after each.

    Args:
        dataset: of examples.
        config: of the run.
        towers: the network's configurations.
        group: of processes, which share the groups of a step.
        step: steps done.
        order: how far the order has come.
        workers: processes that read and draw ahead.
    """

    def __init__(
        self,
        dataset: Dataset,
        config: TrainConfig,
        towers: tuple[TowerConfig, TowerConfig],
        group: Group,
        *,
        step: int,
        order: OrderState,
        workers: int = 0,
    ) -> None:
        self._config, self._group = config, group
        self._passes = config.batch_size // config.micro_batch // group.size
        self._order = _order(dataset, config, order)
        sampler = _Tickets(_order(dataset, config, order), config, group, step)
        loader: DataLoader[list[Drawn]] = DataLoader(
            Drawing(dataset, config, towers),  # type: ignore[arg-type]  # numbered by tickets
            batch_sampler=sampler,
            collate_fn=_flat,
            num_workers=workers,
            persistent_workers=workers > 0,
            # Forking a process whose libraries have threads can hang it.
            multiprocessing_context="spawn" if workers else None,
        )
        self._passes_of = iter(loader)

    def __iter__(self) -> Iterator[tuple[list[Sequence[Drawn]], OrderState]]:
        """The passes of the next step, without end."""
        while True:
            passes: list[Sequence[Drawn]] = [next(self._passes_of) for _ in range(self._passes)]
            self._order.take(self._passes * self._group.size)
            yield passes, self._order.state


def _flat(examples: Sequence[Sequence[Drawn]]) -> list[Drawn]:
    return [one for each in examples for one in each]


def _order(dataset: Dataset, config: TrainConfig, state: OrderState) -> Order:
    return Order(len(dataset), dataset.shape, config.micro_batch, config.seed, state)


class _Tickets(Sampler[list[Ticket]]):
    """Which examples this process takes in each pass."""

    def __init__(self, order: Order, config: TrainConfig, group: Group, step: int) -> None:
        self._order, self._config, self._group, self._step = order, config, group, step

    def __iter__(self) -> Iterator[list[Ticket]]:
        size = self._config.micro_batch
        step = self._step
        while True:
            groups = self._order.take(self._config.batch_size // size)
            for number, examples in enumerate(groups):
                if number % self._group.size == self._group.rank:
                    places = range(number * size, (number + 1) * size)
                    yield [Ticket(each, step, place) for each, place in zip(examples, places, strict=True)]
            step += 1


def held_out(
    dataset: Dataset, config: TrainConfig, towers: tuple[TowerConfig, TowerConfig], group: Group, stage: StageConfig
) -> Iterator[Drawn]:
    """The examples on which this process measures: with the same noise each time, and nothing left out.

    Every process gets as many: what is left of them over is left out.
    """
    assert config.validation is not None
    drawing = Drawing(dataset, config, towers, measured=stage)
    count = min(config.validation.examples, len(dataset))
    for turn in range(max(count // group.size, 1)):
        number = (turn * group.size + group.rank) % count
        yield from drawing[Ticket(number, _MEASURED, number % config.batch_size)]


def target_tokens(batch: Sequence[Drawn], video: TowerConfig, modality: Modality = "both") -> int:
    """Tokens of the towers that run, without those of references."""
    cells = video.patch_size[1] * video.patch_size[2]
    pictures = 0 if modality == "audio" else sum(one.clean.video[0].numel() // cells for one in batch)
    return pictures + (0 if modality == "video" else sum(one.clean.audio.shape[0] for one in batch))
