"""How values look outside: messages, invitations and letters, as bytes and text; no network."""
