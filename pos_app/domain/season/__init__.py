"""Events, dates, prices, ticket types, seats kept back."""
