"""Taking money: cash with change, a card on the terminal beside the till, or nothing to pay."""
