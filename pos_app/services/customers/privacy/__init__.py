"""All that is known of a person, handed out or erased, wherever it stands."""
