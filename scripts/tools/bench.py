#!/usr/bin/env python3
"""Figures against a named rival in the same run: a table for people, then one
line of JSON.  Exits 1 when a figure breaks its floor or ceiling.

Benchmarks:"""

import argparse
import json
import pathlib
import subprocess
import sys

from stack import ROOT, Missing, Stack, build, turn_signals_into_exit


def brotli_bytes(data):
    return len(subprocess.run(["brotli", "-q", "11", "-c"], input=data,
                              stdout=subprocess.PIPE, check=True).stdout)


def table(rows):
    widths = [max(len(str(row[i])) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        print("  " + "  ".join(
            str(cell).ljust(width) if i == 0 else str(cell).rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths))))


def size():
    """bytes of the module and the element, raw and brotli, against the budget"""
    build("module", "web")
    budget = json.loads((ROOT / "scripts/size_budget.json").read_text(encoding="utf-8"))
    module = [ROOT / "build/wasm/bin/precision.wasm", ROOT / "build/wasm/bin/precision.js"]
    # The element with all it imports, but for the module's own script.
    element = sorted(p for p in (ROOT / "web/dist").glob("*.js"))
    rows = [("file", "raw", "brotli")]
    totals = {}
    for group, files in (("module", module), ("element", element)):
        total = 0
        for path in files:
            data = path.read_bytes()
            packed = brotli_bytes(data)
            total += packed
            rows.append((f"{group}: {path.name}", len(data), packed))
        totals[f"{group}_brotli_kb"] = round(total / 1024, 1)
        rows.append((f"{group} together, of {budget[f'{group}_brotli_kb']} KB", "", total))
    table(rows)
    over = [name for name, ceiling in budget.items() if totals[name] > ceiling]
    for name in over:
        print(f"over budget: {name} is {totals[name]}, at most {budget[name]}")
    return totals, not over


def normalize():
    """list pages to columns, in Chromium: ours against JSON.parse and map"""
    build("native", "module", "web")
    subprocess.run(["cmake", "--build", str(ROOT / "build/wasm"), "--target",
                    "precision_bench"], check=True, stdout=subprocess.DEVNULL)
    with Stack(port=8300) as stack:
        done = subprocess.run(
            ["node", str(ROOT / "tests/bench/normalize_page.mjs"), str(stack.demo_port)],
            stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        print(done.stdout)
        raise Missing("the page benchmark did not run to its end")
    figures = json.loads(done.stdout.splitlines()[-1])
    rows = [("list", "KB a page", "ours MB/s", "JSON.parse MB/s", "ratio")]
    for line in figures.pop("lists"):
        rows.append((line["list"], f"{line['page_kb']:.0f}", f"{line['ours_mb_per_s']:.0f}",
                     f"{line['rival_mb_per_s']:.0f}", f"{line['ratio']:.2f}"))
    table(rows)
    floor = 3
    good = figures["ratio_vs_json_parse"] >= floor
    if not good:
        print(f"under the floor: ratio_vs_json_parse is {figures['ratio_vs_json_parse']}, "
              f"at least {floor}")
    return figures, good


def permissions():
    """the permission audit at 150 ms, in Chromium through the proxy: ours against one by one"""
    build("native", "module", "web")
    with Stack(port=8600, latency_ms=150, tls=True, page=ROOT / "web/dist") as stack:
        done = subprocess.run(
            ["node", str(ROOT / "tests/bench/permissions_page.mjs"), stack.url,
             str(stack.demo_port)], stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        print(done.stdout)
        raise Missing("the page benchmark did not run to its end")
    figures = json.loads(done.stdout.splitlines()[-1])
    table([("audit", "what the pulls need, s", "the whole, s", "requests"),
           ("live key", figures["needs_s"], figures["audit_s"], figures["requests"]),
           ("test key", figures["test_needs_s"], figures["test_s"], figures["requests"]),
           ("live key, Write as well", "", figures["write_s"], figures["write_requests"]),
           ("one by one, with fetch()", "", figures["serial_s"], figures["requests"])])
    ceilings = {"needs_s": 0.4, "test_needs_s": 0.4, "audit_s": 1, "test_s": 3.5,
                "requests": 79, "throttled": 0, "side_effects": 0}
    over = [name for name, ceiling in ceilings.items() if figures[name] > ceiling]
    for name in over:
        print(f"over the ceiling: {name} is {figures[name]}, at most {ceilings[name]}")
    return figures, not over


BENCHES = [size, normalize, permissions]


def main():
    names = {bench.__name__: bench for bench in BENCHES}
    parser = argparse.ArgumentParser(
        prog="scripts/bench", formatter_class=argparse.RawDescriptionHelpFormatter,
        description=__doc__ + "\n" + "\n".join(
            f"  {name:10} {bench.__doc__}" for name, bench in names.items()))
    parser.add_argument("name", nargs="*", choices=[[], *names], metavar="name")
    chosen = parser.parse_args().name or list(names)
    turn_signals_into_exit()
    good = True
    for name in chosen:
        print(f"{name}: {names[name].__doc__}", flush=True)
        try:
            figures, held = names[name]()
        except Missing as problem:
            print(f"scripts/bench: {problem}")
            return 1
        good = good and held
        print(json.dumps(figures), flush=True)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
