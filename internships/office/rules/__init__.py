"""The rules for people: how we decide, and the bench on which the office tries them."""
