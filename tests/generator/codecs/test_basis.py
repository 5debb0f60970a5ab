"""The network's coordinates of latents: equal distances are equal errors of what a decoder makes."""

from __future__ import annotations

import torch

from generator.codecs.basis import LatentBasis


def test_they_are_the_codecs_own_until_chosen_and_lead_back() -> None:
    basis = LatentBasis(3)
    latents = torch.randn(3, 2, 5, generator=torch.Generator().manual_seed(0))
    assert torch.equal(basis.enter(latents, 0), latents)
    basis.choose(torch.randn(500, 3) * torch.tensor([1.0, 4.0, 0.2]) + 3, torch.diag(torch.tensor([1.0, 0.1, 9.0])))
    assert torch.allclose(basis.leave(basis.enter(latents, 0), 0), latents, atol=1e-5)
    turned = latents.movedim(0, 1)
    assert torch.equal(basis.enter(turned, 1), basis.enter(latents, 0).movedim(0, 1))


def test_a_linear_decoder_makes_errors_of_their_length() -> None:
    torch.manual_seed(0)
    decoder, mixing = torch.randn(40, 6), torch.randn(6, 6)  # pixels from latents; latents from independent causes
    latents = torch.randn(4000, 6) @ mixing.T + 1.0
    basis = LatentBasis(6)
    basis.choose(latents, decoder.T @ decoder)
    entered = basis.enter(latents, 1)
    made = latents @ decoder.T
    ratio = (entered[1:] - entered[:-1]).norm(dim=1) / (made[1:] - made[:-1]).norm(dim=1)
    assert float(ratio.std() / ratio.mean()) < 1e-3
    # Without correlation, in order of what they carry, mean square 1, around 0.
    covariance = entered.T @ entered / len(entered)
    spread = covariance.diag()
    assert float((covariance - torch.diag(spread)).abs().max()) < 1e-3
    assert spread.tolist() == sorted(spread.tolist(), reverse=True)
    assert abs(float(spread.mean()) - 1) < 1e-4
    assert float(entered.mean(0).abs().max()) < 1e-4
