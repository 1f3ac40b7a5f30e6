"""The section of venues and their seating plans: import, drawing by numbers, and the editor on the map."""
