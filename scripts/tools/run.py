#!/usr/bin/env python3
"""Builds, starts the demo Stripe, the proxy and the page, and prints the
address and the demo keys to paste.  Ctrl-C stops all of it."""

import argparse
import os
import subprocess
import sys

from stack import DEMO, ROOT, Missing, Stack, build, demo_accounts, say, turn_signals_into_exit


def print_keys():
    say("\nDemo keys to paste:\n")
    for account in demo_accounts():
        say(f"  {account['what']}\n    {account['key']}\n")


def check(stack, account):
    """Drives the page in headless Chromium; prints the summary line."""
    keys = subprocess.run([str(DEMO), "--list-keys"], check=True,
                          capture_output=True, text=True).stdout
    return subprocess.run(
        ["node", "--import", str(ROOT / "tests/support/typescript.mjs"),
         str(ROOT / "tests/browser/check.ts"), account],
        env={**os.environ, "PAGE_URL": stack.url, "DEMO_KEYS": keys},
        check=False).returncode


def main():
    parser = argparse.ArgumentParser(prog="scripts/run", description=__doc__)
    parser.add_argument("--live", action="store_true",
                        help="proxy to api.stripe.com instead of the demo Stripe")
    parser.add_argument("--check", action="store_true",
                        help="drive the page in headless Chromium, then stop")
    parser.add_argument("--account", default="good",
                        help="demo account for --check (default: good)")
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--latency-ms", type=int, default=0,
                        help="what the demo Stripe adds to every answer")
    options = parser.parse_args()
    turn_signals_into_exit()
    try:
        build("native", "module", "web")
        with Stack(options.live, options.port, options.latency_ms) as stack:
            if options.check:
                return check(stack, options.account)
            if not options.live:
                print_keys()
            say(f"The page: {stack.url}" +
                ("  (your real Stripe account)" if options.live else "") +
                "\nCtrl-C stops everything.")
            say(f"\n{stack.watch()} stopped unexpectedly")
            return 1
    except Missing as problem:
        say(f"scripts/run: {problem}")
        return 1
    except KeyboardInterrupt:
        say("\nstopped")
        return 0


if __name__ == "__main__":
    sys.exit(main())
