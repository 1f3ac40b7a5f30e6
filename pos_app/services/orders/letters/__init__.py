"""What a letter about an order tells, read from the books when it is sent."""
