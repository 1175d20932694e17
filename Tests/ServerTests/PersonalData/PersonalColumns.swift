/// What every column of the database that can hold text or bytes means for a person.
enum PersonalColumns {
    enum Meaning: String {
        /// About the person: in the export, and gone after the purge.
        case told
        /// The person's secret: not in the export, and gone after the purge.
        case secret
        /// Kept for the sake of work: not in the export, and gone after the purge.
        case passing
        /// Names nobody and tells nothing of anybody, or has a few fixed values.
        case neutral
        /// A team's or a payer's, which outlives its members.
        case others
    }

    static let meanings: [String: Meaning] = {
        var meanings: [String: Meaning] = [:]
        for line in table.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            guard let name = words.first, words.count > 2, let meaning = Meaning(rawValue: words[1]) else { continue }
            for column in words.dropFirst(2) { meanings["\(name).\(column)"] = meaning }
        }
        return meanings
    }()

    static func columns(_ meaning: Meaning) -> [String] {
        meanings.filter { $0.value == meaning }.map(\.key).sorted()
    }

    private static let table = """
        users told email email_key first_name last_name time_zone avatar_url terms_version
        users secret password_hash
        users neutral locale
        sessions told device_name user_agent ip
        sessions secret refresh_hash parent_hash sealed_successor
        sessions neutral revocation_reason
        one_time_tokens told email_key new_email
        one_time_tokens secret hash
        one_time_tokens neutral purpose
        authenticators secret sealed_secret
        recovery_codes secret hash
        api_keys told name prefix
        api_keys secret hash
        api_keys neutral scopes
        identities told provider issuer subject email
        passkeys told name credential_id public_key transports aaguid
        notifications told title body path
        notifications neutral kind
        notification_choices neutral kind channels
        mail_suppressions told email_key detail
        mail_suppressions neutral reason
        audit_personal_data told ip user_agent changes
        audit_personal_data secret origin_salt personal_salt
        audit_seals neutral scope event_hash origin_hash personal_hash hash
        audit_heads neutral scope hash
        audit_events neutral action target_type target_id request_id changes
        data_exports neutral object_key
        jobs passing parameters
        jobs neutral queue name state unique_key last_error
        idempotency_records passing path key sealed_response
        idempotency_records neutral principal method request_hash
        spent_challenges neutral hash
        key_values neutral key value
        schedules neutral name definition
        feature_flags neutral key description rules
        signing_keys neutral key_id sealed_private_key
        master_keys neutral fingerprint
        schema_migrations neutral version name checksum
        teams others name slug address_ranges avatar_url
        team_roles others name permissions
        team_api_keys others name prefix hash former_hash scopes address_ranges last_used_ip
        team_members others role
        resource_grants others resource_type resource_id permission role
        invitations others email email_key role token_hash allowed_domains
        team_domains others domain role challenge mail_token_hash proof
        webhook_endpoints others url name events pause sealed_secret former_sealed_secret
        webhook_deliveries others kind body state response_excerpt failure
        billing_accounts others provider_customer_id
        subscriptions others plan price status provider_subscription_id
        payments others status currency provider_payment_id invoice_id description card_brand card_last4 failure_code
        """
}
