"""The tour of reservations and customers: kept, picked up, lapsed; made, found, merged, exported, erased."""
