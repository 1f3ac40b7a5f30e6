"""Transaction, remote, transaction: what must also talk to a printer, a gateway or a mail server."""
