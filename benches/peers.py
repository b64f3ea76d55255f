#!/usr/bin/env python3
"""Walkshed beside scipy, pandana and networkx: the same files, the same answers, processor time.

    python3 benches/peers.py                        a made network of 100,000 vertices; a few minutes
    python3 benches/peers.py --nodes 1000000        the full table; half an hour
    python3 benches/peers.py --data FOLDER          real places, of the folder that WALKSHED_DATA names
    python3 benches/peers.py --streets FILE --near LON,LAT
    python3 benches/peers.py --scaling 10000,100000,1000000,5000000
                                                    walkshed alone: time and bytes a node as networks grow

Sets up a Python environment of its own outside the repository (needs the network once; `--venv` says
where), makes a street network with a fixed seed, runs walkshed's example `engine` and the peers on it,
compares every answer, and prints one row a task. Ends with exit code 1 where any answer differs.

Tasks (`--only a5,d`), with walks of at most 1,250 m, 15 minutes at 5 km/h:

  a5, a32  the nearest point of each of 5 and of 32 categories, at every vertex, in the caller's order
  a-once   a5 with everything before it: the streets made ready, and the answer
  b        how many points lie within the bound of each cell
  c        the sparse matrix of cells and points within the bound
  c-once   c with everything before it
  d        how many people (one a cell) live within the bound of each cell
  iso      the cells within the bound of one place: one search, which is what one candidate costs

What is counted: processor time of the process with one thread, the median of several runs and in brackets
the least and the most; the machine may be busy with something else. Two threads are compared by the clock,
best against best. Making ready is counted in the two tasks that say so, and told apart otherwise. To
walkshed that is `ready` or `build` from a study whose points hang on their streets; `study` and `link`,
which the peers need not do, stand in rows of their own.

The peers do what serves them best. scipy: Dijkstra cut at the bound, from all points of a category at once
(a) or from 16 points at a time (b, c) or cells (d). networkx: the same, one at a time. pandana, after its
contraction: `nearest_pois` (a; c with just as many neighbours as the fullest cell has), `aggregate` (b, d),
`nodes_in_range`; it answers at every vertex, cell or not. Where a peer would take too long it does a sample
of the points, cells or categories, never a shorter walk; `~` marks a time that was scaled up so.

All lengths are whole decimetres, which floating-point numbers hold exactly, so answers must be equal, not
nearly equal. A walk of exactly 1,250.0 m is within the bound for everybody; how many there are is told. In
metres such a walk may fall on either side, as 0.1 has no exact binary fraction.
"""
import argparse
import sys
from pathlib import Path

from peers.venv import CACHE, enter

PACKAGES = ["numpy", "scipy", "pandana", "networkx"]


def parse():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--nodes", type=int, default=100_000, help="vertices of the made network")
    options.add_argument("--streets", type=Path, help="a real place: OSM PBF or XML, GeoJSON, or a folder of CSV")
    options.add_argument("--near", default="0,0", help="a place among the streets: longitude,latitude")
    options.add_argument("--data", type=Path, help="the real places of this folder")
    options.add_argument("--scaling", help="sizes of made networks, separated by commas")
    options.add_argument("--only", help="only these tasks, separated by commas")
    options.add_argument("--peers", default="scipy,pandana,networkx", help="only these peers")
    options.add_argument("--repeat", type=int, default=5, help="how often walkshed's tasks are timed")
    options.add_argument("--venv", type=Path, default=CACHE / "venv", help="the Python environment [%(default)s]")
    options.add_argument("--networks", type=Path, default=CACHE / "networks", help="for networks [%(default)s]")
    options.add_argument("--peer", help=argparse.SUPPRESS)
    options.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    return options.parse_args()


def main():
    options = parse()
    enter(options.venv.absolute(), PACKAGES)
    from peers import network, rivals, scaling, table

    tasks = options.only.split(",") if options.only else table.TASKS
    if options.peer:
        return rivals.run(options.peer, tasks, options.folder)
    if options.scaling:
        sizes = map(int, options.scaling.split(","))
        return scaling.table([network.made(size, options.networks) for size in sizes], options.repeat)
    if options.data:
        places = network.places(options.data, options.networks)
    elif options.streets:
        places = [network.real(options.streets.stem, options.streets, options.near, options.networks)]
    else:
        places = [network.made(options.nodes, options.networks)]
    table.machine(options.peers.split(","))
    same = [table.compare(place, tasks, options.peers.split(","), options.repeat) for place in places]
    if not all(same):
        sys.exit("the answers differ")


if __name__ == "__main__":
    main()
