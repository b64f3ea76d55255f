"""Walkshed alone on networks of several sizes: time and bytes a vertex."""
from . import walkshed

HEADS = [
    "vertices", "cells", "points",
    "ready, ns a vertex", "a5, ns a vertex", "a32, ns a vertex", "a5 on the junctions, ns a vertex", "a32 on the junctions",
    "d, µs a cell",
    "build, ns a vertex", "b, ns a vertex", "c, ns a vertex", "c, ns a settled junction",
    "the study, bytes a vertex", "held by sweeps", "held by searches",
    "at most for a5, building included", "for d", "for b and c", "the whole process, GiB",
]


def table(folders, repeat):
    """One row a network. Times are processor time of one thread, the median; memory is counted in a
    process of its own, and the last column is what the system says of the one that was timed."""
    print("| " + " | ".join(HEADS) + " |\n" + "|---" * len(HEADS) + "|")
    for folder in folders:
        print("| " + " | ".join(row(folder, repeat)) + " |", flush=True)


def row(folder, repeat):
    took = walkshed.run(folder, "--repeat", repeat, "--only", "ready,a5,a5-asked,a32,a32-asked,d,build,b,c")
    most = walkshed.run(folder, example="engine_memory")
    about = took["memory"]
    nodes, cells, settled = about["nodes"], about["cells"], took["work"]["work"]["settled"]
    nano = lambda task, by=nodes: f"{took[task]['cpu_s'][1] * 1e9 / by:.1f}"
    held = [most["nearest"]["before_bytes"], took["sweeps"]["bytes"], took["engine"]["bytes"]]
    held += [most[part]["most_bytes"] for part in ("nearest", "balls", "searches")]
    return [
        f"{nodes:,}", f"{cells:,}", f"{about['points']:,}",
        nano("ready"), nano("a5"), nano("a32"), nano("a5-asked"), nano("a32-asked"), f"{took['d']['cpu_s'][1] * 1e6 / cells:.3f}",
        nano("build"), nano("b"), nano("c"), nano("c", settled),
        *(f"{bytes / nodes:.0f}" for bytes in held), f"{about['peak_bytes'] / 2**30:.2f}",
    ]
