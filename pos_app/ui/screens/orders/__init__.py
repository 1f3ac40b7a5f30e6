"""The order desk: any order of the house is found, looked at, and changed."""
