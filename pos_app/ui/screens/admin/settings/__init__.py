"""The house: organisation, currency, fees, hold length, language, and the look of the tickets."""
