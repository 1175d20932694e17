"""Stripe's own SDK for Python, asked over HTTP: what it sends for a call, which fields its types know, which webhooks it
takes."""
import argparse
import ast
import http.server
import json
import os
import pathlib
import sys
import threading
import time
import unittest.mock
import urllib.parse

import stripe

import peer  # noqa: F401, which lets signals through

options = argparse.ArgumentParser()
options.add_argument("--directory", required=True)
options.parse_args()


class Sent(stripe.HTTPClient):
    """Sends nothing, and keeps what would have been sent."""
    name = "sent"

    def request(self, method, url, headers, post_data=None):
        parts = urllib.parse.urlsplit(url)
        fields = urllib.parse.parse_qsl(post_data or parts.query, keep_blank_values=True, strict_parsing=False)
        self.last = {
            "method": method.upper(), "path": parts.path, "fields": fields,
            "headers": {name.lower(): value for name, value in headers.items()}}
        return '{"object": "list", "data": [], "has_more": false, "url": "/"}', 200, {}


def sent(call: str, arguments: list, params: dict) -> dict:
    client = Sent()
    function = stripe.StripeClient("sk_test_1", http_client=client).v1
    for name in call.split("."):
        function = getattr(function, name)
    function(*arguments, params=params)
    return client.last


package = pathlib.Path(stripe.__file__).parent


def classes(body: list) -> dict:
    return {node.name: node for node in body if isinstance(node, ast.ClassDef)}


def module(file: str) -> dict:
    return classes(ast.parse((package / file).read_text()).body)


def names(annotation: ast.AST) -> list:
    """The names in an annotation, those in its texts included."""
    found = []
    for node in ast.walk(annotation):
        if isinstance(node, ast.Name):
            found.append(node.id)
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            try:
                found += names(ast.parse(node.value, mode="eval"))
            except SyntaxError:
                pass
    return found


def other(name: str) -> dict:
    """The module of an object that another module names."""
    file = "_" + "".join("_" + c.lower() if c.isupper() else c for c in name).lstrip("_") + ".py"
    return module(file) if (package / file).exists() else {}


scalars = {"int": int, "bool": bool, "str": str}


def faults(value, mentioned: list, known: dict, place: str) -> list:
    if isinstance(value, list):
        return [fault for item in value for fault in faults(item, mentioned, known, place)]
    if isinstance(value, dict):
        if "ListObject" in mentioned:
            mentioned = [name for name in mentioned if name != "ListObject"]
            return faults(value["data"], mentioned, known, place + ".data")
        for name in mentioned:
            if name in known:
                return unknown(value, known[name], known, place)
        for name in mentioned:
            if found := other(name):
                return unknown(value, found[name], found, place)
        return [] if {"UntypedStripeObject", "Dict"} & set(mentioned) else [place]
    plain = [scalars[name] for name in mentioned if name in scalars]
    if plain and not {"Literal", "ExpandableField", "float"} & set(mentioned) and type(value) not in plain:
        return [f"{place}: {type(value).__name__}"]
    return []


def unknown(value: dict, definition: ast.ClassDef, known: dict, place: str = "") -> list:
    """The fields that the SDK's class does not have, or has as another type."""
    known = known | classes(definition.body)
    fields = {node.target.id: node.annotation for node in definition.body if isinstance(node, ast.AnnAssign)}
    # Names that are none in Python are in no class body: `TypedDict("…", {…})` is a base of the class, or beside it.
    for node in definition.bases:
        if isinstance(node, ast.Call) and len(node.args) == 2 and isinstance(node.args[1], ast.Dict):
            fields |= {key.value: value for key, value in zip(node.args[1].keys, node.args[1].values)}
    result = []
    for name, item in value.items():
        here = f"{place}.{name}".lstrip(".")
        result += faults(item, names(fields[name]), known, here) if name in fields else [here]
    return result


def accepts(payload: str, header: str, secret: str, now: int) -> bool:
    with unittest.mock.patch("stripe._webhook.time.time", lambda: now):
        try:
            stripe.Webhook.construct_event(payload, header, secret)
            return True
        except (stripe.SignatureVerificationError, ValueError):
            return False


def signed(payload: str, secret: str, timestamp: int) -> str:
    return stripe.WebhookSignature.generate_signature_header(payload, secret, timestamp)


def unknown_of(file: str, value: dict) -> list:
    found = module(file)
    return unknown(value, next(iter(found.values())), found)


acts = {
    "/sent": sent, "/unknown": unknown_of, "/accepts": accepts, "/signed": signed,
    "/version": lambda: stripe.api_version,
}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        arguments = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        try:
            status, answer = 200, acts[self.path](**arguments)
        except Exception as error:
            status, answer = 500, repr(error)
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


parent = os.getppid()
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(f"listening on {server.server_port}", flush=True)
while os.getppid() == parent:
    time.sleep(0.5)
sys.exit(1)
