"""What any document is set with: text in any script, QR symbols, colours, the logo."""
