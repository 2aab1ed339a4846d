-- A base só das visões (no MariaDB, esquema e base são o mesmo). O usuário da SENAPPEN não vê nenhuma outra.
CREATE DATABASE IF NOT EXISTS $schema;
