"""Runs walkshed and the peers on one network and prints a row a task."""
import json
import os
import platform
import subprocess
import sys
from pathlib import Path

import numpy as np

from . import rivals, walkshed, whole
from .walkshed import Answers, cell_of, point_of

TASKS = ["a5", "a32", "a-once", "b", "c", "c-once", "d", "iso"]
# What walkshed times besides.
BEFORE = ["study", "link", "ready", "build"]
ENTRY = Path(__file__).resolve().parent.parent / "peers.py"


def machine(peers):
    """On what all this runs."""
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    model = next((line.split(": ")[1] for line in lines if line.startswith("model name")), platform.machine())
    rustc = subprocess.run(["rustc", "--version"], check=True, stdout=subprocess.PIPE, text=True).stdout.split()[1]
    names = [name for peer in peers for name in rivals.PEERS[peer].packages]
    versions = f"rustc {rustc}, Python {platform.python_version()}, {rivals.versions(names)}"
    print(f"{model}, {os.cpu_count()} cores; {versions}", flush=True)


def compare(folder, tasks, peers, repeat):
    """The table of one network; whether all answers are the same."""
    asked = [*BEFORE, *tasks, "b", "c"]
    shared = ["--repeat", repeat, "--only", ",".join(asked)]
    one = walkshed.run(folder, *shared, "--answers", folder)
    two = walkshed.run(folder, *shared, "--threads", 2)
    iso = one.get("places", {}).get("searches", 1)
    for lines in (one, two):
        if "iso" in lines:
            lines["iso"] |= {kind: [took / iso for took in lines["iso"][kind]] for kind in ("wall_s", "cpu_s")}
    about = one["memory"]
    described = f"{about['points']:,} points, {about['cells']:,} cells, {one['work']['pairs']:,} pairs"
    print(f"\n## {folder.name}: {about['nodes']:,} vertices, {described}\n")
    figures = {name: peer(name, tasks, folder, about) for name in peers}
    heads = [f" {name} | ratio |" for name in peers]
    print("| task | walkshed, one thread | two threads |" + "".join(heads))
    print("|---|---|---|" + "---|---|" * len(peers))
    for task in BEFORE + list(tasks):
        row(task, one, two, figures)
    same = told(folder, tasks, figures)
    if (folder / "study.toml").exists():
        print()
        whole.told(folder)
    return same


def peer(name, tasks, folder, about):
    """Runs one peer in a process of its own, which knows how to read our answers."""
    (folder / "about.json").write_text(json.dumps(about))
    itself = [sys.executable, ENTRY, "--venv", sys.prefix]
    asked = ["--peer", name, "--folder", folder, "--only", ",".join(tasks)]
    subprocess.run(itself + asked, check=True, stdout=subprocess.DEVNULL)
    figures = json.loads((folder / f"{name}.json").read_text())
    for once, part in (("a-once", "a5"), ("c-once", "c")):
        if once in tasks and part in figures:
            both = [figures[part]["build_s"] + took for took in figures[part]["cpu_s"]]
            figures[once] = {"cpu_s": both, "share": figures[part]["share"]}
    return figures


def row(task, one, two, figures):
    ours = one[task]["cpu_s"]
    gain = one[task]["wall_s"][0] / two[task]["wall_s"][0]
    cells = [task, shown(ours), f"{gain:.2f} ×"]
    for theirs in figures.values():
        if task not in theirs:
            cells += ["–", "–"]
            continue
        took = theirs[task]["cpu_s"]
        ratio = took[1] / ours[1]
        scaled = "~" if theirs[task]["share"] < 1 else ""
        cells += [scaled + shown(took), f"{ratio:,.0f}" if ratio >= 10 else f"{ratio:.1f}"]
    print("| " + " | ".join(cells) + " |")


def shown(spread):
    """Median, least and most, in a fitting unit."""
    unit, factor = next(((u, f) for u, f in (("s", 1), ("ms", 1e3)) if spread[1] * f >= 1), ("µs", 1e6))
    figure = lambda took: f"{took:.3g}" if took < 1000 else f"{took:,.0f}"
    least, median, most = (figure(took * factor) for took in spread)
    return f"{median} {unit}" if least == most else f"{median} {unit} ({least}–{most})"


def told(folder, tasks, figures):
    """Prints what was compared; whether all is the same."""
    ours = Answers.of(folder)
    matrix = ours.pairs("c")
    own = {"b is its c, counted by cell": (np.bincount(cell_of(matrix), minlength=ours.cells) == ours.sums("b")).all()}
    if "iso" in tasks:
        alone = ours.pairs("iso")
        part = matrix[np.isin(point_of(matrix), np.unique(point_of(alone)))]
        own["iso is its c, from those points"] = np.array_equal(alone, part)
    same = all(own.values())
    print("".join(f"\nwalkshed's {what}: {'yes' if holds else 'NO'}" for what, holds in own.items()) + "\n")
    for name, theirs in figures.items():
        for task in [task for task in tasks if "differ" in theirs.get(task, {})]:
            found = theirs[task]
            same &= not found["differ"]
            equal = f"{found['differ']:,} DIFFER" if found["differ"] else "all equal"
            sampled = f", {found['asked']:,} asked" if found["share"] < 1 or task == "iso" else ""
            bound = f", {found['bound']:,} at exactly the bound" if "bound" in found else ""
            compared = f"{found['compared']:,} answers{sampled}{bound}, {equal}"
            print(f"{name} {task}: {compared}; built in {found['build_s']:.2f} s", flush=True)
    return same
