"""One pane for each way to pay."""
