"""From a script to a film: the renderers, among them the stage that draws a previz."""

# Before any module here loads PyTorch, mavin says how its threads wait.
import mavin.errors  # noqa: F401
