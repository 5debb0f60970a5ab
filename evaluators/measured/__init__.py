"""The metrics that rest on features, on a prompt or on a judge, as ``--metrics`` chooses them.

scripts    script quality without a film
judged     a model's checklist
frames     SC, BC, and their stand-in
shots      TVS, CISC, BISC
distances  FVD, FAD
sounds     TAS
people     VC, AC, and their stand-ins
lips       Sync
"""
