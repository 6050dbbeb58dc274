"""Pages of officials: sign-in, inbox, one appeal, supervision, administration."""
