"""The pages of the first start, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos_app.domain.editing import FieldRefused
from pos_app.domain.errors import PosError, ServerUnreachable, SignInRefused
from pos_app.domain.house.setup import DatabaseState, SetupRefused, Trouble
from pos_app.domain.house.stopping import Stop
from pos_app.flows import set_up
from pos_app.flows.own_account import take_account
from pos_app.ui.screens.setup.account_page import AccountPage
from pos_app.ui.screens.setup.choice_page import ChoicePage
from pos_app.ui.screens.setup.form_page import FormPage
from pos_app.ui.screens.setup.house_pages import HousePage, JoinPage
from pos_app.ui.screens.setup.last_pages import DonePage, UpgradePage
from pos_app.ui.screens.setup.server_page import ServerPage
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.brand_row import brand_row
from pos_app.ui.widgets.labels import panel
from pos_app.ui.words.messages import message_for
from pos_app.ui.words.sentences import spoken

if TYPE_CHECKING:
    from pos_app.domain.house.setup import AccountDraft, DatabaseFound, HouseDraft, JoinDraft, Made, ServerAccount
    from pos_app.domain.sentences import Sentence
    from pos_app.flows.set_up import ThisComputer
    from pos_app.ui.background import Background
    from pos_app.ui.screens.setup.page import SetupPage

_WIDE: Final = 720
_HIGH: Final = 690
_LOW: Final = 480
_SERVER: Final = 620
_FRAME: Final = 1


class SetupScreen(QWidget):
    """From nothing to a box office that can be signed in to.

    account, till_name: what the pages show before anything was typed; the server is that of the settings, where they
    name one.
    Signals:
        demo_chosen(): open the demo box office.
        finished(Made): open what was made.
        left(): back to where the connection failed.
    """

    demo_chosen = Signal()
    finished = Signal(object)
    left = Signal()
    _told = Signal(object)

    def __init__(
        self,
        background: Background,
        computer: ThisComputer,
        account: ServerAccount,
        till_name: str,
        *,
        may_leave: bool = False,
    ) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._background = background
        self._computer = computer
        self._till_name = till_name
        self._knows_server = bool(account.host)
        self._stop = Stop()
        self._account: ServerAccount | None = None
        self._made: Made | None = None
        self.choice, self.server, self.house = ChoicePage(), ServerPage(), HousePage()
        self.join, self.upgrade, self.done = JoinPage(), UpgradePage(), DonePage(background)
        self.account = AccountPage()
        self._card = panel()
        self.pages = QStackedWidget()
        for page in (self.choice, self.server, self.house, self.join, self.upgrade, self.account, self.done):
            self.pages.addWidget(page)
            page.asked_back.connect(self._on_back)
            page.asked_stop.connect(self._on_stop)
            page.room_changed.connect(self._fit)
        self.choice.set_may_go_back(may_leave)
        self.choice.demo_chosen.connect(self.demo_chosen)
        self.choice.here_chosen.connect(self._on_here)
        self.choice.server_chosen.connect(lambda: self.show_page(self.server))
        self.server.test_asked.connect(self._on_test)
        self.server.creation_asked.connect(self._on_create)
        self.server.continued.connect(self._on_continued)
        self.house.given.connect(self._on_house)
        self.join.given.connect(self._on_join)
        self.upgrade.asked_on.connect(self._on_upgrade)
        self.account.given.connect(self._on_account)
        self.done.asked_on.connect(self._on_done)
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)
        self.server.show_account(account)
        self.house.show_till_name(till_name)
        self._lay_out()

    @property
    def page(self) -> SetupPage:
        """Return the page that is shown."""
        page: SetupPage = self.pages.currentWidget()  # type: ignore[assignment]  # there are no others
        return page

    def begin(self) -> None:
        """Show the first page; where the settings name a server, that page."""
        self.show_page(self.server if self._knows_server else self.choice)

    def show_page(self, page: SetupPage) -> None:
        """Show a page and put the cursor on it."""
        self.pages.setCurrentWidget(page)
        self._fit()
        page.begin()

    def stop(self) -> None:
        """Let go of what is under way, for example because the window is closed."""
        self._stop.ask()

    def _fit(self) -> None:
        """Make the card as high as its page is at rest, and higher for what is wrong; in a low window it scrolls."""
        at_rest: dict[SetupPage, int] = {self.server: _SERVER, self.house: _HIGH}
        self._card.setMaximumHeight(max(at_rest.get(self.page, _LOW), self.page.wanted_height() + 2 * _FRAME))

    def _lay_out(self) -> None:
        self._card.setFixedWidth(_WIDE)
        column(self.pages, inside=self._card)
        column(brand_row(), 1, (row(1, self._card, 1), 1000), 1, inside=self, margins=(24, 14, 20, 24))

    def _begin_work(self, sentence: str, *, may_stop: bool = False) -> Stop:
        self._stop = Stop()
        self.page.show_busy(sentence, may_stop=may_stop)
        return self._stop

    def _tell(self, sentence: Sentence) -> None:
        """Say how far it is; called on another thread."""
        self._told.emit(sentence)

    def _on_told(self, sentence: Sentence) -> None:
        self.page.outcome.show_busy(self.tr("{0}…").format(spoken(sentence)))

    def _on_back(self) -> None:
        page = self.page
        if page is self.choice:
            self.left.emit()
        elif page is self.account and self._made is not None:
            self._show_done(self._made)
        elif page is self.server or self._account is None:
            self.show_page(self.choice)
        else:
            self.show_page(self.server)

    def _on_stop(self) -> None:
        self._stop.ask()

    def _on_here(self) -> None:
        self._account = None
        stop = self._begin_work(self.tr("Looking at this computer…"))
        self._background.outside(self, set_up.look, self._computer, None, stop).then(self._on_found, self._on_error)

    def _on_test(self, account: ServerAccount) -> None:
        stop = self._begin_work(self.tr("Testing the connection…"), may_stop=True)
        self._background.outside(self, set_up.look, self._computer, account, stop).then(
            lambda found: self.server.show_found(account, found), self._on_error
        )

    def _on_create(self, account: ServerAccount) -> None:
        stop = self._begin_work(self.tr("Making the database…"))
        self._background.outside(self, set_up.make_database, self._computer, account, stop).then(
            lambda found: self.server.show_found(account, found), self._on_error
        )

    def _on_continued(self, account: ServerAccount, found: DatabaseFound) -> None:
        self._account = account
        self._on_found(found)

    def _on_found(self, found: DatabaseFound) -> None:
        self.page.show_ready()
        if found.state is DatabaseState.HOUSE:
            self.join.show_house(found.house, self._till_name)
            self.show_page(self.join)
        elif found.state is DatabaseState.OLDER:
            self.upgrade.show_asks_owner(asks=self._account is not None)
            self.show_page(self.upgrade)
        else:
            self.show_page(self.house)

    def _on_upgrade(self) -> None:
        owner = self.upgrade.owner()
        self._begin_work(self.tr("Upgrading…"))
        self._background.outside(self, set_up.upgrade, self._computer, self._account, self._tell, owner).then(
            self._on_found, self._on_error
        )

    def _on_house(self, draft: HouseDraft) -> None:
        self._begin_work(self.tr("Making the box office…"))
        self._background.outside(self, set_up.make_house, self._computer, self._account, draft, self._tell).then(
            self._on_made, self._on_error
        )

    def _on_join(self, draft: JoinDraft) -> None:
        self._begin_work(self.tr("Joining…"))
        self._background.outside(self, set_up.join_house, self._computer, self._account, draft, self._tell).then(
            self._on_made, self._on_error
        )

    def _on_made(self, made: Made) -> None:
        self.page.show_ready()
        self._made = made
        if made.may_grant and self._account is not None:
            self.account.show_owner(self._account.user)
            self.show_page(self.account)
        else:
            self._show_done(made)

    def _show_done(self, made: Made) -> None:
        self.done.show_made(made)
        self.show_page(self.done)

    def _on_account(self, draft: AccountDraft) -> None:
        if self._account is None or self._made is None:
            return
        self._begin_work(self.tr("Making the account…"))
        self._background.outside(self, take_account, self._computer, self._account, self._made, draft).then(
            self._on_made, self._on_error
        )

    def _on_done(self) -> None:
        if self._made is not None:
            self.finished.emit(self._made)

    def _on_error(self, error: Exception) -> None:
        page = self.page
        page.show_ready()
        if isinstance(error, SetupRefused) and error.trouble is Trouble.CANCELLED:
            page.begin()
        elif isinstance(error, SetupRefused) and page is self.server:
            self.server.show_refused(error)
        elif isinstance(error, FieldRefused) and isinstance(page, FormPage):
            page.show_fields_refused(error.fields)
        elif isinstance(error, PosError):
            away = isinstance(error, ServerUnreachable)
            page.outcome.show_problem(spoken(error.message), self._begin_again(page) if away else spoken(error.advice))
            if isinstance(error, SignInRefused) and page is self.join:
                self.join.form.editor("password").setFocus()
            else:
                page.on_button.setFocus()
        else:
            message = message_for(error)
            page.outcome.show_problem(message.text, message.advice)

    def _begin_again(self, page: SetupPage) -> str:
        """Say what to press: nothing here goes on by itself once the server is back."""
        words = self.tr("Press “{0}” again, a little later: it goes on where it was cut off.")
        return words.format(page.on_button.words)
