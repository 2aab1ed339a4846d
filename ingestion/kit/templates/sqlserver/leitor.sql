-- O usuário da SENAPPEN no SQL Server (≥ 2016 SP1): lê as visões acordadas e mais nada. Nunca rodado num servidor por
-- nós: ensaie antes. Nasce desabilitado; no SSMS dê-lhe senha e habilite, ou:
--   ALTER LOGIN $user WITH PASSWORD = '…'; ALTER LOGIN $user ENABLE;
USE master
GO
CREATE LOGIN $user WITH PASSWORD = '$throwaway', DEFAULT_DATABASE = $database, CHECK_POLICY = ON;
GO
ALTER LOGIN $user DISABLE;
GO
USE $database
GO
CREATE USER $user FOR LOGIN $user;
GO
$grants

-- O esquema $schema e as tabelas devem ter o mesmo dono, para a visão ler as tabelas sem que o usuário as leia.
-- Retrato consistente durante a leitura, sem bloquear quem grava:
--   ALTER DATABASE $database SET ALLOW_SNAPSHOT_ISOLATION ON;
-- De onde pode vir: no firewall do servidor, a porta do banco só para $address.
