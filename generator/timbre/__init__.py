"""Timbre encoders: whose voice it is, without what is said and how, as one vector (e of Eq. 5).

    recording ──voice.py──▶ mono at 16 kHz ──▶ an encoder ──▶ e ──identity.py──▶ the network's width

facodec  FACodec of NaturalSpeech 3, which the paper uses; its weights are public
ge2e     a speaker encoder whose weights a package carries: the stand-in where FACodec's cannot be fetched.
         It was trained to tell speakers apart, not to hold their timbre, and everything calls it a stand-in.

loading  either one straight from its pulled files, without a pipeline around it

Both give 256 numbers, which are not interchangeable: an identity module is trained with one of them.
"""
