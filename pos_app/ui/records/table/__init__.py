"""The table beside a form of records: columns, sorting, searching, keyboard."""
