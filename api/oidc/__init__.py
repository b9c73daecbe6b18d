"""Log-in by an OpenID provider: authorisation code with PKCE."""
