"""What lies on this computer: settings, secrets, who this till is, files and what it remembers."""
