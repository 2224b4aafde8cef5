"""The web app's speed: each screen's 95th percentile with several clients at once, and the server's memory.

In: a case (made up if none is named), how many clients and requests. Out: figures a screen. Never: a request that is
answered from a cache of the client's.
"""

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from bench.web_case import make_web_case

CLIENTS = 8
LIMIT_S = 0.3
LIMIT_MB = 500


@dataclass(slots=True)
class Figures:
    """Seconds each request took, by screen; the server's processor seconds; what was not answered with 200."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    cpu_s: float = 0.0
    failed: list[str] = field(default_factory=list)


def list_requests(client: httpx.Client, chance: random.Random) -> list[tuple[str, str]]:
    """Screens by name, with paths that differ from round to round as a day's work does."""
    found = client.get("/api/incidents", params={"page": chance.randrange(1, 50)}).json()
    incident = chance.choice(found["incidents"])
    told = client.get(f"/api/incidents/{incident['id']}").json()["incident"]["tellings"]
    page = client.get("/api/pages", params={"page": chance.randrange(1, 50)}).json()["articles"][0]["id"]
    actor = chance.choice(client.get("/api/actors").json()["actors"])["id"]
    place, kind = incident["place"], incident["types"][0]
    outlet = incident["outlets"][0]
    year = str(chance.randrange(2000, 2024))
    return [
        ("front", "/"),
        ("front, one year", f"/?since={year}&until={year}"),
        ("incidents", f"/incidents?page={chance.randrange(1, 2000)}"),
        ("incidents, newest", f"/incidents?sort=newest&page={chance.randrange(1, 200)}"),
        ("incidents, a type", f"/incidents?type={kind}"),
        ("incidents, a place and a year", f"/incidents?place={place}&since={year}"),
        ("incidents, an outlet", f"/incidents?outlet={outlet}"),
        ("incidents, a rare word", f"/incidents?q={place}"),
        ("incidents, a common word", "/incidents?q=market"),
        ("incident", f"/incidents/{incident['id']}"),
        ("compare", f"/compare?a={told[0]}&b={told[-1]}"),
        ("page", f"/pages/{page}"),
        ("pages", "/pages"),
        ("actors", "/actors"),
        ("actor", f"/actors/{actor}"),
        ("network", "/network"),
        ("outlets", "/outlets"),
        ("outlet", f"/outlets/one?name={outlet}"),
        ("review", "/review"),
        ("rejected", "/rejected"),
    ]


def measure(base: str, rounds: int, clients: int) -> Figures:
    """Every screen `rounds` times by each of the clients at once."""
    figures, lock = Figures(), threading.Lock()

    def work(seed: int) -> None:
        chance = random.Random(seed)
        with httpx.Client(base_url=base, timeout=120) as client:
            for _ in range(rounds):
                requests = list_requests(client, chance)
                chance.shuffle(requests)
                for name, path in requests:
                    started = time.perf_counter()
                    response = client.get(path)
                    took = time.perf_counter() - started
                    with lock:
                        figures.seconds[name].append(took)
                        if response.status_code != 200:
                            figures.failed.append(f"{response.status_code} {path}")

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return figures


def read_memory_mb(process: int) -> float:
    """The most memory that the process has held (Linux)."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0


def read_cpu_s(process: int) -> float:
    """The processor's seconds that the process has had: what requests cost whatever else the machine does (Linux)."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def percentile(values: list[float], share: float) -> float:
    """The least value that is not below `share` of them.

    >>> percentile([1.0, 2.0, 3.0, 4.0], 0.5), percentile([1.0], 0.95)
    (2.0, 1.0)
    """
    ordered = sorted(values)
    return ordered[max(0, -(-int(len(ordered) * share * 100) // 100) - 1)]


def run(arguments: list[str]) -> int:
    """Measure; 0 if every screen and the memory keep their limits."""
    parser = argparse.ArgumentParser(prog="bench web")
    parser.add_argument("--case", type=Path, help="a case; without one, one is made up")
    parser.add_argument("--tellings", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--clients", type=int, default=CLIENTS)
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        case = chosen.case
        if case is None:
            case = Path(folder) / "made.db"
            make_web_case(case, chosen.tellings)
        command = [sys.executable, "-m", "rashomon", "serve", str(case), "--port", "0"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout is not None
            base = server.stdout.readline().strip()
            try:
                httpx.get(base, timeout=120)
                idle, begun = read_memory_mb(server.pid), read_cpu_s(server.pid)
                figures = measure(base, chosen.rounds, chosen.clients)
                figures.cpu_s = read_cpu_s(server.pid) - begun
                most = read_memory_mb(server.pid)
            finally:
                server.terminate()
    return report(figures, idle, most)


def report(figures: Figures, idle_mb: float, most_mb: float) -> int:
    """Print the figures as JSON; 0 if they keep the limits."""
    screens = {
        name: {"median_s": round(percentile(took, 0.5), 3), "p95_s": round(percentile(took, 0.95), 3), "n": len(took)}
        for name, took in sorted(figures.seconds.items())
    }
    count = max(1, sum(map(len, figures.seconds.values())))
    slow = [name for name, held in screens.items() if held["p95_s"] > LIMIT_S]
    print(
        json.dumps(
            {"screens": screens, "cpu_s_a_round": round(figures.cpu_s * len(screens) / count, 3),
             "memory_idle_mb": round(idle_mb), "memory_most_mb": round(most_mb), "slow": slow,
             "failed": figures.failed[:10]},
            indent=1,
        )
    )  # fmt: skip
    return int(bool(slow or figures.failed) or most_mb > LIMIT_MB)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
