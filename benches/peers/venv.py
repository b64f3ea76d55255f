"""A Python environment of its own, outside the repository."""
import os
import subprocess
import sys
from pathlib import Path

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "walkshed-peers"


def enter(venv, packages):
    """Goes on in an environment that has the packages; makes it where there is none."""
    python = venv / "bin" / "python"
    if Path(sys.prefix).resolve() == venv.resolve():
        return
    if not (venv / "ready").exists():
        print(f"setting up {venv}", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *packages], check=True)
        (venv / "ready").touch()
    one = dict.fromkeys(["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMEXPR_NUM_THREADS"], "1")
    os.execve(python, [str(python), *sys.argv], os.environ | one)
