"""Ticket types: who pays which price, by what letter at the till, and for which seats."""
