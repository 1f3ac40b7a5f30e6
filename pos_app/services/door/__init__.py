"""The door: what a code is worth, who came in, the guest list."""
