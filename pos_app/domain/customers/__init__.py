"""Who buys: what is known of a person, how one is found, and what may be asked of one."""
