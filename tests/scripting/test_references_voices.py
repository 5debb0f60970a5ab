"""What code hears in voices: spoken by a synthesiser at known pitches and speeds, and in sounds that are no voice."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from scripting.references.voices import study_voice
from scripting.references.wording import voice_phrases, voice_summary

from .reference_files import save_wav, speak, tone


@pytest.mark.parametrize("hertz", [70, 110, 180, 240, 330, 500])
def test_the_pitch_of_a_tone_is_its_own(tmp_path: Path, hertz: int) -> None:
    cues = study_voice(save_wav(tmp_path / "a.wav", tone(hertz, 2.0)))
    assert cues.pitch_hz == pytest.approx(hertz, rel=0.02)


def test_low_and_high_voices_differ_in_pitch_and_words(tmp_path: Path) -> None:
    low, high = (
        study_voice(speak(tmp_path / f"{pitch}.wav", *voice)) for pitch, voice in ((1, ("m3", 98)), (2, ("f4", 290)))
    )
    assert low.pitch_hz is not None and high.pitch_hz is not None
    assert 85 <= low.pitch_hz <= 130 and 260 <= high.pitch_hz <= 340
    assert low.pitch == "low" and high.pitch in ("high", "very high")
    assert low.centroid_hz is not None and high.centroid_hz is not None and low.centroid_hz < high.centroid_hz
    assert voice_phrases(low)[0] == "low pitch"
    assert f"median {low.pitch_hz} Hz" in voice_summary(low)
    assert {"age", "gender", "accent"} <= set(low.not_analysed)


def test_the_pace_follows_the_syllables(tmp_path: Path) -> None:
    fast, slow = (study_voice(speak(tmp_path / f"{s}.wav", "m3", 105, s)) for s in (4.0, 9.0))
    assert fast.syllables_per_second is not None and slow.syllables_per_second is not None
    # 24 syllables in 4 and in 9 seconds, pauses included
    assert fast.syllables_per_second == pytest.approx(24 / 4, rel=0.2)
    assert slow.syllables_per_second == pytest.approx(24 / 9, rel=0.25)
    assert (fast.pace, slow.pace) == ("fast", "slow")


def test_loudness_is_lufs_as_recorded(tmp_path: Path) -> None:
    loud = study_voice(save_wav(tmp_path / "a.wav", tone(150, 3.0, level=0.3)))
    quiet = study_voice(save_wav(tmp_path / "b.wav", tone(150, 3.0, level=0.03)))
    assert loud.loudness_lufs is not None and quiet.loudness_lufs is not None
    assert loud.loudness_lufs - quiet.loudness_lufs == pytest.approx(20, abs=0.3)  # a tenth of the level is 20 dB less
    assert quiet.loudness == "quiet"


def test_noise_has_no_pitch_and_says_so(tmp_path: Path) -> None:
    noise = (0.1 * np.random.default_rng(1).standard_normal(32_000)).astype(np.float32)
    cues = study_voice(save_wav(tmp_path / "a.wav", noise))
    assert (cues.pitch_hz, cues.pitch, cues.pace) == (None, "", "")
    assert any("hardly anything in it is voiced" in item for item in cues.not_analysed)
    assert voice_phrases(cues) == ()


@pytest.mark.parametrize(("rate", "channels"), [(8_000, 1), (44_100, 2), (48_000, 1)])
def test_rates_and_channels_do_not_change_the_pitch(tmp_path: Path, rate: int, channels: int) -> None:
    samples = tone(140, 2.0, rate)
    both = samples if channels == 1 else np.stack([samples, 0.2 * samples], axis=1)
    cues = study_voice(save_wav(tmp_path / "a.wav", both, rate))
    assert cues.pitch_hz == pytest.approx(140, rel=0.02)
    assert (cues.centroid_hz is None) == (rate == 8_000)
    assert any("telephone" in item for item in cues.not_analysed) == (rate == 8_000)


def test_without_the_extra_the_voice_is_said_not_to_be_analysed(tmp_path: Path) -> None:
    save_wav(tmp_path / "a.wav", tone(150, 1.5))
    script = """
import sys
from importlib.machinery import PathFinder
class Without(PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        return None if name.split(".")[0] in ("librosa", "pyloudnorm") else super().find_spec(name, path, target)
sys.meta_path = [Without if finder is PathFinder else finder for finder in sys.meta_path]
from pathlib import Path
from scripting.references.voices import study_voice
cues = study_voice(Path(sys.argv[1]))
assert not cues.analysed and cues.pitch_hz is None and cues.seconds == 1.5
print(cues.not_analysed[0])
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "a.wav")], capture_output=True, text=True, check=True
    )
    assert "pip install 'mavin[references]'" in done.stdout
