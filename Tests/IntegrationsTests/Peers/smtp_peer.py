"""A mail server (aiosmtpd) that misbehaves by recipient: the first time for busy@, refused-data@, lost@ and stalled@,
always for unknown@, policy@ and full@."""
import argparse
import asyncio
import email
import email.policy
import ssl

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

import peer

options = argparse.ArgumentParser()
options.add_argument("--directory", required=True)
options.add_argument("--tls", choices=["none", "starttls", "always"], default="none")
options.add_argument("--credentials")
options.add_argument("--greeting-delay", type=float, default=0)
options.add_argument("--first-connection", choices=["served", "dropped", "stalled", "refused", "closed"], default="served")
arguments = options.parse_args()

inbox = peer.Inbox(arguments.directory)
always = {
    "unknown": "550 5.1.1 <unknown@example.com>: no such user",
    "policy": "550 5.7.1 not today",
    "full": "552 5.2.2 mailbox full",
    "plain550": "550 no",
}


def read(content: bytes) -> dict:
    """What a mail program shows of a mail."""
    mail = email.message_from_bytes(content, policy=email.policy.default)
    bodies = {kind: mail.get_body((kind,)) for kind in ("plain", "html")}
    return {"subject": str(mail["Subject"])} | {
        kind: body.get_content().replace("\r\n", "\n") for kind, body in bodies.items() if body is not None}


class Handler:
    async def handle_MAIL(self, server, session, envelope, address, mail_options):
        if address.startswith("refused@"):
            return "550 5.1.1 <refused@example.org>: sender unknown"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        name = address.split("@")[0]
        if name in always:
            return always[name]
        if name == "busy" and inbox.is_first(address):
            return "451 4.3.2 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        recipient = envelope.rcpt_tos[0]
        name = recipient.split("@")[0]
        is_first = name in ("refused-data", "lost", "stalled") and inbox.is_first(recipient)
        if is_first and name == "refused-data":
            return "451 4.3.0 try again"
        if is_first and name == "stalled":
            await asyncio.sleep(3600)
        inbox.keep({
            **read(envelope.content), "from": envelope.mail_from, "to": envelope.rcpt_tos, "data": envelope.content.decode("utf-8"),
            "helo": session.host_name, "tls": session.ssl is not None or arguments.tls == "always",
            "user": session.auth_data.login.decode() if session.auth_data else None,
        })
        if is_first and name == "lost":
            server.transport.abort()
        return "250 OK"


def authenticate(server, session, envelope, mechanism, auth_data):
    right = isinstance(auth_data, LoginPassword) and (
        f"{auth_data.login.decode()}:{auth_data.password.decode()}" == arguments.credentials)
    return AuthResult(success=right, auth_data=auth_data if right else None, handled=right)


class Server(SMTP):
    async def push(self, status):
        if arguments.greeting_delay and str(status).startswith("220 peer.example"):
            await asyncio.sleep(arguments.greeting_delay)
        await super().push(status)


async def main() -> None:
    context = None
    if arguments.tls != "none":
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(*peer.certificate(arguments.directory))
    connections = 0

    class Unfriendly(asyncio.Protocol):
        def connection_made(self, transport):
            if arguments.first_connection == "dropped":
                transport.abort()
            elif arguments.first_connection in ("refused", "closed"):
                greeting = b"421 4.3.2 closing" if arguments.first_connection == "refused" else b"554 no service here"
                transport.write(greeting + b"\r\n")
                transport.close()

    def protocol():
        nonlocal connections
        connections += 1
        if connections == 1 and arguments.first_connection != "served":
            return Unfriendly()
        return Server(
            Handler(), hostname="peer.example", enable_SMTPUTF8=True, loop=asyncio.get_running_loop(),
            tls_context=context if arguments.tls == "starttls" else None,
            require_starttls=arguments.tls == "starttls",
            authenticator=authenticate if arguments.credentials else None,
            auth_required=bool(arguments.credentials), auth_require_tls=arguments.tls == "starttls")

    server = await asyncio.get_running_loop().create_server(
        protocol, "127.0.0.1", 0, ssl=context if arguments.tls == "always" else None)
    await peer.serve(server)


asyncio.run(main())
