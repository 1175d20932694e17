extension Migration {
    /// Invitations by link, and how each ended.
    static let invitations = Migration(
        id: "20261127_0022", name: "invitations",
        sql: """
            alter table invitations
                alter column email drop not null,
                alter column email_key drop not null,
                add column allowed_domains text[] not null default '{}'
                    constraint invitations_allowed_domains_check check (cardinality(allowed_domains) <= 20),
                add column max_uses integer constraint invitations_max_uses_check check (max_uses between 1 and 1000),
                add column uses integer not null default 0 constraint invitations_uses_check check (uses >= 0),
                add column sent_at timestamptz,
                add column expired_at timestamptz,
                add constraint invitations_one_recipient check ((email is null) = (email_key is null)),
                drop constraint invitations_one_end,
                add constraint invitations_one_end check (
                    num_nonnulls(accepted_at, declined_at, revoked_at, expired_at) <= 1);
            update invitations set sent_at = created_at;
            alter table invitations alter column sent_at set not null;
            comment on column invitations.email is 'The address it was mailed to, as typed; null for a link.';
            comment on column invitations.email_key is 'The same, as in users.email_key.';
            comment on column invitations.allowed_domains is 'Whose addresses may take a link; empty for all.';
            comment on column invitations.max_uses is 'How often a link may be taken; null for any number of times.';
            comment on column invitations.uses is 'How often a link was taken.';
            comment on column invitations.sent_at is 'When its token was made last.';
            comment on column invitations.accepted_at is 'When it was accepted; at most one of the four ends is set.';
            comment on column invitations.expired_at is 'When it was found that its time was over.';

            drop index invitations_pending_key;
            create unique index invitations_open_key on invitations (team_id, email_key)
                where accepted_at is null and declined_at is null and revoked_at is null and expired_at is null;
            create index invitations_list_idx on invitations (team_id, created_at, id);
            create index invitations_expiry_idx on invitations (expires_at);
            create index invitations_receiver_idx on invitations (email_key, expires_at, id);
            drop index invitations_email_idx;
            """)
}
