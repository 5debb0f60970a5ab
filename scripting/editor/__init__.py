"""The editor agent's knowledge: what an instruction names, which changes fit it, and what a model may say about them.

    instruction ──scope──▶ topics × parts ──▶ tasks, one for each part ──▶ question ──▶ words ──contract──▶ operation
                           (read by code,       (what is locked or cannot          (or code's own words, or a reason)
                            else chosen          be done is none)
                            from enums)

The graph that walks this way is :mod:`scripting.agents.editor`.
"""
