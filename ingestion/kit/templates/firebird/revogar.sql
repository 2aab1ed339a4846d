-- Fim do acordo, ou suspeita de vazamento: a SENAPPEN deixa de entrar. As visões ficam.
ALTER USER $user INACTIVE;
REVOKE ALL ON ALL FROM USER $user;
COMMIT;
DROP USER $user;
COMMIT;
-- Conexões abertas: DELETE FROM MON$$ATTACHMENTS WHERE MON$$USER = UPPER('$user');
