"""The command line: typer commands, one file per group, on top of :mod:`mavin.api`."""
