-- Fim do acordo, ou suspeita de vazamento: a SENAPPEN deixa de entrar. As visões ficam. Nunca rodado por nós.
ALTER USER $user ACCOUNT LOCK;
-- Sessões abertas: SELECT sid, serial# FROM v$$session WHERE username = UPPER('$user'), e em cada uma
--   ALTER SYSTEM KILL SESSION 'sid,serial#' IMMEDIATE;
DROP USER $user;
DROP PROFILE ${user}_perfil;
