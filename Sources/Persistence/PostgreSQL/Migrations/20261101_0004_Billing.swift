extension Migration {
    /// Who pays, for what, and what was paid. The payer comes first in every primary key, as the team does elsewhere.
    static let billing = Migration(
        id: "20261101_0004", name: "billing",
        sql: """
            create table billing_accounts (
                id uuid primary key,
                user_id uuid references users (id),
                team_id uuid references teams (id),
                provider_customer_id text constraint billing_accounts_customer_key unique
                    check (octet_length(provider_customer_id) between 1 and 255),
                created_at timestamptz not null,
                updated_at timestamptz not null,
                version bigint not null check (version > 0),
                constraint billing_accounts_one_payer check (num_nonnulls(user_id, team_id) = 1)
            );
            create unique index billing_accounts_user_key on billing_accounts (user_id) where user_id is not null;
            create unique index billing_accounts_team_key on billing_accounts (team_id) where team_id is not null;

            comment on table billing_accounts is 'Who pays: a person or a team.';
            comment on column billing_accounts.id is 'UUIDv7 made by the application.';
            comment on column billing_accounts.user_id is 'The person who pays; exactly one of the two is set.';
            comment on column billing_accounts.team_id is 'The team that pays.';
            comment on column billing_accounts.provider_customer_id is
                'The customer at the payment provider; null before the first purchase.';
            comment on column billing_accounts.created_at is 'When the account was made.';
            comment on column billing_accounts.updated_at is 'When the account was last changed.';
            comment on column billing_accounts.version is 'Counts changes, for optimistic locking.';

            create table subscriptions (
                billing_account_id uuid not null references billing_accounts (id),
                id uuid not null,
                provider_subscription_id text check (octet_length(provider_subscription_id) between 1 and 255),
                plan text not null check (octet_length(plan) between 1 and 100),
                price text not null check (octet_length(price) between 1 and 100),
                status text not null check (status in (
                    'incomplete', 'incomplete_expired', 'trialing', 'active', 'past_due', 'canceled', 'unpaid',
                    'paused')),
                seats integer not null check (seats > 0),
                current_period_start timestamptz,
                current_period_end timestamptz,
                trial_end timestamptz,
                cancel_at timestamptz,
                cancel_at_period_end boolean not null,
                grace_until timestamptz,
                created_at timestamptz not null,
                updated_at timestamptz not null,
                version bigint not null check (version > 0),
                primary key (billing_account_id, id)
            );
            create unique index subscriptions_live_key on subscriptions (billing_account_id)
                where status not in ('incomplete_expired', 'canceled');
            comment on index subscriptions_live_key is 'One subscription at a time for each payer.';
            -- The payer too, because a partitioned table has no unique index without the column it is partitioned by.
            create unique index subscriptions_provider_key
                on subscriptions (provider_subscription_id, billing_account_id);

            comment on table subscriptions is 'What a payer has subscribed to: a mirror of the provider.';
            comment on column subscriptions.billing_account_id is 'Who pays.';
            comment on column subscriptions.id is 'UUIDv7 made by the application.';
            comment on column subscriptions.provider_subscription_id is
                'The subscription at the payment provider; null before it exists there.';
            comment on column subscriptions.plan is 'The plan in the catalogue, such as pro.';
            comment on column subscriptions.price is 'The price in the catalogue, such as pro_month_eur.';
            comment on column subscriptions.status is 'Where it stands, in the provider''s words.';
            comment on column subscriptions.seats is 'How many seats are paid for.';
            comment on column subscriptions.current_period_start is 'When the paid period began.';
            comment on column subscriptions.current_period_end is 'When the paid period ends.';
            comment on column subscriptions.trial_end is 'When the trial ends; null without one.';
            comment on column subscriptions.cancel_at is 'When it is going to be cancelled; null while not.';
            comment on column subscriptions.cancel_at_period_end is 'Whether it ends with the paid period.';
            comment on column subscriptions.grace_until is 'Until when a failed payment leaves everything as it is.';
            comment on column subscriptions.created_at is 'When it was made.';
            comment on column subscriptions.updated_at is 'When it was last changed.';
            comment on column subscriptions.version is 'Counts changes, for optimistic locking.';

            create table payments (
                billing_account_id uuid not null references billing_accounts (id),
                id uuid not null,
                subscription_id uuid,
                provider_payment_id text check (octet_length(provider_payment_id) between 1 and 255),
                status text not null check (status in ('pending', 'succeeded', 'failed', 'refunded')),
                amount bigint not null check (amount >= 0),
                refunded_amount bigint not null check (refunded_amount between 0 and amount),
                currency char(3) not null check (currency ~ '^[A-Z]{3}$'),
                description text check (octet_length(description) <= 4000),
                invoice_id text check (octet_length(invoice_id) between 1 and 255),
                card_brand text check (octet_length(card_brand) between 1 and 32),
                card_last4 text check (card_last4 ~ '^[0-9]{4}$'),
                failure_code text check (octet_length(failure_code) between 1 and 100),
                created_at timestamptz not null,
                updated_at timestamptz not null,
                primary key (billing_account_id, id),
                foreign key (billing_account_id, subscription_id) references subscriptions (billing_account_id, id)
            );
            create unique index payments_provider_key on payments (provider_payment_id, billing_account_id);
            create index payments_account_idx on payments (billing_account_id, created_at desc, id desc);
            create index payments_subscription_idx on payments (billing_account_id, subscription_id);

            comment on table payments is 'What was paid or tried, kept as long as the law wants.';
            comment on column payments.billing_account_id is 'Who paid.';
            comment on column payments.id is 'UUIDv7 made by the application.';
            comment on column payments.subscription_id is 'What it was for; null for anything but a subscription.';
            comment on column payments.provider_payment_id is 'The payment at the provider.';
            comment on column payments.status is 'Where it stands: pending, succeeded, failed or refunded.';
            comment on column payments.amount is 'In the smallest unit of the currency.';
            comment on column payments.refunded_amount is 'How much of it was given back.';
            comment on column payments.currency is 'ISO 4217, such as EUR.';
            comment on column payments.description is 'What the payer reads.';
            comment on column payments.invoice_id is 'The invoice at the provider.';
            comment on column payments.card_brand is 'Whose card it was; null for other means.';
            comment on column payments.card_last4 is 'The last four digits of the card.';
            comment on column payments.failure_code is 'Why it failed, in the provider''s words.';
            comment on column payments.created_at is 'When it was made.';
            comment on column payments.updated_at is 'When it was last changed.';

            alter table billing_accounts enable row level security;
            alter table subscriptions enable row level security;
            alter table payments enable row level security;

            create policy system on billing_accounts to plinth_system using (true) with check (true);
            create policy system on subscriptions to plinth_system using (true) with check (true);
            create policy system on payments to plinth_system using (true) with check (true);

            -- Money is written by the provider's events only, in the scope of the system.
            create policy team on billing_accounts for select to plinth_app using (team_id = scope_team_id());
            create policy own on billing_accounts for select to plinth_app
                using (scope_team_id() is null and user_id = scope_user_id());
            create policy payer on subscriptions for select to plinth_app
                using (billing_account_id in (select id from billing_accounts));
            create policy payer on payments for select to plinth_app
                using (billing_account_id in (select id from billing_accounts));

            grant select, insert, update, delete on billing_accounts, subscriptions, payments to plinth_system;
            grant select on billing_accounts, subscriptions, payments to plinth_app;
            """)
}
