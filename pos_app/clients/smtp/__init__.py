"""Mail servers: the line to one, the words of the dialogue, and what the answers mean."""
