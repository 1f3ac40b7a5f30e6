"""A mail server for tests, on this machine: told to refuse, to be silent, and to die at any step of the dialogue."""

from __future__ import annotations

import asyncio
import ssl
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import SMTP as LETTER_POLICY
from typing import TYPE_CHECKING, Any, Final, cast

from aiosmtpd.smtp import SMTP, AuthResult

from tests.certificates import make_certificates

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage
    from pathlib import Path

    from aiosmtpd.smtp import Envelope, LoginPassword, Session

STEPS: Final = ("greeting", "ehlo", "tls", "auth", "mail", "rcpt", "data", "in_data", "after_data")
"""Where it can die. in_data: with half of the letter read; after_data: the letter is taken, and nobody is told."""

USER: Final = "tickets"
PASSWORD: Final = "pässword-of-tickets"


@dataclass(frozen=True)
class Taken:
    """A letter that the server has taken."""

    sender: str
    recipient: str
    message: bytes
    was_told: bool = True

    @property
    def parsed(self) -> EmailMessage:
        """Return it as Python's parser reads it."""
        return message_from_bytes(self.message, policy=LETTER_POLICY)

    @property
    def message_id(self) -> str:
        """Return its Message-ID."""
        return str(self.parsed["Message-ID"])


@dataclass
class Manners:
    """How the server behaves; may be changed at any time. dies_at: a step; deaths: so often, then no more.

    answers: what it says at a step, in the place of going on. silent_at: it says nothing there, and waits.
    """

    dies_at: str = ""
    deaths: int = 1_000_000
    answers: dict[str, str] = field(default_factory=dict)
    silent_at: str = ""
    only_for: str = ""
    """The recipient whose letter this is for, at the steps that know one; "": everybody's."""


