#!/usr/bin/env python3
"""Walkshed's `siting` beside PuLP with CBC, which spopt uses: the same matrices, the same optima, the time of both.

    python3 benches/solvers.py                      made towns of 500 to 20,000 clients; some ten minutes
    python3 benches/solvers.py --data FOLDER        San Francisco too, of the folder that
                                                    WALKSHED_DATA names
    python3 benches/solvers.py --seconds 300        so long for each question and program

Sets up a Python environment of its own outside the repository (needs the network once; `--venv` says where).
A made town has clients at random places with random weights, and candidates at random places; the cost of a
way is the straight line in whole metres, and ways beyond the limit are left out, as both may.

Both read the same CSV files. PuLP is given the models as the books have them and spopt builds them:

  mclp      max Σ wᵢ yᵢ   with  yᵢ ≤ Σ xⱼ within the limit,  Σ xⱼ = p
  lscp      min Σ xⱼ      with  Σ xⱼ within the limit ≥ 1    for all who can be covered
  p-median  min Σ wᵢ cᵢⱼ zᵢⱼ  with  Σⱼ zᵢⱼ = 1,  zᵢⱼ ≤ xⱼ,  Σ xⱼ = p; whoever gets to none counts as the limit

What is counted: seconds by the clock from files to the answer, for CBC from the model built to solved, both
with one thread. Ends with exit code 1 where both say that theirs is the optimum and the optima differ.
"""
import argparse
import csv
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from peers.venv import CACHE, enter
from peers import walkshed

TOWNS = [(500, 50, 5), (2_000, 200, 10), (5_000, 500, 20), (20_000, 2_000, 50)]
LIMIT = 1_000


def parse():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, help="the real places of this folder")
    options.add_argument("--seconds", type=int, default=120, help="for each question and program [%(default)s]")
    options.add_argument("--venv", type=Path, default=CACHE / "solvers", help="the Python environment [%(default)s]")
    return options.parse_args()


class Case:
    """Clients with weights, candidates, and the ways within the limit."""

    def __init__(self, name, limit, weights, candidates, ways):
        self.name, self.limit, self.weights, self.candidates, self.ways = name, limit, weights, candidates, ways

    def written(self, folder):
        """The three tables that `siting --matrix` reads."""
        tables = {
            "from.csv": (["id", "weight"], self.weights.items()),
            "to.csv": (["id"], ([name] for name in self.candidates)),
            "ways.csv": (["from", "to", "metres"], self.ways),
        }
        for name, (head, rows) in tables.items():
            with open(folder / name, "w", newline="", encoding="utf-8") as file:
                writer = csv.writer(file)
                writer.writerow(head)
                writer.writerows(rows)
        return folder


def made(clients, candidates):
    """A town of a density that does not depend on its size."""
    dice = random.Random(clients)
    side = 100 * clients**0.5

    def place():
        return dice.uniform(0, side), dice.uniform(0, side)

    homes = [(f"c{number}", place(), dice.randint(1, 400)) for number in range(clients)]
    sites = [(f"s{number}", place()) for number in range(candidates)]
    ways = []
    for site, (x, y) in sites:
        for home, (east, north), _ in homes:
            metres = round(((x - east) ** 2 + (y - north) ** 2) ** 0.5)
            if metres <= LIMIT:
                ways.append((home, site, metres))
    return Case(f"made {clients:,} × {candidates:,}", LIMIT, {name: weight for name, _, weight in homes},
                [name for name, _ in sites], ways)


