"""Letters to customers: what they are, what they tell, and what becomes of them."""
