#!/usr/bin/env python3
"""Runs every test, or those of the areas named, and ends with one line:
N passed, N failed, N skipped.

Areas:"""

import argparse
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import threading
import time

from stack import ROOT, turn_signals_into_exit

LOGS = ROOT / "build/test-logs"


class Tally:
    def __init__(self):
        self.passed = self.failed = self.skipped = 0
        self.failures = []

    def add(self, name, passed=0, failed=0, skipped=0):
        self.passed += passed
        self.failed += failed
        self.skipped += skipped
        if failed:
            self.failures.append(name)


TALLY = Tally()


PRINTING = threading.Lock()


def run(name, command, count=None, env=None, alone=True):
    """Runs a step, showing its last lines when it fails.  `count` reads the
    numbers of tests from the output; without it the step counts as one."""
    if alone:
        print(f"  {name} ...", end="", flush=True)
    started = time.monotonic()
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / (re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") + ".log")
    with open(log, "w", encoding="utf-8") as out:
        code = subprocess.run(command, stdout=out, stderr=subprocess.STDOUT,
                              cwd=ROOT, check=False,
                              env={**os.environ, **(env or {})}).returncode
    text = log.read_text(encoding="utf-8", errors="replace")
    passed, failed, skipped = count(text) if count else (0, 0, 0)
    if code and not failed:
        failed = 1
    elif not code and not passed and not skipped:
        # A step that counts its tests and found none has tested nothing.
        passed, failed = (0, 1) if count else (1, 0)
    verdict = "FAILED" if failed else "ok"
    numbers = f" {passed} passed" if count else ""
    numbers += f", {skipped} skipped" if skipped else ""
    with PRINTING:
        TALLY.add(name, passed, failed, skipped)
        if not alone:
            print(f"  {name} ...", end="")
        print(f" {verdict}{numbers} ({time.monotonic() - started:.1f} s)", flush=True)
        if failed:
            print(f"  --- end of {log.relative_to(ROOT)}")
            print("\n".join("  | " + line for line in text.splitlines()[-60:]), flush=True)
    return not failed


def run_all(steps):
    """Runs steps that do not mind each other, as many at a time as there are cores."""
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for done in [pool.submit(run, *step, alone=False) for step in steps]:
            done.result()


def count_gtest(text):
    def total(pattern):
        return sum(int(n) for n in re.findall(pattern, text, re.MULTILINE))
    passed = total(r"^\[  PASSED  \] (\d+) tests?")
    failed = total(r"^\[  FAILED  \] (\d+) tests?, listed")
    skipped = total(r"^\[  SKIPPED \] (\d+) tests?, listed")
    return passed, failed, skipped


def count_node(text):
    def total(word):
        return sum(int(n) for n in
                   re.findall(rf"^(?:#|\u2139) {word} (\d+)$", text, re.MULTILINE))
    return total("pass"), total("fail") + total("cancelled"), total("skipped")


def gtests(area, preset, suffix, launcher=(), env=None, parts=1):
    """A step for each program of tests, the longest first and in so many parts."""
    folder = ROOT / "build" / preset / "bin"
    env = env or {}
    for part in range(parts):
        yield (f"{area}: scenario, {part + 1} of {parts}",
               [*launcher, str(folder / ("scenario" + suffix))], count_gtest,
               {**env, "GTEST_TOTAL_SHARDS": str(parts), "GTEST_SHARD_INDEX": str(part)})
    for binary in sorted(p for p in folder.glob("unit_*" + suffix) if p.suffix == suffix):
        yield f"{area}: {binary.stem}", [*launcher, str(binary)], count_gtest, env


def fuzzers(preset, suffix):
    folder = ROOT / "build" / preset / "bin"
    return sorted(p for p in folder.glob("fuzz_*" + suffix) if p.suffix == suffix)


def replay(preset, suffix, launcher):
    return [(f"{preset}: replay {binary.stem}", [
        *launcher, str(binary),
        str(ROOT / "tests/fuzz/corpus" / binary.stem.removeprefix("fuzz_"))])
            for binary in fuzzers(preset, suffix)]


SANITIZERS = {
    "ASAN_OPTIONS": "detect_stack_use_after_return=1:strict_string_checks=1",
    "UBSAN_OPTIONS": "print_stacktrace=1",
}


def lint():
    """includes between rooms, formatting, clang-tidy"""
    run("lint: layers", ["python3", "scripts/tools/check_layers.py"])
    sources = sorted(str(p.relative_to(ROOT)) for top in ("include", "src", "tests")
                     for p in (ROOT / top).rglob("*") if p.suffix in {".h", ".cpp"}
                     and "node_modules" not in p.parts)
    run("lint: format", ["clang-format", "--dry-run", "--Werror", *sources])
    if run("lint: build", ["scripts/build", "check"]):
        run("lint: clang-tidy", ["python3", "scripts/tools/check_tidy.py"])


def native():
    """unit tests, scenarios and fuzz corpus under sanitizers; the tool"""
    run("native: compiling through the cache",
        ["node", "--test", "--test-reporter=spec", "tests/build/*.mjs"], count_node)
    if not run("native: build", ["scripts/build", "check", "native"]):
        return
    run_all([*gtests("native", "check", "", env=SANITIZERS, parts=2), *replay("check", "", [])])
    run("native: instruction budget",
        ["python3", "scripts/tools/bench.py", "normalize", "--native"])
    if list((ROOT / "tests/cli").glob("*.mjs")):
        run("native: command line tool",
            ["node", "--test", "--test-reporter=spec", "tests/cli/*.mjs"], count_node)


def wasm():
    """the same tests as WebAssembly under Node"""
    if not run("wasm: build", ["scripts/build", "wasm"]):
        return
    # In one part: under Node it does not see the environment, which is how GoogleTest is told.
    run_all([*gtests("wasm", "wasm", ".js", ["node"]), *replay("wasm", ".js", ["node"])])


def web():
    """types, lint and tests of the module and the element"""
    # The tool: the element's tests hold it to say the same.
    if not run("web: build", ["scripts/build", "native", "module", "web"]):
        return
    run("web: types", ["npm", "--prefix", "web", "run", "--silent", "typecheck"])
    run("web: lint", ["npm", "--prefix", "web", "run", "--silent", "lint"])
    run("web: tests", ["npm", "--prefix", "web", "test", "--silent"], count_node)


def proxy():
    """the nginx configuration, from both sides"""
    if run("proxy: build", ["scripts/build", "native"]):
        run("proxy: tests", ["node", "--test", "--test-reporter=spec", "tests/proxy/*_test.mjs"],
            count_node)


def client():
    """the official Stripe client against the demo Stripe"""
    folder = ROOT / "tests/official_client"
    if not run("client: build", ["scripts/build", "native"]):
        return
    done = folder / "node_modules/.complete"
    if not done.exists() or (folder / "package-lock.json").stat().st_mtime > done.stat().st_mtime:
        if not run("client: install", ["npm", "--prefix", str(folder), "ci",
                                       "--no-audit", "--no-fund", "--ignore-scripts"]):
            return
        done.touch()
    run("client: tests", ["npm", "--prefix", str(folder), "test", "--silent"], count_node)


def browser():
    """the page in Chromium and in Firefox, through the real proxy"""
    if run("browser: build", ["scripts/build", "native", "module", "web"]):
        for engine in ("chromium", "firefox"):
            run(f"browser: {engine}", ["npm", "--prefix", "web", "run", "--silent", "test:browser"],
                count_node, {"PRECISION_BROWSER": engine})


def package():
    """the packed package in three apps, and its README"""
    if run("package: build", ["scripts/build", "native", "module", "web"]):
        run("package: tests", ["npm", "--prefix", "web", "run", "--silent", "test:package"],
            count_node)


def size():
    """bytes of the module and the element against the budget"""
    if run("size: build", ["scripts/build", "module", "web"]):
        run("size: budget", ["python3", "scripts/tools/bench.py", "size"])


AREAS = [native, wasm, web, proxy, client, browser, package, size, lint]


def main():
    names = {area.__name__: area for area in AREAS}
    parser = argparse.ArgumentParser(
        prog="scripts/test", formatter_class=argparse.RawDescriptionHelpFormatter,
        description=__doc__ + "\n" + "\n".join(
            f"  {name:8} {area.__doc__}" for name, area in names.items()))
    parser.add_argument("area", nargs="*", choices=[[], *names], metavar="area")
    chosen = parser.parse_args().area or list(names)
    turn_signals_into_exit()
    started = time.monotonic()
    for name in chosen:
        print(f"{name}: {names[name].__doc__}", flush=True)
        names[name]()
    if TALLY.failures:
        print("\nFailed: " + ", ".join(TALLY.failures))
    print(f"\ntook {time.monotonic() - started:.0f} s")
    print(f"{TALLY.passed} passed, {TALLY.failed} failed, {TALLY.skipped} skipped")
    return 1 if TALLY.failed else 0


if __name__ == "__main__":
    sys.exit(main())
