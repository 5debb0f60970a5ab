"""Frozen parts around the network: pixels, sound and words in and out of what it works on.

    frames [3,F,H,W] ──▶ VideoCodec ──▶ latents [C,f,h,w] ──▶ the network ──▶ … ──▶ frames
    waveform [T]     ──▶ AudioCodec ──▶ latents [L,C]     ──▶ the network ──▶ … ──▶ waveform
    words            ──▶ TextEncoder ──▶ tokens [n,D]     ──▶ the network

``interfaces.py`` says what the pipeline asks of each; the classes of Ovi's public weights (Wan 2.2's
video VAE, MMAudio's audio VAE with BigVGAN, umT5) stand behind them in a file each.
"""
