"""The table of rights: what each kind of machine may do with each table and column.

A table or a column that does not stand here is nobody's: tests/db/grants tries each of them on a server, as each kind,
and fails where one was forgotten. Some tables and columns are named that not every revision has; what a database does
not have is skipped. Nobody but the owner may change tables or give rights.

What is secret: `staff_member` and `staff_secret` hold hashes, which every till judges a sign-in by; `house_key_wrap` is
sealed by passwords; who buys, and what they are written, is known at counters, which send it, and at the office, and at
no gate. What people typed about a customer is blanked at the office, wherever it stands; amounts, numbers and times are
nobody's to change.
"""

from __future__ import annotations

from typing import Final

from pos_app.db.grants.of_customers import OF_CUSTOMERS
from pos_app.db.grants.right import ALL, READ, Allowed, Right, TableRights, spread
from pos_app.domain.tills.kinds import TillKind

_KEPT: Final = Right(ALL, ALL, ALL)
"""Kept by managers, who put away what is used no more, and delete nothing."""
_KEPT_AND_DELETED: Final = Right(ALL, ALL, ALL, delete=True)
_GROWS: Final = Right(ALL, ALL)
_REPLACED: Final = Right(ALL, ALL, delete=True)
_ANSWERED: Final = "answer answered_at"
_CLOSED: Final = "places closed_at closed_as"
_EXTENDED: Final = f"{_CLOSED} with_offers expires_at extended_at extend_reason extend_request_id"
_NAMED: Final = "revision customer_id customer_name note release_at pickup_hold_id pickup_until"
_PRINTED: Final = "live_seat_id short_code issue_count reissue_request_id reissue_reason issued_at printed_at voided_at"
_SEAT: Final = "state claim_kind claim_id claim_until order_line_id prior_order_line_id guarded changed_at"
_WORKED_OFF: Final = "state failure change_id done_at"
_WORKED_ON: Final = "to_performance_id approval_id closed_at open_performance_id"
_ENDED: Final = "state ended_by_id"
_SETTLED: Final = "state method reference ended_by_id paid_at shift_id"

