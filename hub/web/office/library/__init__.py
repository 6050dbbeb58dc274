"""The stored library on the web: for editors, and to read for those who answer for it."""
