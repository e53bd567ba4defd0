"""People who sign in: their accounts, sessions, and the door that lets them in."""
