"""From a script to a film: the renderers, among them the stage that draws a previz."""
