"""Looking at a database before it is used: is it there, what may this account do."""
