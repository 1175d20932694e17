extension Migration {
    /// Sessions in which an administrator acts in somebody else's name.
    static let impersonation = Migration(
        id: "20261127_0017", name: "impersonation",
        sql: """
            alter table sessions
                add column impersonator_id uuid references users (id) on delete cascade;
            comment on column sessions.impersonator_id is
                'The administrator who acts in the name of user_id; null for the person''s own.';
            -- Not apart from the column: no row has one yet, so that the index is made in one look at the table.
            create index sessions_impersonator_idx on sessions (impersonator_id) where impersonator_id is not null;

            -- Whoever acts as somebody else may see that session and end it, by whatever ends the own ones, but in the own
            -- scope neither make one nor prolong it.
            create policy acting on sessions for select to plinth_app
                using (impersonator_id = scope_user_id());
            create policy ending on sessions for update to plinth_app
                using (impersonator_id = scope_user_id())
                with check (impersonator_id = scope_user_id() and revoked_at is not null);
            """)
}
