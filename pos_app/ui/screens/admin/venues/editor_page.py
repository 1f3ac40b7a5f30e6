"""The plan editor: a stored plan on the map, its tools beside it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from pos_app.ui.look.theme import theme_notifier
from pos_app.ui.records.change_guard import ChangeGuard
from pos_app.ui.screens.admin.venues.busy_bar import BusyBar
from pos_app.ui.screens.admin.venues.drafting import Drafting
from pos_app.ui.screens.admin.venues.drawing import draw
from pos_app.ui.screens.admin.venues.editor_actions import EditorActions
from pos_app.ui.screens.admin.venues.editor_map import EditorMap, Tool
from pos_app.ui.screens.admin.venues.keys import editor_keys
from pos_app.ui.screens.admin.venues.plan_saving import PlanSaving
from pos_app.ui.screens.admin.venues.plan_words import content_words, standing_words
from pos_app.ui.screens.admin.venues.tool_panel import ToolPanel
from pos_app.ui.widgets.banner import Banner
from pos_app.ui.widgets.boxes import column, row
from pos_app.ui.widgets.buttons import icon_button, text_button
from pos_app.ui.widgets.key_button import KeyButton
from pos_app.ui.widgets.labels import Chip, ElidedLabel, panel, text_label
from pos_app.ui.widgets.told_keys import tell_keys
from pos_app.ui.words.messages import Level, Message, message_for
from pos_app.ui.words.sentences import spoken_count

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos_app.domain.venues.plan_records import OpenPlan, SavedPlan
    from pos_app.ui.screens.admin.venues.drawing import DrawnPlan
    from pos_app.ui.screens.admin.venues.operations import VenueOperations

_TOAST_SECONDS: Final = 12


class EditorPage(QWidget):
    """Edits a plan on the map. Nothing unsaved is lost: `leave` asks first, a failed save keeps the drawing.

    Keys: those of EditorMap and ToolPanel; Ctrl+Z undo, Ctrl+Shift+Z redo, Ctrl+S save.
    Signals: left(): the person goes back to the plans.
    """

    left = Signal()

    def __init__(self, operations: VenueOperations) -> None:
        super().__init__()
        self._background = operations.background
        self.opened: OpenPlan | None = None
        self.map = EditorMap("")
        self.tools = ToolPanel()
        self.banner = Banner()
        self._busy = BusyBar()
        self.drafting = Drafting(operations.background, self.map.sight, self)
        question = self.tr("Save the changes first?")
        self.guard = ChangeGuard(self, question, unsaved=self.unsaved, save=self.save, discard=self._discard)
        self.saving = PlanSaving(self, operations, self.banner, self._busy, self.guard)
        self._title = ElidedLabel("", "title")
        self._chip = Chip()
        self._facts = text_label("", "small")
        self.hint = text_label("", "strong", tone="accent")
        self.back_button = text_button(self.tr("Plans"), icon_name="arrow-left", variant="ghost")
        self.undo_button = icon_button("arrow-counter-clockwise", self.tr("Undo (Ctrl+Z)"), variant="tool", role="text")
        self.redo_button = icon_button("arrow-clockwise", self.tr("Redo (Ctrl+Shift+Z)"), variant="tool", role="text")
        self.save_button = KeyButton(self.tr("Save"), "Ctrl+S", icon_name="floppy-disk", variant="primary")
        self.commands = EditorActions(self, self.map, self.tools, self.drafting)
        self._connect()
        self._arrange()

    def edit(self, opened: OpenPlan, drawn: DrawnPlan) -> None:
        """Begin to edit a stored plan."""
        self.opened = opened
        self.banner.dismiss()
        self.drafting.start(opened.draft)
        self.use_tool(Tool.SELECT)
        self.map.show_drawn(drawn)
        self._tell()
        self.map.setFocus()

    def use_tool(self, tool: Tool) -> None:
        """Let the left button do something else."""
        self.map.use_tool(tool)
        self.tools.show_tool(tool)
        self.commands.forget_outline()
        words = {
            Tool.SELECT: "",
            Tool.AREA: self.tr("Draw the rectangle of the area. Esc: never mind."),
            Tool.FOCUS: self.tr("Click the point that everybody looks at. Esc: never mind."),
        }
        self.hint.setText(words[tool])

    def refuse(self, error: Exception) -> None:
        """Say why something cannot be done."""
        self.banner.show_message(message_for(error), seconds=_TOAST_SECONDS)

    def show_busy(self, busy: bool) -> None:  # noqa: FBT001 - one flag, named by the method
        """While a change is on its way, nothing is edited."""
        for widget in (self.tools, self.save_button, self.undo_button, self.redo_button, self.map):
            widget.setEnabled(not busy)
        if not busy:
            self._tell()
            if self.isVisible():
                self.map.setFocus()
            self._busy.show_busy("")

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Save once all edits are done; what that does is said first."""
        self.drafting.when_idle(partial(self._save, then))

    def show_saved(self, saved: SavedPlan) -> None:
        """Go on with the plan as it is stored now."""
        self.opened = saved.opened
        self.drafting.start(saved.opened.draft)
        self._redraw(saved.opened)
        name, version = saved.opened.plan.name, saved.opened.plan.version
        if saved.new_version:
            words = self.tr("“{0}” was saved as version {1}.").format(name, version)
            moved = spoken_count(
                "{count} performance stands on it.", "{count} performances stand on it.", len(saved.moved)
            )
        else:
            words, moved = self.tr("“{0}” was saved.").format(name), ""
        self.banner.show_message(Message(words, moved, Level.OK), seconds=_TOAST_SECONDS)

    def open_other(self, current: OpenPlan) -> None:
        """Show a plan as it is stored; what was drawn here is given up."""
        self.opened = current
        self.drafting.start(current.draft)
        self._redraw(current)

    def rebase(self, current: OpenPlan) -> None:
        """Let the drawing be a change of the plan as it is stored now."""
        self.opened = current

    def unsaved(self) -> tuple[str, ...]:
        """Name the plan with unsaved changes."""
        if self.opened is None or not self.drafting.is_dirty:
            return ()
        return (self.tr("Changes of the plan “{0}”").format(self.opened.plan.name),)

    def leave(self, go_on: Callable[[], object]) -> None:
        """Go on when nothing is unsaved; else ask, and go on when it was saved or given up."""
        self.guard.leave(go_on)

    def _discard(self) -> None:
        if self.opened is not None:
            self.open_other(self.opened)

    def _save(self, then: Callable[[], object] | None) -> None:
        if self.opened is not None and self.drafting.is_dirty:
            # Somebody may have renamed the plan; that is no part of a drawing.
            wanted = replace(self.drafting.draft, name=self.opened.plan.name)
            self.saving.save(self.opened, wanted, then)
        elif then is not None:
            then()

    def _redraw(self, opened: OpenPlan) -> None:
        def drawn(one: DrawnPlan) -> None:
            if self.opened is opened and not self.drafting.is_dirty:
                self.map.show_drawn(one, keep_view=True)
                self._tell()

        self._background.compute(self, draw, opened.draft, self.map.sight()).then(drawn, self.refuse)

    def _connect(self) -> None:
        self.map.selection_changed.connect(self._show_selection)
        theme_notifier().changed.connect(self._show_selection)
        self.map.tool_left.connect(lambda: self.use_tool(Tool.SELECT))
        self.tools.tool_asked.connect(self.use_tool)
        self.commands.tool_asked.connect(self.use_tool)
        self.commands.refused.connect(self.refuse)
        self.guard.busy_changed.connect(self.show_busy)
        self.saving.saved.connect(self.show_saved)
        self.saving.rebased.connect(self.rebase)
        self.saving.given_up.connect(self.open_other)
        self.drafting.drawn.connect(self._on_drawn)
        self.drafting.refused.connect(self.refuse)
        self.drafting.changed.connect(self._tell)
        self.back_button.clicked.connect(lambda: self.leave(self.left.emit))
        self.undo_button.clicked.connect(self.drafting.undo)
        self.redo_button.clicked.connect(self.drafting.redo)
        self.save_button.clicked.connect(lambda _checked: self.save())
        tell_keys(self, editor_keys)
        for key, button in (
            ("Ctrl+Z", self.undo_button),
            ("Ctrl+Shift+Z", self.redo_button),
            ("Ctrl+Y", self.redo_button),
        ):
            QShortcut(QKeySequence(key), self, button.click)

    def _arrange(self) -> None:
        head = row(
            self.back_button,
            (self._title, 1),
            self._chip,
            self.undo_button,
            self.redo_button,
            self.save_button,
            spacing=10,
        )
        frame = panel()
        strip = row(self._facts, 1, self.hint, margins=(18, 8, 14, 8))
        column(strip, (self.map, 1), self._busy, inside=frame, margins=1, spacing=0)
        body = row((frame, 1), self.tools, spacing=14)
        column(head, self.banner, (body, 1), inside=self, spacing=10)
        self.setFocusProxy(self.map)

    def _on_drawn(self, drawn: DrawnPlan) -> None:
        self.map.show_drawn(drawn, keep_view=True)

    def _show_selection(self) -> None:
        if self.map.drawn is not None:
            self.tools.show_selection(self.map.selection(), self.map.drawn.preview.plan.categories)

    def _tell(self) -> None:
        """Say how the drawing stands."""
        if self.opened is None or self.guard.is_busy:
            return
        dirty = self.drafting.is_dirty
        self._title.show_words(self.opened.plan.name)
        if dirty:
            self._chip.show_text(self.tr("Not saved"), "warn")
        else:
            self._chip.show_text(*standing_words(self.opened.plan))
        self._facts.setText(content_words(self.drafting.draft))
        self.undo_button.setEnabled(self.drafting.can_undo)
        self.redo_button.setEnabled(self.drafting.can_redo)
        self.save_button.setEnabled(dirty)
        self._show_selection()
