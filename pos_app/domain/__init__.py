"""The rules of the box office: standard library only, no SQL, no Qt."""
