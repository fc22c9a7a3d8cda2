"""The running stack: demo Stripe, proxy and page, on free ports of loopback."""

import contextlib
import fcntl
import json
import os
import pathlib
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
DEMO = ROOT / "build/native/bin/demo-stripe"
PAGE = ROOT / "web/dist/page"


class Missing(Exception):
    """Something the stack needs is not there; the text says what to do."""


def say(text):
    print(text, flush=True)


def build(*parts, quiet=True):
    """Builds, showing output only when it fails or takes long."""
    started = time.monotonic()
    say(f"building {', '.join(parts)} ...")
    command = [str(ROOT / "scripts/build"), *parts]
    if quiet:
        done = subprocess.run(command, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, check=False)
        if done.returncode:
            print(done.stdout[-8000:])
    else:
        done = subprocess.run(command, check=False)
    if done.returncode:
        raise Missing(f"the build failed: scripts/build {' '.join(parts)}")
    say(f"built in {time.monotonic() - started:.1f} s")


def port_is_free(port):
    with contextlib.closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def free_port(wanted):
    """`wanted`, or the next port that nobody listens on."""
    for port in range(wanted, wanted + 200):
        if port_is_free(port):
            return port
    raise Missing(f"no free port between {wanted} and {wanted + 200}")


def demo_accounts():
    """The demo Stripe's own list: [{"name", "key", "what", counts...}]."""
    lines = subprocess.run([str(DEMO), "--list-keys"], check=True,
                           capture_output=True, text=True).stdout
    return [json.loads(line) for line in lines.splitlines() if line.strip()]


def wait_for(url, process, what, seconds=15):
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # loopback, and only to see it answer
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise Missing(f"{what} stopped at once (exit {process.returncode})")
        try:
            with urllib.request.urlopen(url, timeout=5, context=context):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.03)
    raise Missing(f"{what} did not answer within {seconds} s")


PREFIX = "precision-stripe-"


def hold(folder):
    """Marks a folder as in use for as long as the file it gives is open."""
    lock = open(folder / "lock", "wb")
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return lock


def sweep():
    """Removes what stacks left behind that were ended with their root, as by Ctrl-C."""
    for folder in pathlib.Path(tempfile.gettempdir()).glob(PREFIX + "*"):
        with contextlib.suppress(OSError):
            if (folder / "lock").exists():
                with hold(folder):
                    shutil.rmtree(folder, ignore_errors=True)


class Stack:
    """with Stack() as stack: stack.url is the page."""

    def __init__(self, live=False, port=8080, latency_ms=0, tls=False, page=PAGE):
        self.live = live
        self.tls = tls
        self.page = page
        self.wanted = port
        self.latency_ms = latency_ms
        self.processes = []
        self.folder = None
        self.lock = None
        self.url = None
        self.demo_port = None

    def __enter__(self):
        sweep()
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix=PREFIX))
        self.lock = hold(self.folder)
        try:
            self._start()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def _spawn(self, command, name):
        log = open(self.folder / f"{name}.log", "wb")
        process = subprocess.Popen(command, stdout=log, stderr=log,
                                   start_new_session=True)
        self.processes.append(process)
        return process

    def _start(self):
        upstream = "https://api.stripe.com"
        if not self.live:
            self.demo_port = free_port(12111)
            demo = self._spawn([str(DEMO), "--port", str(self.demo_port),
                                "--latency-ms", str(self.latency_ms)], "demo-stripe")
            upstream = f"http://127.0.0.1:{self.demo_port}"
            wait_for(f"{upstream}/v1/customers", demo, "the demo Stripe",
                     15 + self.latency_ms / 1000)
        port = free_port(self.wanted)
        if port != self.wanted:
            say(f"port {self.wanted} is taken, using {port}")
        self.url = f"{'https' if self.tls else 'http'}://127.0.0.1:{port}/"
        config = self.folder / "nginx.conf"
        subprocess.run(
            [str(ROOT / "web/proxy/render"), "--output", str(config),
             "--listen", f"127.0.0.1:{port}", "--upstream", upstream,
             "--page", str(self.page), "--state", str(self.folder),
             "--allow-list", str(ROOT / "build/native/generated/allow_list.conf"),
             *([] if self.live else ["--check-write"]),
             *(self._certificate() if self.tls else [])],
            check=True)
        proxy = self._spawn(["nginx", "-p", str(self.folder), "-c", str(config)],
                            "nginx")
        wait_for(self.url, proxy, "the proxy (nginx)")

    def _certificate(self):
        """A browser speaks HTTP/2 over TLS alone."""
        paths = [self.folder / "page.pem", self.folder / "page.key"]
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
             "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-addext",
             "subjectAltName=IP:127.0.0.1", "-out", str(paths[0]), "-keyout", str(paths[1])],
            check=True, stderr=subprocess.DEVNULL)
        return ["--certificate", str(paths[0]), "--certificate-key", str(paths[1])]

    def proxy_statuses(self):
        """How many of Stripe's answers had each status."""
        counts = {}
        for _, status in self.proxy_answers():
            counts[status] = counts.get(status, 0) + 1
        return counts

    def proxy_answers(self):
        """Path and status of each of Stripe's answers."""
        for line in (self.folder / "access.log").read_text(encoding="utf-8").splitlines():
            _, _, path, status, *_ = line.split()
            if path.startswith("/v1/"):
                yield path, status

    def __exit__(self, *_):
        for process in reversed(self.processes):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)

    def watch(self):
        """Returns the name of the first process that ends."""
        while True:
            for process in self.processes:
                if process.poll() is not None:
                    return pathlib.Path(process.args[0]).name
            time.sleep(0.2)


def turn_signals_into_exit():
    def stop(signum, _frame):
        sys.exit(128 + signum)
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGHUP, stop)
