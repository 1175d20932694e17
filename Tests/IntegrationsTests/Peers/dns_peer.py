"""A name server for one zone that answers by the first label of what is asked, and misbehaves by it."""
import argparse
import asyncio
import os
import struct
import sys

import peer

options = argparse.ArgumentParser()
options.add_argument("--directory", required=True)
arguments = options.parse_args()

TXT, CNAME = 16, 5
NO_ERROR, SERVER_FAILURE, NO_SUCH_NAME = 0, 2, 3


def strings(*parts: bytes) -> bytes:
    return b"".join(bytes([len(part)]) + part for part in parts)


def record(data: bytes, kind: int = TXT, name: bytes = b"\xc0\x0c") -> bytes:
    return name + struct.pack("!HHIH", kind, 1, 60, len(data)) + data


def name(*labels: str) -> bytes:
    return b"".join(bytes([len(label)]) + label.encode() for label in labels) + b"\0"


LARGE = [record(strings(b"x" * 250)) for _ in range(20)]
# What each label gets: the code, the records, and how many are said to be there where that is not how many are.
answers = {
    "one": (NO_ERROR, [record(strings(b"plinth-verification=abc"))], None),
    "several": (
        NO_ERROR, [record(strings(b"v=spf1 -all")), record(strings(b"plinth-", b"verification=", b"abc"))], None),
    "alias": (
        NO_ERROR,
        [record(name("other", "example"), CNAME), record(strings(b"elsewhere"), name=name("other", "example"))], None),
    "empty": (NO_ERROR, [], None),
    "missing": (NO_SUCH_NAME, [], None),
    "failing": (SERVER_FAILURE, [], None),
    "latin": (NO_ERROR, [record(strings(b"caf\xe9")), record(strings(b"fine"))], None),
    "overlong": (NO_ERROR, [record(b"\xffshort"), record(strings(b"fine"))], None),
    "nothing": (NO_ERROR, [record(b""), record(strings(b"fine"))], None),
    "loop": (NO_ERROR, [record(strings(b"fine")), b"\xc0\xff" * 300], 2),
    "self": (NO_ERROR, [b"\xc0\x21" * 4], 1),
    "boasting": (NO_ERROR, [record(strings(b"fine"))], 60_000),
    "cut": (NO_ERROR, [record(strings(b"fine")), record(strings(b"never there"))[:-6]], 2),
    "noise": (NO_ERROR, [os.urandom(200)], 7),
    "large": (NO_ERROR, LARGE, None),
}


def answer(question: bytes, over_udp: bool) -> bytes | None:
    (identity,) = struct.unpack("!H", question[:2])
    asked = question[12:]
    label = asked[1:1 + asked[0]].decode()
    end = asked.index(b"\0") + 5
    if label == "silent":
        return None
    if label == "stranger":
        identity ^= 1
        label = "one"
    code, records, count = answers.get(label, (NO_SUCH_NAME, [], None))
    flags = 0x8180 | code
    if over_udp and label == "large":
        flags, records = flags | 0x0200, []
    head = struct.pack("!HHHHHH", identity, flags, 1, len(records) if count is None else count, 0, 0)
    return head + asked[:end] + b"".join(records)


class Datagrams(asyncio.DatagramProtocol):
    def connection_made(self, transport) -> None:
        self.transport = transport

    def datagram_received(self, question: bytes, address) -> None:
        if reply := answer(question, over_udp=True):
            self.transport.sendto(reply, address)


async def serve_stream(reader, writer) -> None:
    try:
        (length,) = struct.unpack("!H", await reader.readexactly(2))
        if reply := answer(await reader.readexactly(length), over_udp=False):
            writer.write(struct.pack("!H", len(reply)) + reply)
            await writer.drain()
    finally:
        writer.close()


async def main() -> None:
    loop = asyncio.get_running_loop()
    server = await asyncio.start_server(serve_stream, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    await loop.create_datagram_endpoint(Datagrams, local_addr=("127.0.0.1", port))
    await peer.serve(server)


try:
    asyncio.run(main())
except OSError as error:
    sys.exit(str(error))
