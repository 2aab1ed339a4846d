-- Fim do acordo, ou suspeita de vazamento: a SENAPPEN deixa de entrar. As visões ficam.
ALTER ROLE $user NOLOGIN;
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '$user';
DROP OWNED BY $user;
REVOKE CONNECT ON DATABASE $database FROM $user;
DROP ROLE $user;
-- Depois, apague as linhas dele em pg_hba.conf e rode SELECT pg_reload_conf().
