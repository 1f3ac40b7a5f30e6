from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QImage
from PySide6.QtWidgets import QApplication
from sqlalchemy import update

from pos_app.db.models import Event
from pos_app.domain.season.events import EventDraft
from pos_app.services.season.events import list_events, load_artwork, save_event
from pos_app.ui.records.fields.text_fields import TextAreaField
from tests.kinds import SQLITE, SQLITE_FIRST

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from pos_app.ui.screens.admin.events.page import EventsPage
    from tests.houses import OpenHouse
    from tests.ui.screens.admin.conftest import Office


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("#35206b"))
    path = tmp_path / "poster.png"
    assert image.save(str(path))
    return path


def drop(box: QWidget, path: Path) -> None:
    told = QMimeData()
    told.setUrls([QUrl.fromLocalFile(str(path))])
    none = Qt.KeyboardModifier.NoModifier
    box.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, told, Qt.MouseButton.LeftButton, none))


def titles(house: OpenHouse, *, archived: bool = False) -> list[str]:
    found = house.database.read(list_events, house.small.manager)
    return [one.title for one in found if one.archived is archived]


@SQLITE_FIRST
def test_a_new_event_is_typed_given_a_picture_and_saved_at_once(
    office: Office, section: EventsPage, picture: Path
) -> None:
    page = section.events
    office.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    office.fill(page, title="Hamlet", kind="Theatre")
    drop(page.artwork.box, picture)
    office.settle()
    assert not page.artwork.box.image.isNull()
    office.save(page)
    assert titles(office.house) == ["Hamlet", "The Cherry Orchard"]
    stored = office.house.database.read(load_artwork, page.record.event_id)
    assert stored is not None
    assert (stored.width, stored.height, stored.media_type) == (300, 200, "image/jpeg")
    office.settle()
    assert not page.artwork.box.image.isNull()


@SQLITE
def test_a_pasted_title_that_is_too_long_is_said_and_neither_cut_nor_saved(office: Office, section: EventsPage) -> None:
    page = section.events
    office.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    QApplication.clipboard().setText("The Cherry Orchard " * 21)
    office.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    office.settle()
    assert "398 characters, of at most 160" in page.form.problem("title")
    office.save(page)
    assert "398 characters, of at most 160" in page.form.problem("title")
    assert page.form.editor("title").typed() == ("The Cherry Orchard " * 21).strip()
    assert titles(office.house) == ["The Cherry Orchard"]


@SQLITE
def test_a_picture_is_changed_and_removed_with_an_undo_and_what_is_typed_stays(
    office: Office, section: EventsPage, picture: Path
) -> None:
    page = section.events
    page.open_record(page.list.table.records[0])
    office.fill(page, title="The Seagull")
    drop(page.artwork.box, picture)
    office.settle()
    event_id = page.record.event_id
    assert page.record.has_artwork
    assert page.form.readable_values()["title"] == "The Seagull"
    assert titles(office.house) == ["The Cherry Orchard"]
    page.artwork.remove_button.click()
    office.settle()
    assert office.house.database.read(load_artwork, event_id) is None
    assert page.banner.press_action()
    office.settle()
    assert office.house.database.read(load_artwork, event_id) is not None
    assert not page.artwork.box.image.isNull()
    office.save(page)
    assert titles(office.house) == ["The Seagull"]


@SQLITE
def test_what_is_no_picture_is_refused_beside_it(office: Office, section: EventsPage, tmp_path: Path) -> None:
    page = section.events
    page.open_record(page.list.table.records[0])
    broken = tmp_path / "poster.png"
    broken.write_bytes(b"not a picture")
    drop(page.artwork.box, broken)
    office.settle()
    assert "not a PNG or JPEG" in page.artwork.said.text()
    drop(page.artwork.box, tmp_path / "gone.jpg")
    office.settle()
    assert "cannot be read" in page.artwork.said.text()
    assert not page.record.has_artwork


@SQLITE
def test_types_in_use_are_suggested(office: Office, section: EventsPage) -> None:
    page = section.events
    page.open_record(page.list.table.records[0])
    office.fill(page, kind="Opera")
    office.save(page)
    page.refresh()
    office.settle()
    completer = page.kind_field.line.completer()
    completer.setCompletionPrefix("pe")
    assert completer.currentCompletion() == "Opera"


@SQLITE_FIRST
def test_the_second_manager_is_asked_and_a_deleted_event_keeps_what_was_typed(
    office: Office, section: EventsPage
) -> None:
    page, house = section.events, office.house
    page.open_record(page.list.table.records[0])
    house.database.transact(save_event, house.small.manager, page.record, EventDraft("Uncle Vanya"))
    office.fill(page, title="Three Sisters")
    office.save(page)
    sheet = office.sheet()
    assert sheet is not None
    sheet.yes.click()
    office.settle()
    assert titles(house) == ["Three Sisters"]
    description = page.form.editor("description")
    assert isinstance(description, TextAreaField)
    description.area.setPlainText("A play in four acts.")
    office.line.cut = True
    office.save(page)
    assert "cannot be reached" in page.banner.message.text
    assert description.area.toPlainText() == "A play in four acts."
    office.line.cut = False
    assert page.banner.press_action()
    office.settle()
    assert house.database.read(list_events, house.small.manager)[0].description == "A play in four acts."


@SQLITE
def test_an_event_is_archived_and_restored(office: Office, section: EventsPage) -> None:
    page = section.events
    page.open_record(page.list.table.records[0])
    page.editor.archive_button.click()
    office.settle()
    assert titles(office.house) == []
    assert page.banner.message.advice == (
        "Its 3 performances stay as they are, on sale too: cancel or archive them by themselves."
    )
    assert page.banner.press_action()
    office.settle()
    assert titles(office.house) == ["The Cherry Orchard"]


@SQLITE
def test_the_empty_section_says_what_to_do_first(office: Office, house: OpenHouse) -> None:
    house.database.transact(lambda session: session.execute(update(Event).values(title="x")))
    page = office.open("events")
    page.events.list.show_records(())
    assert page.events.list.empty._title.text() == "There is no event yet"
    assert "Make the first one" in page.events.list.empty._sentence.text()
    page.events.list.empty.asked.emit()
    assert page.events.is_new
