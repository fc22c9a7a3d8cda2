#!/usr/bin/env python3
"""Fails when a file in one room includes a room it may not know, or a library
that lives elsewhere, or when a source file is not ASCII."""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

# room -> rooms it may include.  This table is the architecture; change it only
# together with src/CMakeLists.txt and the map in README.md.
MAY_KNOW = {
    "base": set(),
    "json": {"base"},
    "key": {"base"},
    "table": {"base"},
    "stripe": {"base", "json"},
    "permission": {"base", "json", "key", "stripe"},
    "sync": {"base", "stripe"},
    "normalize": {"base", "json", "stripe", "table"},
    "metrics": {"base", "table"},
    "export": {"base", "table"},
    "session": {"base", "key", "stripe", "permission", "table", "normalize",
                "sync", "metrics"},
    "words": {"base", "permission"},
    "wasm": {"base", "key", "stripe", "permission", "table", "normalize",
             "sync", "metrics", "export", "session"},
    "cli": {"base", "json", "key", "stripe", "permission", "table",
            "normalize", "session", "words"},
    "generate": set(),
}
# Third-party headers have one home each; the two programs may print JSON.
ONE_HOME = {
    "emscripten": {"wasm"},
    "nlohmann": {"json", "cli", "generate"},
    "glaze": {"normalize"},
}

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.MULTILINE)
CLOCKS = re.compile(
    r"\b(steady_clock|system_clock|high_resolution_clock)::now\b"
    r"|\bstd::random_device\b|\bstd::(thread|mutex|atomic)\b|\bgetenv\(")
EMSCRIPTEN = re.compile(r"__EMSCRIPTEN__|\bEM_(ASM|JS)\b")


def violations(path, room, text):
    for target in INCLUDE.findall(text):
        first, *rest = target.split("/")
        library = first.split(".")[0]
        if library in ONE_HOME and room not in ONE_HOME[library]:
            yield f"{target}: only {', '.join(sorted(ONE_HOME[library]))} may include it"
        known = rest[0] if first == "precision" and rest else first
        if known in MAY_KNOW and known != room and known not in MAY_KNOW[room]:
            yield f"{target}: {room}/ may not know {known}/"
        if known in MAY_KNOW and known != room and first != "precision":
            yield f"{target}: private header of {known}/"
    if room not in {"wasm", "cli", "generate"}:
        for match in CLOCKS.finditer(text):
            yield f"{match.group(0)}: the core has no clock, randomness or threads"
    if room != "wasm":
        for match in EMSCRIPTEN.finditer(text):
            yield f"{match.group(0)}: only wasm/ knows Emscripten"


def main():
    failed = 0
    for top in (ROOT / "include" / "precision", ROOT / "src"):
        for path in sorted(top.glob("*/**/*")):
            if path.suffix not in {".h", ".cpp"}:
                continue
            room = path.relative_to(top).parts[0]
            data = path.read_bytes()
            problems = []
            if any(byte > 126 for byte in data):
                problems.append("not ASCII")
            if room not in MAY_KNOW:
                problems.append(f"unknown room {room}/")
            else:
                problems += violations(path, room, data.decode("utf-8", "replace"))
            for problem in problems:
                print(f"{path.relative_to(ROOT)}: {problem}")
                failed += 1
    if not failed:
        print("layers: every include is allowed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
