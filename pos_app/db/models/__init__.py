"""The tables, by family."""

from __future__ import annotations

from pos_app.db.models.accounts import DatabaseAccount
from pos_app.db.models.audit import AuditEntry, AuditHead, AuditText
from pos_app.db.models.customers import Customer, EmailVerification
from pos_app.db.models.events import Event, EventArtwork, Performance, Price, TicketType
from pos_app.db.models.inventory import Hold, KeptBack, PerformanceSeat, ReleaseRequest
from pos_app.db.models.keys import HouseKey, HouseKeyWrap
from pos_app.db.models.letters import LetterSender, LetterTemplate, OutboxEmail, OutboxTry
from pos_app.db.models.orders import Order, OrderChange, OrderLine, Payment, Refund
from pos_app.db.models.promo_codes import PromoCode, PromoRedemption, PromoShare, PromoUsage
from pos_app.db.models.searching import SearchWord
from pos_app.db.models.settings import Setting
from pos_app.db.models.staff import Approval, SignInAttempt, SignInTurn, StaffMember, StaffSecret
from pos_app.db.models.tickets import CheckIn, OutsideCode, Ticket, TicketPresence
from pos_app.db.models.tills import CashMovement, Drawer, Shift, Till, TillKey
from pos_app.db.models.venues import Area, PlanRow, PlanScenery, PriceCategory, Seat, SeatingPlan, Venue, Zone
from pos_app.db.models.waiting import Resale, WaitingEntry, WaitingList, WaitingOffer
from pos_app.db.models.work_lists import WorkItem, WorkList

__all__ = [
    "Approval", "Area", "AuditEntry", "AuditHead", "AuditText", "CashMovement", "CheckIn", "Customer",
    "DatabaseAccount", "Drawer",
    "EmailVerification", "Event",
    "EventArtwork", "Hold", "HouseKey", "HouseKeyWrap", "KeptBack",
    "LetterSender", "LetterTemplate", "Order", "OrderChange", "OrderLine",
    "OutboxEmail", "OutboxTry", "OutsideCode", "Payment", "Performance", "PerformanceSeat",
    "PlanRow", "PlanScenery", "Price",
    "PriceCategory", "PromoCode", "PromoRedemption", "PromoShare", "PromoUsage", "Refund", "ReleaseRequest", "Resale",
    "SearchWord", "Seat", "SeatingPlan", "Setting", "Shift",
    "SignInAttempt", "SignInTurn", "StaffMember", "StaffSecret", "Ticket", "TicketPresence", "TicketType", "Till",
    "TillKey", "Venue", "WaitingEntry", "WaitingList", "WaitingOffer", "WorkItem", "WorkList", "Zone",
]  # fmt: skip
