"""The studio: a film's web editor, ``mavin studio FILM``; a FastAPI server over :mod:`mavin.api`, and static files.

browser ──▶ Guard (Host, Origin, token, size) ──▶ routes ──▶ Desk (the film on disk, operations, rev)
   ▲                                                └──▶ Jobs, Artist ──▶ worker processes (drawing, decoding)
   └──────────── server-sent events ◀── Watcher (the folder, whoever changes it)
"""
