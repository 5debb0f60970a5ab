"""The timbre encoder of measured numbers: it tells voices apart, not words, and says what it cannot use."""

from __future__ import annotations

import pytest
import torch

from generator.timbre.statistics import StatisticsTimbre
from mavin.errors import UsageError
from tests.generator.codecs.test_harmonic import voice

RATE = 16_000


def test_the_first_number_is_the_pitch() -> None:
    timbre = StatisticsTimbre()
    low, high = (timbre.encode(voice(hertz, 1.5), RATE) for hertz in (100.0, 200.0))
    assert low.shape == (timbre.dim,)
    # one octave is ln 2 / 0.4 on the codec's scale
    assert float(high[0] - low[0]) == pytest.approx(0.6931 / 0.4, rel=0.02)


def test_another_rate_changes_little() -> None:
    timbre = StatisticsTimbre()
    time = torch.arange(int(1.5 * 48_000)) / 48_000
    wave = 0.2 * sum(torch.sin(2 * torch.pi * 150.0 * number * time) / number for number in range(1, 12))
    assert isinstance(wave, torch.Tensor)
    assert float(timbre.encode(wave, 48_000)[0] - timbre.encode(voice(150.0, 1.5), RATE)[0]) == pytest.approx(
        0, abs=0.05
    )


def test_the_scale_is_that_of_the_voices() -> None:
    timbre = StatisticsTimbre()
    voices = [voice(hertz, 1.2) for hertz in (90.0, 130.0, 180.0, 260.0)]
    timbre.fit(voices, RATE)
    numbers = torch.stack([timbre.encode(one, RATE) for one in voices])
    assert numbers.mean(0).abs().max() < 1e-4
    assert float(numbers[:, 0].std()) == pytest.approx(1.0, abs=1e-4)


def test_a_recording_without_a_voice_is_refused() -> None:
    noise = 0.1 * torch.randn(2 * RATE, generator=torch.Generator().manual_seed(0))
    with pytest.raises(UsageError, match="none was heard"):
        StatisticsTimbre().encode(noise, RATE)
