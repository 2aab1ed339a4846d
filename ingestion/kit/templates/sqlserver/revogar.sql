-- Fim do acordo, ou suspeita de vazamento: a SENAPPEN deixa de entrar. As visões ficam. Nunca rodado por nós.
ALTER LOGIN $user DISABLE;
GO
-- Sessões abertas: SELECT session_id FROM sys.dm_exec_sessions WHERE login_name = '$user', e KILL em cada uma.
USE $database
GO
DROP USER $user;
GO
USE master
GO
DROP LOGIN $user;
GO
