"""What the peers of the tests share: they say their port on standard output, and end with the process that started them."""
import asyncio
import json
import os
import pathlib
import signal
import subprocess
import sys
import threading
import time

# Whoever starts the tests may have signals blocked, and children inherit that.
signal.pthread_sigmask(signal.SIG_SETMASK, [])


class Inbox:
    """Keeps what arrives as numbered files, and knows what has been tried before."""

    def __init__(self, directory: str):
        self.directory = pathlib.Path(directory)
        self.count = 0
        self.seen: set[str] = set()

    def keep(self, message: dict) -> None:
        self.count += 1
        temporary = self.directory / "new"
        temporary.write_text(json.dumps(message))
        temporary.rename(self.directory / f"{self.count:04}.json")

    def is_first(self, recipient: str) -> bool:
        """Whether nothing was tried for this recipient before."""
        known = recipient in self.seen
        self.seen.add(recipient)
        return not known


def certificate(directory: str) -> tuple[str, str]:
    """A certificate of its own authority for this machine, and its key."""
    paths = (f"{directory}/certificate.pem", f"{directory}/key.pem")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
         "-out", paths[0], "-keyout", paths[1]],
        check=True, capture_output=True)
    return paths


async def serve(server: asyncio.base_events.Server) -> None:
    parent = os.getppid()
    print(f"listening on {server.sockets[0].getsockname()[1]}", flush=True)
    while os.getppid() == parent:
        await asyncio.sleep(0.5)
    sys.exit(1)


def serve_wsgi(application) -> None:
    """Serves what `application(port)` makes; requests that come meanwhile wait."""
    # The other peers do without it.
    import werkzeug.serving

    class Quiet(werkzeug.serving.WSGIRequestHandler):
        def log(self, type, message, *args):
            pass

    parent = os.getppid()
    served = None
    server = werkzeug.serving.make_server(
        "127.0.0.1", 0, lambda *request: served(*request), threaded=True, request_handler=Quiet)
    served = application(server.server_port)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"listening on {server.server_port}", flush=True)
    while os.getppid() == parent:
        time.sleep(0.5)
    sys.exit(1)
