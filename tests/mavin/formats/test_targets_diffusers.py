"""The keyword arguments for LTX-2 pass through diffusers' own pipeline, and it makes what they say."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from tests.mavin.formats.reading_targets import exported
from tests.mavin.formats.target_scripts import SCRIPTS, script

_NO_GUIDANCE = {
    "guidance_scale": 1.0,
    "audio_guidance_scale": 1.0,
    "stg_scale": 0.0,
    "audio_stg_scale": 0.0,
    "modality_scale": 1.0,
    "audio_modality_scale": 1.0,
}


@pytest.mark.parametrize("name", ["one-silent-shot", "over-the-cut"])
def test_the_pipeline_makes_a_clip_of_the_arguments(name: str, tiny_ltx2_pipeline: Any) -> None:
    arguments, _ = exported("diffusers-ltx2", script(name))
    made = tiny_ltx2_pipeline(**arguments, **_NO_GUIDANCE, num_inference_steps=1, output_type="latent")
    latents = (arguments["num_frames"] - 1) // 8 + 1
    assert made.frames.shape[2:] == (latents, arguments["height"] // 32, arguments["width"] // 32)
    seconds = arguments["num_frames"] / arguments["frame_rate"]
    assert made.audio.shape[2] == round(seconds * 16000 / 160 / 4)


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_pipeline_accepts_the_arguments_of_every_script(name: str, tiny_ltx2_pipeline: Any) -> None:
    arguments, _ = exported("diffusers-ltx2", script(name))
    known = inspect.signature(tiny_ltx2_pipeline.__call__).bind_partial(**arguments)
    assert known.arguments == arguments
    checked = {key: arguments[key] for key in ("prompt", "height", "width", "num_frames")}
    tiny_ltx2_pipeline.check_inputs(**checked, stg_scale=0.0, audio_stg_scale=0.0)
