"""The closed list of profiles (Portaria MJSP 218/2021, art. 4 X–XIV) and what each may do, as code.

A person holds exactly one profile (art. 26 §1). Managers do not consult people: a profile that manages accounts
and one that searches are never the same person's.
"""

from enum import StrEnum


class Permission(StrEnum):
    """What a profile may be allowed to do. The values are Django permission names (`app.codename`)."""

    CONSULT_PEOPLE = "consulta.consult_people"
    SEE_LAWYERS = "consulta.see_lawyers"
    SEE_FACTION = "consulta.see_faction"
    REVIEW_IDENTITY = "consulta.review_identity"
    APPROVE_REQUESTS = "consulta.approve_requests"
    BREAK_GLASS = "consulta.break_glass"
    REVIEW_EXCEPTIONAL = "consulta.review_exceptional"
    JUDGE_MISUSE = "oversight.judge_misuse"
    JUDGE_OVERSEERS = "oversight.judge_overseers"
    CONFIRM_EXPLANATIONS = "oversight.confirm_explanations"
    KEEP_SEALS = "consulta.keep_seals"
    REQUEST_SEALS = "consulta.request_seals"
    SEE_STATISTICS = "consulta.see_statistics"
    SIGN_STATISTICS = "consulta.sign_statistics"
    READ_OWN_AUDIT = "audit.read_own"
    READ_AGENCY_AUDIT = "audit.read_agency"
    READ_ALL_AUDIT = "audit.read_all"
    MANAGE_AGENCIES = "credentialing.manage_agencies"
    MANAGE_USERS = "credentialing.manage_users"
    REQUEST_ACCESS = "credentialing.request_access"
    DECIDE_ACCESS = "credentialing.decide_access"
    MANAGE_PEOPLE = "credentialing.manage_people"
    SEE_AGENCY = "credentialing.see_agency"
    MANAGE_SOURCES = "ingestion.manage_sources"
    REVIEW_QUARANTINE = "ingestion.review_quarantine"
    SEE_CONNECTORS = "ingestion.see_connectors"


class Role(StrEnum):
    """The profiles. The value is stored; `LABELS` has the words users see."""

    GENERAL_ADMIN = "general_admin"
    FOCAL_POINT = "focal_point"
    CORREGEDOR = "corregedor"
    REGIONAL_MANAGER = "regional_manager"
    STATE_TECHNICIAN = "state_technician"
    IDENTITY_REVIEWER = "identity_reviewer"
    STATISTICIAN = "statistician"
    AGENT = "agent"


LABELS: dict[Role, str] = {
    Role.GENERAL_ADMIN: "Administração geral",
    Role.FOCAL_POINT: "Ponto focal",
    Role.CORREGEDOR: "Corregedor",
    Role.REGIONAL_MANAGER: "Gestor regional",
    Role.STATE_TECHNICIAN: "Técnico estadual",
    Role.IDENTITY_REVIEWER: "Revisor de identidade",
    Role.STATISTICIAN: "Estatístico",
    Role.AGENT: "Usuário",
}

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.GENERAL_ADMIN: frozenset(
        {
            Permission.READ_OWN_AUDIT,
            Permission.READ_ALL_AUDIT,
            Permission.JUDGE_OVERSEERS,
            Permission.MANAGE_AGENCIES,
            Permission.MANAGE_USERS,
            Permission.DECIDE_ACCESS,
            Permission.MANAGE_PEOPLE,
            Permission.MANAGE_SOURCES,
            Permission.REVIEW_QUARANTINE,
            Permission.SEE_CONNECTORS,
            Permission.SEE_STATISTICS,
            # Orders and lifts without seeing whom: the desk shows the id of the profile, and nothing of the person.
            Permission.KEEP_SEALS,
        }
    ),
    # Whom they ask for, decide on and answer for is `credentialing.delegation`'s.
    Role.FOCAL_POINT: frozenset(
        {
            Permission.READ_OWN_AUDIT,
            Permission.CONFIRM_EXPLANATIONS,
            Permission.REQUEST_ACCESS,
            Permission.DECIDE_ACCESS,
            Permission.MANAGE_PEOPLE,
            Permission.SEE_AGENCY,
            # Of somebody whose document the agency was told: they see nobody, and the answer tells of nobody.
            Permission.REQUEST_SEALS,
        }
    ),
    Role.CORREGEDOR: frozenset(
        {
            Permission.READ_OWN_AUDIT,
            Permission.READ_AGENCY_AUDIT,
            Permission.REVIEW_EXCEPTIONAL,
            Permission.JUDGE_MISUSE,
            Permission.SEE_AGENCY,
        }
    ),
    # The second person: consults nobody, and decides by reason and basis on what the agents of the same agency ask.
    Role.REGIONAL_MANAGER: frozenset(
        {
            Permission.READ_OWN_AUDIT,
            Permission.APPROVE_REQUESTS,
            Permission.CONFIRM_EXPLANATIONS,
            Permission.SEE_STATISTICS,
            Permission.REQUEST_ACCESS,
            Permission.DECIDE_ACCESS,
            Permission.MANAGE_PEOPLE,
        }
    ),
    # Only the origins of the agency's state (`ingestion.screens.access`).
    Role.STATE_TECHNICIAN: frozenset(
        {Permission.READ_OWN_AUDIT, Permission.SEE_CONNECTORS, Permission.REVIEW_QUARANTINE}
    ),
    # A profile apart from the agent's: whoever decides that two people are one does it as their work, not in the
    # course of an inquiry into one of them. Sees lawyers, since their registrations are judged like everybody's, and
    # a prisoner who is a lawyer elsewhere cannot be judged half seen; not factions, which identify nobody.
    Role.IDENTITY_REVIEWER: frozenset(
        {
            Permission.READ_OWN_AUDIT,
            Permission.CONSULT_PEOPLE,
            Permission.SEE_LAWYERS,
            Permission.REVIEW_IDENTITY,
        }
    ),
    # Sees numbers, never a person: small counts are left out of what is shown (registry.figures.disclosure), but for
    # the form of the agency's own state, which nobody could sign for unseen.
    Role.STATISTICIAN: frozenset({Permission.READ_OWN_AUDIT, Permission.SEE_STATISTICS, Permission.SIGN_STATISTICS}),
    Role.AGENT: frozenset(
        {
            Permission.READ_OWN_AUDIT,
            Permission.CONSULT_PEOPLE,
            Permission.SEE_LAWYERS,
            Permission.BREAK_GLASS,
            Permission.REQUEST_SEALS,
            Permission.SEE_STATISTICS,
        }
    ),
}
