extension Migration {
    /// What a mailed token needs to know when it comes back, and which terms people agreed to when.
    static let mailedLinks = Migration(
        id: "20261127_0012", name: "mailed links",
        sql: """
            alter table one_time_tokens
                add column new_email text check (octet_length(new_email) between 3 and 254),
                add column session_id uuid;
            comment on column one_time_tokens.new_email is
                'The address as typed that the account gets by it; null where it changes none.';
            comment on column one_time_tokens.session_id is
                'The session that asked for it and outlives the change; it may be gone since.';

            alter table users add column terms_agreed_at timestamptz;
            comment on column users.terms_agreed_at is 'When terms_version was agreed to.';
            update users set terms_agreed_at = created_at where terms_version is not null;
            """)
}
