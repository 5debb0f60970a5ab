"""Renderers: one protocol from a caption to a film file; ``stage`` draws the previz.

    caption ──▶ Renderer.render ──▶ mp4 (24 fps, H.264 + AAC) + RenderResult
"""
