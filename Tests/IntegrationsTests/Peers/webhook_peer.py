"""A receiver of webhooks that verifies what comes with the secrets of a file, and misbehaves by path."""
import argparse
import asyncio
import pathlib
import ssl

import standardwebhooks

import peer

options = argparse.ArgumentParser()
options.add_argument("--directory", required=True)
options.add_argument("--tls", action="store_true")
arguments = options.parse_args()

directory = pathlib.Path(arguments.directory)
inbox = peer.Inbox(arguments.directory)


def answer(status: str, *fields: str, body: bytes = b"") -> bytes:
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *fields]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


answers = {
    "/ok": answer("200 OK", body=b"thanks"),
    "/error": answer("500 Internal Server Error", body=b"down"),
    "/gone": answer("410 Gone"),
    "/moved": answer("302 Found", "Location: /ok"),
    "/moved-for-good": answer("308 Permanent Redirect", "Location: /ok"),
    "/large": answer("200 OK", body=b"x" * 100_000),
    "/garbage": b"SMTP? 220\r\n\r\n",
    "/cut": b"HTTP/1.1 200 O",
    "/half": b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
    "/silent": b"",
    "/slow": b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nslow",
    "/endless": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
}


def verified(headers: dict, body: bytes) -> bool:
    """Whether every secret of the file accepts it."""
    for secret in (directory / "secrets").read_text().split():
        try:
            standardwebhooks.Webhook(secret).verify(body, headers)
        except standardwebhooks.WebhookVerificationError:
            return False
    return True


async def read_request(reader) -> tuple[str, dict, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    line, *fields = head.decode().split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (field.partition(":") for field in fields) if value}
    return line.split(" ")[1], headers, await reader.readexactly(int(headers.get("content-length", "0")))


async def serve(reader, writer) -> None:
    try:
        path, headers, body = await read_request(reader)
        inbox.keep({"path": path, "headers": headers, "body": body.decode()})
        if path == "/verified":
            writer.write(answer("204 No Content" if verified(headers, body) else "401 Unauthorized"))
        writer.write(answers.get(path, b""))
        await writer.drain()
        if path in ("/silent", "/slow"):
            await asyncio.sleep(3600)
        while path == "/endless":
            writer.write(b"1000\r\n" + b"y" * 0x1000 + b"\r\n")
            await writer.drain()
        if path in ("/cut", "/half", "/garbage", "/dropped"):
            writer.transport.abort()
    except (asyncio.IncompleteReadError, ConnectionError, ssl.SSLError):
        pass
    finally:
        writer.close()


async def main() -> None:
    context = None
    if arguments.tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*peer.certificate(arguments.directory))
    await peer.serve(await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context))


asyncio.run(main())
