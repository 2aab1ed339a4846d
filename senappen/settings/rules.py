"""What the central body may set otherwise without anybody programming: thresholds, terms and limits."""

from senappen import env

# Match weights (log2 of the odds): a pair joins at JOIN, stays joined down to KEEP, is shown to a human from REVIEW on;
# docs/matching.md has what each costs in wrong and in missed persons.
MATCHING_JOIN = env.integer("MATCHING_JOIN", 8)
MATCHING_KEEP = env.integer("MATCHING_KEEP", 5)
MATCHING_REVIEW = env.integer("MATCHING_REVIEW", -2, least=-30)
# What DuckDB may hold in memory, and how many processors it may use, while it scores the pairs of a load, in a process
# of its own. The other processors are for whoever asks meanwhile.
MATCHING_MEMORY = env.text("MATCHING_MEMORY", "1GiB")
MATCHING_THREADS = env.integer("MATCHING_THREADS", 1, least=1)
# The same for the dry run of a model, which looks at the whole base.
MATCHING_RELINK_MEMORY = env.text("MATCHING_RELINK_MEMORY", "4GiB")

# Duplicatas: how long a reviewer has a pair in hand, and how long a vote may be taken back.
REVIEW_CLAIM_MINUTES = env.integer("REVIEW_CLAIM_MINUTES", 10, least=1)
REVIEW_UNDO_MINUTES = env.integer("REVIEW_UNDO_MINUTES", 10, least=1)
# Settled pairs judged again, blind: of each band of weights this many in a thousand, at least LEAST where there are so
# many, at most MOST more at a time. Another seed draws another sample.
REVIEW_SAMPLE_PER_MILLE = env.integer("REVIEW_SAMPLE_PER_MILLE", 5)
REVIEW_SAMPLE_LEAST = env.integer("REVIEW_SAMPLE_LEAST", 30)
REVIEW_SAMPLE_MOST = env.integer("REVIEW_SAMPLE_MOST", 20)
REVIEW_SAMPLE_SEED = env.text("REVIEW_SAMPLE_SEED", "1")

# Accounts: days without use until one is closed, and how long before its owner is told; days until the agency attests
# each again, and how long before that it is asked to; hours a first access is good for.
IDLE_DAYS = env.integer("IDLE_DAYS", 90, least=1)
IDLE_WARNING_DAYS = env.integer("IDLE_WARNING_DAYS", 15)
ATTEST_DAYS = env.integer("ATTEST_DAYS", 365, least=1)
ATTEST_WARNING_DAYS = env.integer("ATTEST_WARNING_DAYS", 30)
FIRST_ACCESS_HOURS = env.integer("FIRST_ACCESS_HOURS", 72, least=1)
# The conduct check of access requests: a web service. Without an address every request waits.
CONDUCT_URL = env.text("CONDUCT_URL", "")
CONDUCT_SERVICE = f"credentialing.requests.{'http_conduct.HttpConduct' if CONDUCT_URL else 'conduct.Unset'}"
CONDUCT_TOKEN = env.text("CONDUCT_TOKEN", "")
CONDUCT_TIMEOUT = env.integer("CONDUCT_TIMEOUT", 10, least=1)
CONDUCT_CA_FILE = env.file("CONDUCT_CA_FILE")
CONDUCT_CERT_FILE = env.file("CONDUCT_CERT_FILE")
# Whether it may speak plain http, on this very machine: only where the service is played here.
CONDUCT_PLAIN = False
# The list of breached passwords (SHA-1 in hexadecimal and a count a line, in order, as Have I Been Pwned gives it).
BREACHED_PASSWORDS_FILE = env.file("BREACHED_PASSWORDS_FILE")

# How many consultations one person, and one agency, may make; 0 is no limit (consulta.limits).
CONSULT_LIMITS = {
    "minute": env.integer("CONSULT_LIMIT_MINUTE", 120),
    "hour": env.integer("CONSULT_LIMIT_HOUR", 1_500),
    "day": env.integer("CONSULT_LIMIT_DAY", 5_000),
}
CONSULT_LIMITS_AGENCY = {
    "minute": env.integer("CONSULT_LIMIT_AGENCY_MINUTE", 1_200),
    "hour": env.integer("CONSULT_LIMIT_AGENCY_HOUR", 20_000),
    "day": env.integer("CONSULT_LIMIT_AGENCY_DAY", 100_000),
}

# Whether the rhythm of consultations is watched, and a program slowed, challenged and frozen (consulta.pace).
PACE_WATCH = env.boolean("PACE_WATCH", default=True)
# Days somebody has to explain an alert, and a superior to confirm it, before the corregedor decides without.
EXPLANATION_DAYS = env.integer("EXPLANATION_DAYS", 5, least=1)

# The reverse proxy that verified a system's certificate proves itself by this; without it no certificate counts.
PROXY_SECRET = env.text("PROXY_SECRET", "")
# Whether a person's token is good only beside the certificate of their agency (credentialing.clients).
API_NEEDS_AGENCY_KEY = env.boolean("API_NEEDS_AGENCY_KEY", default=False)
# Calls with a certificate and without a person, within a minute, that freeze it; calls of all its people, in sum.
KEY_REFUSALS_MINUTE = env.integer("KEY_REFUSALS_MINUTE", 60, least=1)
KEY_LIMITS = {
    "minute": env.integer("KEY_LIMIT_MINUTE", 1_200),
    "hour": env.integer("KEY_LIMIT_HOUR", 20_000),
    "day": env.integer("KEY_LIMIT_DAY", 100_000),
}

# Persons one may export alone, and for how long a second person's approval of more is good.
EXPORT_ROWS = env.integer("EXPORT_ROWS", 200)
EXPORT_HOURS = env.integer("EXPORT_HOURS", 48, least=1)
