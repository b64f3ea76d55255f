"""Walkshed alone on networks of several sizes: time and bytes a node."""
from . import walkshed


def table(folders, repeat):
    """One row a network; every time is processor time of one thread, the median."""
    print("| vertices | cells | points | ready, ns a vertex | a5, ns a vertex | d, µs a cell | build, ns a vertex "
          "| c, ns a settled junction | c, ns a vertex | b, ns a vertex | held, bytes a vertex: sweeps, searches "
          "| peak above the study: sweeps, d, searches | peak in all, bytes a vertex |")
    print("|---" * 13 + "|")
    for folder in folders:
        print("| " + " | ".join(row(folder, repeat)) + " |", flush=True)


def row(folder, repeat):
    # Three processes, so that each one's peak is its own.
    run = lambda *tasks: walkshed.run(folder, "--repeat", repeat, "--only", ",".join(tasks))
    sweeps, balls, searches = run("ready", "a5"), run("d"), run("build", "b", "c")
    about = sweeps["memory"]
    nodes, cells = about["nodes"], about["cells"]
    nano = lambda lines, task, by: f"{lines[task]['cpu_s'][1] * 1e9 / by:.1f}"
    above = [lines["memory"]["peak_bytes"] - lines["memory"]["before_bytes"] for lines in (sweeps, balls, searches)]
    held = [sweeps["sweeps"]["bytes"], searches["engine"]["bytes"]]
    per_node = lambda several: ", ".join(f"{bytes / nodes:.0f}" for bytes in several)
    whole = max(lines["memory"]["peak_bytes"] for lines in (sweeps, balls, searches))
    return [
        f"{nodes:,}", f"{cells:,}", f"{about['points']:,}", nano(sweeps, "ready", nodes), nano(sweeps, "a5", nodes),
        f"{balls['d']['cpu_s'][1] * 1e6 / cells:.3f}", nano(searches, "build", nodes),
        nano(searches, "c", searches["work"]["work"]["settled"]), nano(searches, "c", nodes),
        nano(searches, "b", nodes),
        per_node(held), per_node(above), f"{whole / 2**30:.2f} GiB, {whole / nodes:.0f}",
    ]
