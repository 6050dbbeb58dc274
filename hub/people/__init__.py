"""Citizens and their addresses, consent, officials, memberships, sessions and who may see what."""
