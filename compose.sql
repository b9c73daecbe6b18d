-- The service's own role is no superuser, so that row-level security binds it.
\set password `echo "$POSTGRES_PASSWORD"`
create role huoyan login password :'password';
create database huoyan owner huoyan;
