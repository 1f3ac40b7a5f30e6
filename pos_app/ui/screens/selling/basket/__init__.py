"""The seats held for one customer: their time, their prices, giving them back."""
