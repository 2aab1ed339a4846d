-- O usuário da SENAPPEN no Oracle (≥ 12.1): lê as visões acordadas e mais nada. Nunca rodado num servidor por nós:
-- ensaie antes. Nasce trancado; dê-lhe senha no SQL*Plus, sem que apareça (password $user), e então
--   ALTER USER $user ACCOUNT UNLOCK;
CREATE PROFILE ${user}_perfil LIMIT SESSIONS_PER_USER $connections FAILED_LOGIN_ATTEMPTS 10;
CREATE USER $user IDENTIFIED BY "$throwaway" PROFILE ${user}_perfil ACCOUNT LOCK;
GRANT CREATE SESSION TO $user;
$grants

-- SESSIONS_PER_USER só vale com RESOURCE_LIMIT = TRUE (o padrão desde a 12.1.0.2).
-- READ, diferente de SELECT, não deixa trancar linhas (SELECT … FOR UPDATE).
-- De onde pode vir: em sqlnet.ora do servidor, tcp.validnode_checking = yes e tcp.invited_nodes = (…, $address).
