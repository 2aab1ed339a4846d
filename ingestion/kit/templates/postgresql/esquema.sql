-- O esquema só das visões. O usuário da SENAPPEN não vê nenhum outro.
CREATE SCHEMA IF NOT EXISTS $schema;
