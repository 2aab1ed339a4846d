-- O usuário da SENAPPEN no Firebird (≥ 3): lê as visões acordadas e mais nada. Rode no isql, como SYSDBA, na base.
-- Nasce inativo. Ative-o com a senha dele:  ALTER USER $user SET PASSWORD '…' ACTIVE;  (até 8 caracteres valem com
-- Legacy_Auth: deixe só Srp256 e Srp em AuthServer, e WireCrypt = Required, no firebird.conf).
CREATE USER $user PASSWORD '$throwaway' INACTIVE;
COMMIT;
$grants

-- O Firebird não limita de onde um usuário vem nem quantas conexões abre: em firebird.conf,
-- RemoteBindAddress = endereço da VPN, e no firewall só $address na porta do banco.
-- A visão lê as tabelas com permissões dela, que o dono de ambas dá (troque as tabelas pelas suas):
$view_rights
COMMIT;
