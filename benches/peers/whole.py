"""The whole job, from files to files: the example `coverage` on the study of a real place."""
import os
import subprocess
import tempfile
import time

from . import walkshed

RUNS = 5


def told(folder):
    """Prints how long reading, snapping, searching, judging and writing take together, by the clock."""
    one, two = (sorted(run(folder, threads) for _ in range(RUNS)) for threads in (1, 2))
    for threads, runs in (("one thread", one), ("two threads", two)):
        least, middle, most = runs[0], runs[RUNS // 2], runs[-1]
        stages = "; ".join(middle[2])
        print(f"the whole run, {threads}: {middle[0]:.2f} s ({least[0]:.2f}–{most[0]:.2f}), "
              f"{middle[1]:.2f} s of processors; {stages}")
    print(f"two threads are {one[0][0] / two[0][0]:.2f} × as fast as one", flush=True)


def run(folder, threads):
    """Seconds by the clock and of processor time, and the line that tells the stages."""
    with tempfile.TemporaryDirectory() as out:
        command = [walkshed.built("coverage"), folder / "study.toml", "--threads", str(threads), "--out", out]
        begin = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        said = process.stderr.read()
        _, status, used = os.wait4(process.pid, 0)
        took = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, said
    return took, used.ru_utime + used.ru_stime, [line for line in said.splitlines() if "peak memory" in line]