RIGHTS: Final[dict[str, TableRights]] = {
    **OF_CUSTOMERS,
    "alembic_version": TableRights("version_num", READ, READ, READ),
    "approval": TableRights(
        "id staff_id till_id permission created_at spent_on spent_at",
        counter=Right(ALL, ALL, "spent_on spent_at"),
        office=Right(ALL, ALL, "spent_on spent_at"),
    ),
    "area": TableRights("id plan_id zone_id guid name capacity shape", READ, _KEPT_AND_DELETED, READ),
    # Appended by everybody, and changed by nobody: who may write the head of a chain cannot rewrite what it grew from.
    "audit_entry": TableRights(
        "id chain seq recorded_at action body hash",
        counter=Right("chain seq recorded_at", ALL),
        office=_GROWS,
        gate=Right("chain seq recorded_at", ALL),
    ),
    "audit_head": TableRights(
        "chain seq hash",
        counter=Right(ALL, ALL, "seq hash"),
        office=Right(ALL, ALL, "seq hash"),
        gate=Right(ALL, ALL, "seq hash"),
    ),
    "cash_movement": TableRights(
        "id request_id shift_id staff_id amount_minor reason drawer_opened created_at", office=Right(ALL, "", "reason")
    ),
    "check_in": TableRights(
        "id nonce performance_id ticket_id gate till_id staff_id verdict reason scanned created_at undone_at",
        counter=READ,
        office=Right(ALL, "", "scanned"),
        gate=Right(ALL, ALL, "undone_at"),
    ),
    # What people typed about an entry is erased with the person, at the office.
    "audit_text": TableRights("entry_id texts", counter=Right("", ALL), office=_KEPT),
    # Made and corrected at every counter; merged and erased at the office alone.
    "database_account": TableRights("user host kind also_gate"),
    "drawer": TableRights("id till_id name deleted_at", counter=Right("", "till_id name"), office=_KEPT),
    "event": TableRights("id title description kind deleted_at", READ, _KEPT, READ),
    "event_artwork": TableRights("event_id image media_type width height changed_at", READ, _REPLACED),
    "hold": TableRights(
        "id basket_key till_id staff_id places seconds created_at expires_at extended_at extend_reason"
        " extend_request_id closed_at closed_as with_offers",
        counter=Right(ALL, ALL, _EXTENDED),
        office=Right(ALL, ALL, _EXTENDED),
    ),
    "house_key": TableRights("id public_key pepper_check created_at created_by", READ, _KEPT, READ),
    # A gate as well gets the pepper when a manager signs in there by password.
    "house_key_wrap": TableRights("id house_key_id staff_id salt sealed created_at", READ, _KEPT_AND_DELETED, READ),
    "kept_back": TableRights(
        "id request_id performance_id kind reason places release_at release_before_doors staff_id created_at"
        " closed_at closed_as",
        counter=Right(ALL, "", _CLOSED),
        office=_KEPT,
    ),
    # Appended by every counter; what a person wrote beside the ledger may be corrected.
    "order_change": TableRights(
        "id request_id order_id kind reason staff_id approval_id till_id shift_id created_at",
        counter=_GROWS,
        office=Right(ALL, ALL, "reason"),
    ),
    "order_line": TableRights(
        "id order_id kind for_line_id performance_id seat_id category_id ticket_type_id price_minor discount_minor"
        " state made_by_id ended_by_id",
        counter=Right(ALL, ALL, _ENDED),
        office=Right(ALL, ALL, f"{_ENDED} seat_id"),
        gate=Right("id order_id kind performance_id seat_id ticket_type_id state"),
    ),
    "orders": TableRights(
        "id request_id number revision till_id staff_id customer_id customer_name note currency lines_minor fee_minor"
        " total_minor hold_id created_at release_at pickup_hold_id pickup_until",
        counter=Right(ALL, ALL, _NAMED),
        office=Right(ALL, ALL, _NAMED),
        gate=Right("id number till_id customer_name created_at release_at"),
    ),
    # Written and sent at every counter and at the office; a gate sends nothing and reads nobody's address.
    "outside_code": TableRights("ticket_id performance_id code_key folded_key", READ, _GROWS, READ),
    "payment": TableRights(
        "id request_id order_id method state amount_minor refunded_minor tendered_minor reference made_by_id till_id"
        " shift_id created_at",
        counter=Right(ALL, ALL, "refunded_minor"),
        office=Right(ALL, ALL, "refunded_minor reference"),
    ),
    "performance": TableRights(
        "id event_id plan_id starts_at ends_at doors_at on_sale_at off_sale_at state cancelled_at cancel_reason"
        " hold_seconds ticket_fee_minor order_fee_minor waiting_open deleted_at",
        READ,
        _KEPT,
        READ,
    ),
    "performance_seat": TableRights(
        f"performance_id seat_id {_SEAT}", counter=Right(ALL, "", _SEAT), office=_KEPT_AND_DELETED, gate=READ
    ),
    "plan_row": TableRights("id zone_id guid label sort", READ, _KEPT_AND_DELETED, READ),
    "plan_scenery": TableRights("plan_id shapes details", READ, _REPLACED),
    "price": TableRights("id performance_id category_id ticket_type_id amount_minor", READ, _KEPT_AND_DELETED),
    "price_category": TableRights("id plan_id name color sort", READ, _KEPT_AND_DELETED),
    "promo_code": TableRights(
        "id code kind scope value hundredths currency valid_from valid_until most_uses most_uses_each"
        " least_spend_minor only combinable verified_only note batch ended_at deleted_at",
        READ,
        _KEPT,
    ),
    "promo_redemption": TableRights(
        "id promo_code_id order_id saved_minor created_at undone_at",
        counter=Right(ALL, ALL, "undone_at"),
        office=Right(ALL, ALL, "undone_at"),
    ),
    "promo_share": TableRights("redemption_id order_line_id saved_minor", counter=_GROWS, office=_GROWS),
    "promo_usage": TableRights("promo_code_id uses", counter=Right(ALL, "", "uses"), office=Right(ALL, ALL, "uses")),
    "refund": TableRights(
        "id request_id order_id payment_id method state amount_minor reason reference made_by_id ended_by_id"
        " instead_of_id paid_at till_id staff_id approver_id shift_id created_at",
        counter=Right(ALL, ALL, _SETTLED),
        office=Right(ALL, ALL, f"{_SETTLED} reason"),
    ),
    "release_request": TableRights(
        "id request_id performance_id seat_id hold_id from_till_id to_till_id asked_by created_at answer answered_at",
        counter=Right(ALL, ALL, _ANSWERED),
        office=Right(ALL, ALL, _ANSWERED),
    ),
    "search_word": TableRights(
        "kind word performance_id id",
        counter=_GROWS,
        office=Right(ALL, ALL, "", delete=True),
        gate=READ,
    ),
    "seat": TableRights(
        "id plan_id zone_id row_id area_id category_id guid number position kind x y angle deleted_at",
        READ,
        _KEPT_AND_DELETED,
        READ,
    ),
    "seating_plan": TableRights(
        "id venue_id name version revision width height focal_x focal_y deleted_at", READ, _KEPT, READ
    ),
    "setting": TableRights("name value", READ, _KEPT_AND_DELETED, READ),
    "shift": TableRights(
        "id request_id drawer_id staff_id open_drawer_id float_minor opened_at closed_at expected_minor counted_minor"
        " count",
        office=READ,
    ),
    "sign_in_attempt": TableRights(
        "id staff_id name_key till_id purpose succeeded created_at",
        counter=Right(ALL, ALL, "succeeded"),
        office=Right(ALL, ALL, "succeeded", delete=True),  # it forgets tries that are over
        gate=Right(ALL, ALL, "succeeded"),
    ),
    # Written by nobody once it is there; the right to update is what locking its rows takes.
    "sign_in_turn": TableRights("name_key", _KEPT, _KEPT_AND_DELETED, _KEPT),
    "staff_member": TableRights(
        "id name name_key role password_hash pin_hash active created_at deleted_at", READ, _KEPT, READ
    ),
    "staff_secret": TableRights("staff_id password_hash pin_hash", READ, _KEPT_AND_DELETED, READ),
    "ticket": TableRights(
        f"id order_line_id performance_id {_PRINTED}",
        counter=Right(ALL, ALL, _PRINTED),
        office=Right(ALL, ALL, _PRINTED),
        gate=READ,
    ),
    # Who is inside is written by gates alone: a stolen counter lets nobody in twice.
    "ticket_presence": TableRights(
        "ticket_id inside issue_count entries last_check_in_id changed_at",
        counter=Right(ALL, "ticket_id issue_count entries changed_at", "issue_count changed_at"),
        office=Right(ALL, "ticket_id issue_count entries changed_at", "issue_count changed_at"),
        gate=Right(ALL, "", "inside entries changed_at"),
    ),
    "ticket_type": TableRights("id name letter seat_kind complimentary sort deleted_at", READ, _KEPT, READ),
    # A new computer may put itself on the list; its name, kind and key are a manager's.
    "till": TableRights(
        "id machine_key name kind ticket_queue paper created_at last_seen_at deleted_at",
        counter=Right(ALL, "id machine_key name kind ticket_queue paper created_at", "last_seen_at"),
        office=_KEPT,
        gate=Right(ALL, "", "last_seen_at"),
    ),
    "till_key": TableRights(
        "id till_id public_key enrolled_by enrolled_at revoked_at signature",
        READ,
        Right(ALL, ALL, "enrolled_by revoked_at signature"),
        READ,
    ),
    "venue": TableRights("id name address time_zone currency deleted_at", READ, _KEPT, READ),
    "work_item": TableRights(
        "work_list_id order_id state failure change_id done_at",
        counter=Right(ALL, ALL, _WORKED_OFF),
        office=Right(ALL, ALL, _WORKED_OFF),
    ),
    "work_list": TableRights(
        "id request_id performance_id kind to_performance_id reason staff_id till_id approval_id created_at closed_at"
        " open_performance_id",
        counter=Right(ALL, ALL, _WORKED_ON),
        office=Right(ALL, ALL, f"{_WORKED_ON} reason"),
    ),
    "zone": TableRights("id plan_id guid name label_x label_y sort", READ, _KEPT_AND_DELETED, READ),
}


def allowed(kind: TillKind, *, also_gate: bool = False) -> dict[str, Allowed]:
    """Return what a kind may do, by table. also_gate: the machine stands at the door as well."""
    found = {table: spread(_of(rights, kind), rights.columns) for table, rights in RIGHTS.items()}
    if also_gate:
        for table, rights in RIGHTS.items():
            found[table] |= spread(rights.gate, rights.columns)
    return found


def _of(rights: TableRights, kind: TillKind) -> Right:
    match kind:
        case TillKind.COUNTER:
            return rights.counter
        case TillKind.OFFICE:
            return rights.office
        case TillKind.GATE:
            return rights.gate
