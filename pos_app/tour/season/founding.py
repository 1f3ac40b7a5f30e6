"""The first start in the manager's tour: where the database is, what the house is called, who manages it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pos_app.domain.house.setup import NoHouseYet
from pos_app.tour.season.manager import MANAGER, PASSWORD, Chapter
from pos_app.tour.stage import fail

if TYPE_CHECKING:
    from pos_app.domain.errors import PosError
    from pos_app.domain.house.setup import ServerAccount
    from pos_app.tour.season.manager import Manager
    from pos_app.ui.screens.setup.page import SetupPage
    from pos_app.ui.screens.setup.screen import SetupScreen

HOUSE: Final = "Harbour Stage Company"
TILL: Final = "Box office 1"
_NOBODY_LISTENS: Final = "9"
"""The port of discarding (RFC 863), which no database uses."""


class Founding(Chapter):
    """Sets the box office up. account, password: of the server; an account without a host: this computer only."""

    def __init__(self, manager: Manager, account: ServerAccount, password: str) -> None:
        super().__init__(manager)
        self._account = account
        self._password = password
        self._problems: list[PosError] = []
        manager.foyer.failed.connect(self._problems.append)

    @property
    def _screen(self) -> SetupScreen:
        first = self._manager.foyer.first_start
        if first is None or first.screen is None:
            fail("the first start is not open")
        return first.screen

    def open(self) -> None:
        """Wait until the program has found that there is no box office yet."""
        self._stage.wait_for(
            "the box office is looked for", lambda: self._problems or self._manager.foyer.signing_in is not None, 120
        )
        if not self._problems:
            fail("there is a box office already; begin with an empty database")
        if not isinstance(self._problems[0], NoHouseYet):
            fail(str(self._problems[0]))
        if self._screen.page is not self._screen.choice:
            self._hands.press("Back")
        self._wait_for(self._screen.choice)

    def miss_server(self) -> None:
        """Ask a server that does not answer: a sentence says what is wrong."""
        page = self._screen.server
        self._hands.click(self._screen.choice.server)
        self._wait_for(page)
        self._hands.fill(host="127.0.0.1", port=_NOBODY_LISTENS, database="foyer", user="foyer")
        self._hands.press("Test connection")
        self._stage.wait_for(
            "it says what is wrong", lambda: page.on_button.isEnabled() and page.outcome.message.text()
        )

    def find_database(self) -> None:
        """Test the server of the tour and go on; or take this computer."""
        screen, account, hands = self._screen, self._account, self._hands
        if account.host:
            hands.fill(host=account.host, port=str(account.port), database=account.database, user=account.user)
            hands.fill(password=self._password, certificate=account.certificate)
            hands.press("Test connection")
            hands.press("Continue")
        else:
            hands.press("Back")
            self._wait_for(screen.choice)
            hands.click(screen.choice.here)
        self._wait_for(screen.house)

    def refuse_password(self) -> None:
        """Two passwords that differ are refused beside the field."""
        self._hands.fill(
            house=HOUSE,
            currency="EUR",
            time_zone="Europe/Oslo",
            manager=MANAGER,
            pin="471147",
            password=PASSWORD,
            again="curtain falls at ten",
            till_name=TILL,
        )
        form = self._screen.house.form
        self._hands.press("Make the box office")
        self._stage.wait_for("it is refused", lambda: any(map(form.problem, form.names)))

    def make(self) -> None:
        """Mend it, and make the box office."""
        self._hands.fill(again=PASSWORD)
        self._hands.press("Make the box office")
        screen = self._screen
        self._stage.wait_for("the box office is made", lambda: screen.page in {screen.account, screen.done})
        if screen.page is screen.account:
            # The tour goes on as whoever it came as.
            self._hands.press("Not now")
        self._wait_for(screen.done)

    def open_house(self) -> None:
        """Open it: signing in is offered."""
        self._hands.press("Open the box office")
        self._stage.wait_for("signing in is offered", lambda: self._manager.foyer.signing_in is not None)

    def _wait_for(self, page: SetupPage) -> None:
        self._stage.wait_for(f"the {type(page).__name__} is shown", lambda: self._screen.page is page)
