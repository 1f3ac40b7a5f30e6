"""All that is known of a customer, to be handed out: for machines as JSON, for people as PDF."""
