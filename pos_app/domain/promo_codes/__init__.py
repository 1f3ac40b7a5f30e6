"""What a promo code allows, and what it takes off."""
