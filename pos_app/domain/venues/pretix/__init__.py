"""The seating-plan files of pretix, read and written."""
