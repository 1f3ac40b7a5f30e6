"""What a customer bought, paid and got back."""
