extension Migration {
    /// The three roles, what they may do in the schema, and the time-outs of the login.
    ///
    /// The roles exist once for the whole cluster, so each step finds out first whether a neighbouring database has
    /// done it. An operator whose login may not create roles makes the three beforehand and grants them to it.
    static let rolesAndSettings = Migration(
        id: "20261101_0001", name: "roles and settings", role: .login,
        sql: """
            do $$
            declare
                wanted text;
                -- From 16 on, whoever creates a role is a member of it but may not become it without a grant.
                right_to_become text := case
                    when current_setting('server_version_num')::int >= 160000 then 'set' else 'member' end;
            begin
                foreach wanted in array array['plinth_owner', 'plinth_app', 'plinth_system'] loop
                    if not exists (select from pg_roles where rolname = wanted) then
                        begin
                            execute format('create role %I nologin', wanted);
                        exception
                            when duplicate_object or unique_violation then null;
                        end;
                    end if;
                    if not pg_has_role(current_user, wanted, right_to_become) then
                        begin
                            execute format('grant %I to %I', wanted, current_user);
                        exception
                            when unique_violation then null;
                        end;
                    end if;
                end loop;
            end
            $$;

            revoke create on schema public from public;
            grant create, usage on schema public to plinth_owner;
            grant usage on schema public to plinth_app, plinth_system;
            -- So that every login with these roles can migrate, not only the first.
            alter table schema_migrations owner to plinth_owner;

            -- On the login, because PgBouncer refuses the `options` parameter, and a role that is merely
            -- set brings no settings along.
            do $$
            declare
                setting record;
            begin
                for setting in
                    select name, value
                    from (values
                        ('statement_timeout', '5s'),
                        ('lock_timeout', '2s'),
                        ('idle_in_transaction_session_timeout', '10s')
                    ) as settings (name, value)
                loop
                    execute format(
                        'alter role %I in database %I set %I = %L',
                        current_user, current_database(), setting.name, setting.value);
                end loop;
            end
            $$;
            """)
}
