#!/usr/bin/env python3
"""clang-tidy over first-party C++, skipping what was clean before and has not
changed since (the file, or any first-party header, or the settings)."""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
CACHE = ROOT / "build/tidy"
PRESETS = ("check", "native")


def digest(paths):
    total = hashlib.sha256()
    for path in paths:
        total.update(path.read_bytes())
    return total.hexdigest()


def commands():
    """file -> the compile database that knows it; the module's own files are
    left to the compiler (no native build knows Emscripten's headers)."""
    found = {}
    for preset in PRESETS:
        database = ROOT / "build" / preset / "compile_commands.json"
        if not database.exists():
            continue
        for entry in json.loads(database.read_text(encoding="utf-8")):
            path = pathlib.Path(entry["file"])
            if path.is_relative_to(ROOT / "src") or path.is_relative_to(ROOT / "tests"):
                found.setdefault(path, database.parent)
    return found


def tidy(path, database):
    done = subprocess.run(["clang-tidy", "--quiet", "-p", str(database), str(path)],
                          capture_output=True, text=True, check=False)
    return path, done.returncode, done.stdout


def main():
    CACHE.mkdir(parents=True, exist_ok=True)
    headers = sorted(p for top in ("include", "src", "tests")
                     for p in (ROOT / top).rglob("*.h") if "node_modules" not in p.parts)
    common = digest([ROOT / ".clang-tidy", *headers])
    work = []
    for path, database in sorted(commands().items()):
        stamp = CACHE / hashlib.sha256(
            (common + str(path) + digest([path])).encode()).hexdigest()
        if not stamp.exists():
            work.append((path, database, stamp))
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = [pool.submit(tidy, path, database) for path, database, _ in work]
        for job, (_, _, stamp) in zip(jobs, work):
            path, code, output = job.result()
            if code:
                failed += 1
                print(f"{path.relative_to(ROOT)}:\n{output}")
            else:
                stamp.touch()
    print(f"clang-tidy: {len(work)} files read, {failed} with findings")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
