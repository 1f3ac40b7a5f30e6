"""What a customer may ask of the house: all that it knows of them, and to be forgotten."""
