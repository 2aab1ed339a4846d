"""Passkeys (*chaves de acesso*): a second factor beside the authenticator application, never instead of it."""
