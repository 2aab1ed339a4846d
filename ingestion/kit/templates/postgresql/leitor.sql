-- O usuário da SENAPPEN no PostgreSQL: lê as visões acordadas e mais nada. Rode como administrador, na base das visões.
-- Nasce sem senha, e sem senha não entra. Dê-lhe uma no fim, no psql, sem que ela apareça:  \password $user
CREATE ROLE $user LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION NOBYPASSRLS
    CONNECTION LIMIT $connections PASSWORD NULL;
ALTER ROLE $user SET default_transaction_read_only = on;
ALTER ROLE $user SET idle_in_transaction_session_timeout = '1h';
ALTER ROLE $user SET search_path = $schema;
GRANT CONNECT ON DATABASE $database TO $user;
GRANT USAGE ON SCHEMA $schema TO $user;
$grants

-- Até o PostgreSQL 14 qualquer usuário cria tabelas no esquema public; nenhum precisa:
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
-- Conferir com os donos de outros sistemas antes de rodar, porque valem para todos os usuários da base:
-- REVOKE TEMPORARY ON DATABASE $database FROM PUBLIC;
-- REVOKE CONNECT ON DATABASE outra_base FROM PUBLIC;   -- uma linha por outra base do mesmo servidor

-- De onde pode vir. Em pg_hba.conf, acima das linhas gerais, e depois SELECT pg_reload_conf():
--   hostssl  $database  $user  $address/32  scram-sha-256
--   host     all  $user  0.0.0.0/0  reject
--   host     all  $user  ::/0       reject
-- Sem TLS no servidor e só pela VPN (regra 1), troque hostssl por host. Na regra 5, nunca.
