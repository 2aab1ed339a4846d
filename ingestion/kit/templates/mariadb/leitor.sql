-- O usuário da SENAPPEN no MariaDB (≥ 10.4) ou MySQL (≥ 5.7.6): lê as visões acordadas e mais nada.
-- Só entra pelo endereço dito depois de @. Nasce trancado; ao destrancar, dê-lhe senha (o histórico do cliente guarda
-- o que se digita: rode com  mysql --skip-reconnect  e apague ~/.mysql_history, ou MYSQL_HISTFILE=/dev/null):
--   ALTER USER '$user'@'$address' IDENTIFIED BY '…' ACCOUNT UNLOCK;
-- Regra 5 (pela internet): acrescente REQUIRE SSL antes de WITH.
CREATE USER '$user'@'$address' IDENTIFIED BY '$throwaway'
    WITH MAX_USER_CONNECTIONS $connections ACCOUNT LOCK;
$grants

-- As visões rodam com as permissões de quem as criou (SQL SECURITY DEFINER, o padrão): o usuário não lê as tabelas.
-- Confira que só aparecem USAGE e um SELECT por visão:
SHOW GRANTS FOR '$user'@'$address';
