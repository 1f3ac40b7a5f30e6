"""The waiting list of a performance: who waits, who is offered what, and why somebody was passed over."""