class MailServer:
    """Runs on a thread of its own. Use open_mail_server."""

    def __init__(
        self, *, context: ssl.SSLContext | None = None, implicit: bool = False, signs_in: bool = False,
        smtputf8: bool = True, most_bytes: int | None = None,
    ) -> None:  # fmt: skip
        self.manners = Manners()
        self.taken: list[Taken] = []
        self.steps: list[str] = []
        """What was reached, in order."""
        self.lines = 0
        """How many lines were opened to it."""
        self.reached = threading.Condition()
        self._options: dict[str, Any] = {
            "enable_SMTPUTF8": smtputf8,
            "data_size_limit": most_bytes,
            "hostname": "mail.test",
            "tls_context": None if implicit else context,
            "auth_required": signs_in and not implicit,
            "auth_require_tls": context is not None and not implicit,
            "authenticator": _judge if signs_in else None,
        }
        self._implicit = context if implicit else None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="mail server", daemon=True)
        self._ready = threading.Event()
        self._transports: set[asyncio.WriteTransport] = set()
        self.port = 0

    def start(self) -> None:
        """Begin; on the same port where it was there before."""
        self._thread.start()
        self._ready.wait(10)

    def stop(self) -> None:
        """End, and break every line."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def wait_for(self, step: str, times: int = 1, seconds: float = 30) -> None:
        """Wait until a step was reached so often."""
        with self.reached:
            if not self.reached.wait_for(lambda: self.steps.count(step) >= times, seconds):
                raise AssertionError(f"{step} was not reached {times} times: {self.steps}")

    def opened(self, transport: asyncio.WriteTransport) -> None:
        self._transports.add(transport)

    def note(self, step: str) -> None:
        with self.reached:
            self.steps.append(step)
            self.reached.notify_all()

    def take(self, taken: Taken) -> None:
        with self.reached:
            self.taken.append(taken)
            self.reached.notify_all()

    def wait_until_taken(self, letters: int, seconds: float = 30) -> None:
        """Wait until so many letters were taken."""
        with self.reached:
            if not self.reached.wait_for(lambda: len(self.taken) >= letters, seconds):
                raise AssertionError(f"{len(self.taken)} letters were taken, not {letters}")

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(
            self._loop.create_server(self._answer, "127.0.0.1", self.port, ssl=self._implicit)
        )
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        server.close()
        self._loop.run_until_complete(self._end())
        self._loop.close()

    async def _end(self) -> None:
        """Break every line, and let asyncio close what it has opened."""
        for transport in self._transports:
            transport.abort()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for _ in range(5):
            await asyncio.sleep(0)

    def _answer(self) -> SMTP:
        self.lines += 1
        return _Dialogue(self, loop=self._loop, **self._options)


class _Dialogue(SMTP):
    def __init__(self, server: MailServer, **options: Any) -> None:
        super().__init__(self, **options)
        self._server = server

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._server.opened(cast("asyncio.WriteTransport", transport))
        super().connection_made(transport)

    async def _handle_client(self) -> None:
        if not await self._answered("greeting"):
            await super()._handle_client()

    async def smtp_EHLO(self, arg: str) -> None:  # noqa: N802 - aiosmtpd's
        if not await self._answered("ehlo"):
            await super().smtp_EHLO(arg)

    async def smtp_STARTTLS(self, arg: str) -> None:  # noqa: N802 - aiosmtpd's
        if self._server.manners.dies_at == "tls":
            await self.push("220 begin")
        if not await self._answered("tls"):
            with suppress(Exception):  # a till that does not trust the certificate
                await super().smtp_STARTTLS(arg)

    async def smtp_AUTH(self, arg: str) -> None:  # noqa: N802 - aiosmtpd's
        if not await self._answered("auth"):
            await super().smtp_AUTH(arg)

    async def smtp_MAIL(self, arg: str | None) -> None:  # noqa: N802 - aiosmtpd's
        if not await self._answered("mail"):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str | None) -> None:  # noqa: N802 - aiosmtpd's
        if not await self._answered("rcpt", arg or ""):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - aiosmtpd's
        recipient = self._recipient()
        if await self._answered("data", recipient):
            return
        if self._is_told("in_data", recipient):
            await self.push("354 go on")
            await self._reader.readline()
        if not await self._answered("in_data", recipient):
            await super().smtp_DATA(arg)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        recipient = self._recipient()
        answer = (
            "" if not self._is_told("after_data", recipient) else self._server.manners.answers.get("after_data", "")
        )
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        was_told = not self._is_told("after_data", recipient)
        if not answer:
            self._server.take(Taken(str(envelope.mail_from), recipient, content, was_told))
        await self._answered("after_data", recipient, silently=True)
        return answer or "250 OK taken"

    def _recipient(self) -> str:
        return self.envelope.rcpt_tos[0] if self.envelope and self.envelope.rcpt_tos else ""

    def _is_told(self, step: str, about: str) -> bool:
        manners = self._server.manners
        if manners.only_for not in about:
            return False
        dies = manners.dies_at == step and manners.deaths > 0
        return dies or manners.silent_at == step or step in manners.answers

    async def _answered(self, step: str, about: str = "", *, silently: bool = False) -> bool:
        """Reach a step; tell whether it is answered already. It does not come back from a death."""
        self._server.note(step)
        if not self._is_told(step, about):
            return False
        manners = self._server.manners
        if manners.dies_at == step and manners.deaths > 0:
            manners.deaths -= 1
            if self.transport is not None:
                cast("asyncio.WriteTransport", self.transport).abort()
            await asyncio.Event().wait()
        if manners.silent_at == step:
            await asyncio.Event().wait()
        if not silently:
            await self.push(manners.answers[step])
        return True


def _judge(_server: SMTP, _session: Session, _envelope: Envelope, mechanism: str, data: LoginPassword) -> AuthResult:
    del mechanism
    right = data.login == USER.encode() and data.password == PASSWORD.encode()
    return AuthResult(success=right, handled=False)


@contextmanager
def open_mail_server(**options: Any) -> Iterator[MailServer]:
    """Give a server that runs; see MailServer."""
    server = MailServer(**options)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def server_context(folder: Path) -> ssl.SSLContext:
    """Return what a server shows, with new certificates in a folder."""
    make_certificates(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem", folder / "server.key")
    return context


def till_context(folder: Path, authority: str = "ca.pem") -> ssl.SSLContext:
    """Return what a till judges certificates by, which trusts one authority of the tests alone."""
    return ssl.create_default_context(cafile=str(folder / authority))
