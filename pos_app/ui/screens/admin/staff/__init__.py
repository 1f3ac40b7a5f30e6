"""Staff: accounts, roles, passwords and PINs, and who signed in when."""
