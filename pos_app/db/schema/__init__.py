"""The tables' versions: made, checked, upgraded by one till at a time."""
