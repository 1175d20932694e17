extension Migration {
    /// What administrators look for, and who lost a second factor by one of them.
    static let administration = Migration(
        id: "20261127_0021", name: "administration",
        sql: """
            alter table users add column second_factor_reset_at timestamptz;
            comment on column users.second_factor_reset_at is
                'When an administrator took the second factors away; null once signed in by something else than a mail.';

            create index users_created_idx on users (created_at desc, id desc);
            create index users_suspended_idx on users (created_at desc, id desc)
                where suspended_at is not null;
            create index users_leaving_idx on users (created_at desc, id desc)
                where deleted_at is not null and purged_at is null;
            -- By the bytes, whatever the database's collation is.
            create index users_address_idx on users (email_key collate "C");

            create index audit_events_actor_idx on audit_events (actor_id, created_at desc, id desc)
                where actor_id is not null;
            create index audit_events_action_idx on audit_events (action, created_at desc, id desc);
            """)
}
