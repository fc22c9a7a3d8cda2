#!/usr/bin/env python3
"""clang-tidy over first-party C++, skipping what was clean before and has not
changed since: the file, any first-party header it includes, the settings."""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
CACHE = pathlib.Path.home() / ".cache/precision-stripe/tidy"
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)
FOLDERS = ("include", "src", "tests", "build/check/generated/include")


def closure(path, seen):
    """The file and every first-party header it reads, in a fixed order."""
    if path in seen:
        return
    seen[path] = path.read_bytes()
    for name in INCLUDE.findall(seen[path].decode("utf-8", "replace")):
        for folder in (path.parent, *(ROOT / f for f in FOLDERS)):
            if (folder / name).is_file():
                closure((folder / name).resolve(), seen)
                break


def stamp_of(path):
    total = hashlib.sha256((ROOT / ".clang-tidy").read_bytes())
    total.update(subprocess.run(["clang-tidy", "--version"], capture_output=True,
                                check=True).stdout)
    seen = {}
    closure(path, seen)
    for part, data in sorted(seen.items()):
        total.update(str(part.relative_to(ROOT)).encode() + b"\0" + data)
    return CACHE / total.hexdigest()


def sources():
    """The product's sources; tests and the module's own files are left to the
    compiler's warnings, as reading them all would take longer than testing."""
    database = ROOT / "build/check/compile_commands.json"
    for entry in json.loads(database.read_text(encoding="utf-8")):
        path = pathlib.Path(entry["file"])
        if path.is_relative_to(ROOT / "src"):
            yield path


def tidy(path):
    done = subprocess.run(
        ["clang-tidy", "--quiet", "-p", str(ROOT / "build/check"), str(path)],
        capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + (done.stderr if done.returncode else "")


def main():
    CACHE.mkdir(parents=True, exist_ok=True)
    work = [(path, stamp) for path in sorted(set(sources()))
            if not (stamp := stamp_of(path)).exists()]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for (path, stamp), (code, output) in zip(work, pool.map(tidy, [p for p, _ in work])):
            if code:
                failed += 1
                print(f"{path.relative_to(ROOT)}:\n{output}", flush=True)
            else:
                stamp.touch()
    print(f"clang-tidy: {len(work)} files read, {failed} with findings")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
