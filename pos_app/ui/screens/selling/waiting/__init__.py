"""Waiting lists at the counter: joined from a sold-out performance, and what is offered opened for paying."""
