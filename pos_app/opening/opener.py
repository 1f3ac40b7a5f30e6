"""How the window comes to its box office: what the settings say, what a person typed, or what was just set up."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pos_app.computer.credentials import keyring_works
from pos_app.computer.settings import settings_path
from pos_app.domain.errors import CannotConnect, PosError
from pos_app.domain.house.setup import ServerAccount
from pos_app.domain.sentences import say

if TYPE_CHECKING:
    from pos_app.computer.settings import Settings
    from pos_app.domain.house.setup import Made
    from pos_app.domain.sentences import Sentence
    from pos_app.flows.set_up import ThisComputer
    from pos_app.opening.open_house import AskPassword, OpenHouse, Tell


class Opener:
    """Opens what is to be opened now; told otherwise by the thread of the window, between two tries.

    settings: those that the window goes by. ask: gives the password of --password-stdin.
    """

    def __init__(self, settings: Settings, url: str, ask: AskPassword | None = None) -> None:
        self.settings = settings
        self._usual = settings
        self._url = url
        self._ask = ask
        self._password: str | None = None
        self._demo = False

    def open(self, tell: Tell) -> OpenHouse:
        """Open the box office; runs on a worker. Raises PosError, NoHouseYet where there is none."""
        from pos_app.opening.open_house import open_demo, open_house

        if self._demo:
            return open_demo(self.settings, f"sqlite:///{self.settings.state_folder / 'demo.db'}", on_progress=tell)
        try:
            return open_house(self.settings, self._url, self._ask, password=self._password)
        except CannotConnect as error:
            if error.wrong_password:
                raise error.advising(_about_keeping()) from error
            raise

    def take_password(self, password: str) -> None:
        """Try this password from now on, in the place of what is kept."""
        self._password = password

    def take_made(self, made: Made) -> None:
        """Open what was set up just now."""
        self._demo = False
        self._url, self._password = made.url, made.password
        self.settings = replace(self._usual, till_name=made.till_name)

    def take_demo(self) -> None:
        """Open the demo, this time only."""
        self._demo = True
        self.settings = demo_settings(self._usual)

    def this_computer(self) -> ThisComputer:
        """Return where this computer keeps its things."""
        from pos_app.flows.set_up import ThisComputer

        embedded = self._url if self._url and not self.account().host else ""
        usual = f"sqlite:///{self._usual.state_folder / 'foyer.db'}"
        return ThisComputer(self._usual.state_folder, settings_path(), embedded or usual)

    def account(self) -> ServerAccount:
        """Return the server that is named now, without a password; an empty one where none is."""
        from pos_app.db.connection.addresses import parse_address

        try:
            address = parse_address(self._url)
        except PosError:
            return ServerAccount()
        if not address.servers:
            return ServerAccount()
        first = address.servers[0]
        options = address.options
        return ServerAccount(
            first.host,
            first.port,
            address.name,
            address.user,
            certificate=options.get("ssl_ca", ""),
            socket=options.get("socket", ""),
            server_key=options.get("server_key", ""),
        )


def _about_keeping() -> Sentence:
    """Say where the password goes that a person is asked for; the keyring is asked, which may take its time."""
    if keyring_works():
        return say("It is kept in the keyring once it is right.")
    return say("This computer has no keyring to keep it in, so Foyer asks at each start.")


def demo_settings(settings: Settings) -> Settings:
    """Return the settings of the demo: a folder of its own, so that nothing real is touched."""
    folder = settings.state_folder / "demo"
    return replace(settings, state_folder=folder, save_tickets_in=folder / "tickets")
