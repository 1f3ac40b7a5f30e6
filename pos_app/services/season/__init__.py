"""Events, performances, prices, ticket types, seats kept back."""
