"""Who asks for, approves and answers for which profiles (Portaria MJSP 218/2021, arts. 11, 17–19 and 26–27), as code.

`policy` decides by it. The *ponto focal* answers for the agency; the *gestor regional* for those who consult; the
central body alone admits whoever watches an agency or reaches beyond it.
"""

from typing import Final

from credentialing.roles import Role

_OF_THE_AGENCY: Final = frozenset({Role.STATISTICIAN, Role.AGENT})
_BEYOND_IT: Final = frozenset({Role.STATE_TECHNICIAN, Role.IDENTITY_REVIEWER})
_AT_ITS_HEAD: Final = frozenset({Role.FOCAL_POINT, Role.CORREGEDOR})
_MANAGERS: Final = frozenset({Role.REGIONAL_MANAGER})
_NOBODY: Final = frozenset[Role]()

# The requester's profile → the profiles that may be asked for.
ASKS: Final[dict[Role, frozenset[Role]]] = {
    Role.FOCAL_POINT: _AT_ITS_HEAD | _MANAGERS | _BEYOND_IT | _OF_THE_AGENCY,
    Role.REGIONAL_MANAGER: _MANAGERS | _OF_THE_AGENCY,
}
# The decider's profile → the profiles of the requests they decide, never their own. An agency's first gestor, for whom
# only its ponto focal can ask, is decided by the central body.
DECIDES: Final[dict[Role, frozenset[Role]]] = {
    Role.GENERAL_ADMIN: _AT_ITS_HEAD | _MANAGERS | _BEYOND_IT,
    Role.FOCAL_POINT: _MANAGERS | _OF_THE_AGENCY,
    Role.REGIONAL_MANAGER: _OF_THE_AGENCY,
}
# Whose accounts a profile ends, opens again, narrows and gives a new first access.
MANAGES: Final[dict[Role, frozenset[Role]]] = {
    Role.GENERAL_ADMIN: frozenset(Role),
    Role.FOCAL_POINT: _MANAGERS | _BEYOND_IT | _OF_THE_AGENCY,
    Role.REGIONAL_MANAGER: _OF_THE_AGENCY,
}
# Whom a profile attests once a year (*prova de vida*): the ponto focal everybody but the agency's head.
ATTESTS: Final[dict[Role, frozenset[Role]]] = {
    Role.GENERAL_ADMIN: frozenset(Role),
    Role.FOCAL_POINT: _MANAGERS | _BEYOND_IT | _OF_THE_AGENCY,
}


def among(table: dict[Role, frozenset[Role]], holder: str) -> frozenset[Role]:
    """The profiles that a profile reaches by one of the tables."""
    return table.get(Role(holder), _NOBODY)