def san_francisco(data):
    """205 tracts and 16 stores, of spopt's own examples."""
    folder = data / "data" / "spopt"
    with open(next(folder.glob("*network_distance*.csv")), encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with open(next(folder.glob("*demand*.csv")), encoding="utf-8") as file:
        people = {row["NAME"]: int(float(row["POP2000"])) for row in csv.DictReader(file)}
    ways = [(row["DestinationName"], row["name"], round(float(row["distance"]))) for row in rows]
    ways = [way for way in ways if way[2] <= 5_000]
    return Case("San Francisco 205 × 16", 5_000, people, sorted({row["name"] for row in rows}), ways)


def siting(folder, case, problem, sites, seconds):
    """What walkshed says: the objective, whether it is proved, the gap and the time."""
    out = folder / "out"
    command = [walkshed.built("siting"), "--problem", problem, "--matrix", folder / "ways.csv", "--from",
               folder / "from.csv", "--to", folder / "to.csv", "--limit", str(case.limit), "--threads", "1",
               "--seconds", str(seconds), "--out", out, "--overwrite", "--quiet"]
    if sites:
        command += ["--p", str(sites)]
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    took = time.perf_counter() - began
    plan = json.loads((out / "plan.json").read_text(encoding="utf-8"))
    return plan["objective"], plan["proved"], plan["gap"], took


def model_of(case, problem, sites):
    """The model of the books."""
    import pulp

    opens = {name: pulp.LpVariable(f"x{number}", cat="Binary") for number, name in enumerate(case.candidates)}
    reach = {}
    for client, site, metres in case.ways:
        reach.setdefault(client, []).append((site, metres))
    model = pulp.LpProblem(problem, pulp.LpMaximize if problem == "mclp" else pulp.LpMinimize)
    if problem == "lscp":
        model += pulp.lpSum(opens.values())
        for ways in reach.values():
            model += pulp.lpSum(opens[site] for site, _ in ways) >= 1
        return model
    if problem == "mclp":
        covered = {client: pulp.LpVariable(f"y{number}", 0, 1) for number, client in enumerate(reach)}
        model += pulp.lpSum(case.weights[client] * one for client, one in covered.items())
        for client, ways in reach.items():
            model += covered[client] <= pulp.lpSum(opens[site] for site, _ in ways)
    else:
        spent = []
        for number, (client, weight) in enumerate(case.weights.items()):
            goes = [(pulp.LpVariable(f"z{number}_{place}", 0, 1), site, metres)
                    for place, (site, metres) in enumerate(reach.get(client, []))]
            stays = pulp.LpVariable(f"u{number}", 0, 1)
            spent += [weight * metres * one for one, _, metres in goes] + [weight * case.limit * stays]
            model += pulp.lpSum(one for one, _, _ in goes) + stays == 1
            for one, site, _ in goes:
                model += one <= opens[site]
        model += pulp.lpSum(spent)
    model += pulp.lpSum(opens.values()) <= sites
    return model


def cbc(case, problem, sites, seconds):
    """What CBC says: the objective, whether it is the optimum, and the time."""
    import pulp

    model = model_of(case, problem, sites)
    began = time.perf_counter()
    model.solve(pulp.PULP_CBC_CMD(msg=False, threads=1, timeLimit=seconds))
    took = time.perf_counter() - began
    # A plan that was the best when the time ran out is called optimal, too.
    proved = model.sol_status == pulp.LpSolutionOptimal and took < seconds
    return pulp.value(model.objective), proved, took


def main():
    options = parse()
    enter(options.venv.absolute(), ["pulp"])
    cases = [(made(clients, candidates), sites) for clients, candidates, sites in TOWNS]
    if options.data:
        cases.append((san_francisco(options.data), 4))
    same = True
    print("| case | question | walkshed | gap | s | CBC | proved | s | CBC / walkshed |\n|---|---|---|---|---|---|---|---|---|")
    for case, most in cases:
        with tempfile.TemporaryDirectory() as folder:
            folder = case.written(Path(folder))
            for problem, sites in [("lscp", 0), ("mclp", most), ("p-median", most)]:
                ours, proved, gap, took = siting(folder, case, problem, sites, options.seconds)
                theirs, optimal, waited = cbc(case, problem, sites, options.seconds)
                if proved and optimal and abs(ours - theirs) > 1e-6 * abs(theirs):
                    same = False
                theirs = "none" if theirs is None else f"{theirs:,.0f}"
                print(f"| {case.name} | {problem} {sites or ''} | {ours:,.0f} | {gap:.2%} | {took:.2f} | {theirs} | "
                      f"{'yes' if optimal else 'no'} | {waited:.2f} | {waited / took:.1f} |", flush=True)
    if not same:
        sys.exit("the optima differ")


if __name__ == "__main__":
    main()
