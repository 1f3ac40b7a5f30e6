"""Money that the house still owes: paid out, or given up for another way."""
