"""The last orders of the till: look, print anew, take back."""
