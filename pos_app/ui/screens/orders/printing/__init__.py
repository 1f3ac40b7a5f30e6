"""Tickets on paper: handed over, printed anew, looked at, not come out."""
