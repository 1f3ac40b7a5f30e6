"""One screen for each job; screens never import each other."""
