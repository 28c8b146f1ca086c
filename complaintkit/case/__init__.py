"""The case: a complaint as it stands, the entries it is made of, and the actions that lead to them."""
