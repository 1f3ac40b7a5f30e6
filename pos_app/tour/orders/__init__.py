"""The tour of the order desk: what happens to orders after they are sold."""
