"""What a ticket shows, and the papers it is set on."""
