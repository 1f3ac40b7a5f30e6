"""The orders of a cancelled or moved performance, worked off one by one."""
