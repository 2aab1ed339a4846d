-- O esquema só das visões, com o dono das tabelas (confira qual é). Nunca rodado por nós.
USE $database
GO
CREATE SCHEMA $schema AUTHORIZATION dbo;
GO
