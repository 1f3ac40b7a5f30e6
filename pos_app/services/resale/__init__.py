"""Seats given back for resale, as a sale meets them: the seller's ticket ends with the sale."""
