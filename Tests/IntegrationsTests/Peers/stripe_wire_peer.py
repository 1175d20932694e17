"""Answers calls for a customer as Stripe does, and misbehaves by the customer's id: the first time, and always for those
whose id begins with cus_always_."""
import argparse
import asyncio
import json

import peer

options = argparse.ArgumentParser()
options.add_argument("--directory", required=True)
arguments = options.parse_args()

inbox = peer.Inbox(arguments.directory)


def answer(status: str, *fields: str, body: bytes = b"{}") -> bytes:
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Request-Id: req_1", *fields]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def customer(name: str) -> bytes:
    return json.dumps({
        "id": name, "object": "customer", "created": 1767225600, "livemode": False, "metadata": {}}).encode()


troubles = {
    "reset": b"",
    "cut": b"HTTP/1.1 200 O",
    "half": b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"id":',
    "garbage": b"SMTP? 220\r\n\r\n",
    "silent": b"",
    "slow": b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"id":',
    "huge": answer("200 OK", body=b" " * (9 * 1024 * 1024)),
    "error": answer("500 Internal Server Error", body=b"<html>oops</html>"),
    "moved": answer("302 Found", "Location: http://127.0.0.1:1/"),
}


async def read_request(reader) -> tuple[str, str, dict, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    line, *fields = head.decode().split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (field.partition(":") for field in fields) if value}
    method, path, _ = line.split(" ")
    return method, path, headers, await reader.readexactly(int(headers.get("content-length", "0")))


async def serve(reader, writer) -> None:
    try:
        while True:
            method, path, headers, body = await read_request(reader)
            inbox.keep({"method": method, "path": path, "headers": headers, "body": body.decode()})
            name = path.split("?")[0].split("/")[-1]
            trouble = name.removeprefix("cus_").removeprefix("always_")
            isFirst = inbox.is_first(name)
            if trouble in troubles and (isFirst or name.startswith("cus_always_")):
                writer.write(troubles[trouble])
                await writer.drain()
                if trouble in ("silent", "slow"):
                    await asyncio.sleep(3600)
                if trouble in ("reset", "cut", "half", "garbage"):
                    writer.transport.abort()
                    return
                continue
            writer.write(answer("200 OK", body=customer(name)))
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


async def main() -> None:
    await peer.serve(await asyncio.start_server(serve, "127.0.0.1", 0))


asyncio.run(main())
