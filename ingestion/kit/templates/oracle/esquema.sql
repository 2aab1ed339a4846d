-- O esquema só das visões: um usuário trancado, que ninguém usa para entrar. Nunca rodado por nós.
CREATE USER $schema IDENTIFIED BY "$throwaway" ACCOUNT LOCK;
GRANT CREATE VIEW TO $schema;
-- As visões leem as tabelas por ele, que por isso precisa repassar: uma linha por tabela que elas usem.
-- GRANT SELECT ON $tables.preso TO $schema WITH GRANT OPTION;
