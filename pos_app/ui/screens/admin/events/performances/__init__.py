"""The performances of events: what one is, and what is done to one or to several."""
