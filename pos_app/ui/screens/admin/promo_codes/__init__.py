"""Promo codes: rules, batches, redemptions."""
