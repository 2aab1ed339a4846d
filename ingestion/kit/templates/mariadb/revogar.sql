-- Fim do acordo, ou suspeita de vazamento: a SENAPPEN deixa de entrar. As visões ficam.
ALTER USER '$user'@'$address' ACCOUNT LOCK;
DROP USER '$user'@'$address';
-- Conexões abertas continuam até se fecharem: SHOW PROCESSLIST e KILL nas de $user.
