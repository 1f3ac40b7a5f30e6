"""Promo codes: kept by the manager, redeemed by a sale."""
