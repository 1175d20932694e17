"""A receiver of SendGrid's call to send a mail that misbehaves by recipient: the first time, and always for those whose
name begins with always-."""
import argparse
import asyncio
import json

import peer

options = argparse.ArgumentParser()
options.add_argument("--directory", required=True)
options.add_argument("--key", required=True)
arguments = options.parse_args()

inbox = peer.Inbox(arguments.directory)
accepted = b"HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\nX-Message-Id: 1\r\n\r\n"


def answer(status: str, *fields: str, body: bytes = b"{}") -> bytes:
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *fields]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


answers = {
    "error": answer("500 Internal Server Error"),
    "busy": answer("429 Too Many Requests", "Retry-After: 2"),
    "limited": answer("429 Too Many Requests", "X-RateLimit-Reset: 1767225607"),
    "away": answer("503 Service Unavailable", "Retry-After: Thu, 01 Jan 2026 00:01:00 GMT"),
    "moved": answer("302 Found", "Location: http://127.0.0.1:1/"),
    "bad": answer("400 Bad Request"),
    "locked": answer("401 Unauthorized"),
    "garbage": b"SMTP? 220\r\n\r\n",
    "huge": answer("202 Accepted", body=b"x" * (2 * 1024 * 1024)),
    "cut": b"HTTP/1.1 202 Acc",
    "silent": b"",
    "slow-body": b"HTTP/1.1 202 Accepted\r\nContent-Length: 100\r\n\r\n{",
}
stalling = {"silent", "slow-body"}


async def read_request(reader) -> tuple[bytes, dict, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    line, *fields = head.decode().split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (field.partition(":") for field in fields) if value}
    return line.encode(), headers, await reader.readexactly(int(headers.get("content-length", "0")))


async def serve(reader, writer) -> None:
    try:
        while True:
            line, headers, body = await read_request(reader)
            mail = json.loads(body)
            recipient = mail["personalizations"][0]["to"][0]["email"]
            name = recipient.split("@")[0]
            trouble = name.removeprefix("always-")
            if trouble in answers or trouble in ("lost", "dropped"):
                if name.startswith("always-") or inbox.is_first(recipient):
                    if trouble == "lost":
                        inbox.keep({"line": line.decode(), "headers": headers, "mail": mail})
                    elif trouble in answers:
                        writer.write(answers[trouble])
                        await writer.drain()
                    if trouble in stalling:
                        await asyncio.sleep(3600)
                    if trouble in ("lost", "dropped", "cut", "garbage"):
                        writer.transport.abort()
                        return
                    continue
            if headers.get("authorization") != f"Bearer {arguments.key}":
                writer.write(answer("401 Unauthorized"))
                continue
            inbox.keep({"line": line.decode(), "headers": headers, "mail": mail})
            writer.write(accepted)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


async def main() -> None:
    await peer.serve(await asyncio.start_server(serve, "127.0.0.1", 0))


asyncio.run(main())
