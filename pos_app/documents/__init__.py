"""What is printed: tickets, QR symbols, text in any script."""
