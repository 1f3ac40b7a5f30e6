"""Letters as they are sent: worded by a template, set as plain text and as HTML, with tickets and a calendar file."""
