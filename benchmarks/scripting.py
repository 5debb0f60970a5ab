"""What the scripting graph itself costs: ``python benchmarks/scripting.py --help``; graph_cost.py does the work.

This script bears the name of a package of ours.  To its neighbours, who are run from this folder, that name must
mean the package; so where it is imported it steps aside.
"""

import importlib
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent

# Found without this folder, and put into the script's place before anybody gets hold of it.
sys.modules.pop("scripting", None)
sys.path[:] = [entry for entry in sys.path if Path(entry or ".").resolve() != HERE]
importlib.import_module("scripting")
sys.path.insert(0, str(HERE))

if __name__ == "__main__":
    from graph_cost import main

    sys.exit(main())
