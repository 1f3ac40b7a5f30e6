"""What each kind of account may do with what a house knows of its customers: letters, waiting lists, resale."""

from __future__ import annotations

from typing import Final

from pos_app.db.grants.right import ALL, READ, Right, TableRights

_KEPT: Final = Right(ALL, ALL, ALL)
"""Kept by managers, who put away what is used no more, and delete nothing."""
_TYPED: Final = (
    "request_id revision name email email_key email_verified_at phone phone_key note marks letters_at language"
    " created_at deleted_at"
)
_SENT: Final = (
    "message_id recipient facts part parts state tries due_at leased_by leased_until first_tried_at failure"
    " may_be_twice subject body attachments sent_at closed_at"
)
_WAITED: Final = "turn state revision passed_over passed_over_at moved_reason closed_at"
_OFFERED: Final = "state expires_at pickup_hold_id order_id reason closed_at"
_RESOLD: Final = "open_line_id state ended_by_id closed_at"

OF_CUSTOMERS: Final[dict[str, TableRights]] = {
    "customer": TableRights(
        "id request_id revision name email email_key email_verified_at phone phone_key note marks letters_at language"
        " merged_into_id created_at deleted_at erased_at",
        counter=Right(ALL, _TYPED, _TYPED),
        office=_KEPT,
    ),
    "email_verification": TableRights(
        "id request_id customer_id email code_hash tries created_at expires_at verified_at closed_at",
        counter=Right(ALL, ALL, "tries verified_at closed_at"),
        office=Right(ALL, ALL, "customer_id tries verified_at closed_at", delete=True),
    ),
    "letter_sender": TableRights("till_id why answer since next_at seen_at", counter=_KEPT, office=_KEPT),
    "letter_template": TableRights(
        "id kind language subject body revision staff_id changed_at", READ, Right(ALL, ALL, ALL, delete=True)
    ),
    "outbox_email": TableRights(
        "id request_id message_id kind language order_id change_id customer_id performance_id recipient facts part"
        " parts state tries due_at leased_by leased_until first_tried_at failure may_be_twice subject body attachments"
        " again_of_id staff_id created_at sent_at closed_at",
        counter=Right(ALL, ALL, f"{_SENT} customer_id language"),
        office=Right(ALL, ALL, f"{_SENT} order_id customer_id language"),
    ),
    "outbox_try": TableRights(
        "id letter_id till_id leased_by began_at handed_at ended_at outcome answer",
        counter=Right(ALL, ALL, "handed_at ended_at outcome answer"),
        office=Right(ALL, ALL, "handed_at ended_at outcome answer"),
    ),
    "resale": TableRights(
        "id order_id order_line_id open_line_id performance_id seat_id commission_minor state made_by_id ended_by_id"
        " created_at closed_at",
        counter=Right(ALL, ALL, _RESOLD),
        office=Right(ALL, ALL, _RESOLD),
        gate=READ,
    ),
    "waiting_entry": TableRights(
        "id request_id code performance_id customer_id category_id seats categories zones together until turn"
        " state revision passed_over passed_over_at moved_reason till_id staff_id created_at closed_at",
        counter=Right(ALL, ALL, _WAITED),
        office=Right(ALL, ALL, f"{_WAITED} customer_id categories zones"),
    ),
    "waiting_list": TableRights(
        "performance_id state passes request_id reason offer_minutes opened_at closed_at",
        # A work list is worked off at counters, too, and closes the list of what is not given.
        counter=Right(ALL, ALL, "passes state request_id reason closed_at"),
        office=Right(ALL, ALL, ALL),
    ),
    "waiting_offer": TableRights(
        "id waiting_entry_id performance_id places state created_at expires_at pickup_hold_id order_id reason"
        " closed_at",
        counter=Right(ALL, ALL, _OFFERED),
        office=Right(ALL, ALL, f"{_OFFERED} places"),
    ),
}
