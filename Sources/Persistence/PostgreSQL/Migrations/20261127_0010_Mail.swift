extension Migration {
    /// Mails get a queue of their own, and addresses that are not written to a table.
    static let mail = Migration(
        id: "20261127_0010", name: "mail",
        sql: """
            create table mail_suppressions (
                email_key text primary key check (octet_length(email_key) between 3 and 512),
                reason text not null check (reason in ('bounce', 'complaint')),
                detail text not null check (octet_length(detail) <= 500),
                occurred_at timestamptz not null,
                lifted_at timestamptz
            );

            comment on table mail_suppressions is 'Addresses that are not written to until they are proven anew.';
            comment on column mail_suppressions.email_key is 'The address, as users.email_key has it.';
            comment on column mail_suppressions.reason is 'bounce: there is no such mailbox; complaint: called spam.';
            comment on column mail_suppressions.detail is 'What the other side said.';
            comment on column mail_suppressions.occurred_at is 'When it did, as it says.';
            comment on column mail_suppressions.lifted_at is 'When the address was proven anew; null while suppressed.';

            alter table mail_suppressions enable row level security;
            create policy system on mail_suppressions to plinth_system using (true) with check (true);
            grant select, insert, update, delete on mail_suppressions to plinth_system;

            -- Mails queued before there was a queue for them, in the form that they have now.
            update jobs
            set queue = 'mail',
                parameters = parameters - 'token_hash' || jsonb_build_object(
                    'values', case parameters ->> 'kind'
                        when 'verify_email' then '{"hours": "24"}'::jsonb
                        else '{}'::jsonb
                    end,
                    'path', case parameters ->> 'kind'
                        when 'verify_email' then '/verify-email'
                        when 'already_registered' then '/login'
                        else '/settings/sessions'
                    end)
                || case
                    when parameters ? 'token_hash' then jsonb_build_object(
                        'token', jsonb_build_object('purpose', 'verify_email', 'hash', parameters -> 'token_hash'))
                    else '{}'::jsonb
                end
            where name = 'mail.send' and queue = 'default' and parameters ? 'kind' and not parameters ? 'path';
            """)
}
