"""``python -m mavin``: the same as the ``mavin`` command."""

from mavin.cli.main import main

if __name__ == "__main__":
    main()
