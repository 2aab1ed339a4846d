"""The access request (*solicitação de acesso*): asked, checked, decided, and the account it leads to."""
