"""What a gate says of a code, and what a scanner typed."""
