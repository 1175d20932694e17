import Core
public import Persistence

/// Brings everything that is sealed under the first master key, so that those after it can be taken off the list.
public struct Resealing: Sendable {
    /// Rows that are read at a time.
    private static let batch = 500

    /// How much was sealed anew.
    public struct Report: Sendable, Equatable {
        public let signingKeys: Int
        public let authenticators: Int
        /// Endpoints of webhooks.
        public let webhooks: Int
    }

    private let accounts: Accounts
    private let ring: SigningKeyRing
    private let database: any Database

    public init(accounts: Accounts, ring: SigningKeyRing, database: any Database) {
        self.accounts = accounts
        self.ring = ring
        self.database = database
    }

    /// Seals all of it anew. May be interrupted and run again, while servers that know both keys go on.
    /// - Throws: `MasterKeys.SealProblem` for what no key on the list opens; `DatabaseError`.
    public func run() async throws -> Report {
        let report = Report(
            signingKeys: try await ring.reseal(), authenticators: try await authenticators(),
            webhooks: try await webhooks())
        // Last, when nothing needs another key any more.
        try await database.scoped(.system).sealedKeys
            .replaceMasterKeys(fingerprint: accounts.keys.fingerprint, at: accounts.time.now())
        return report
    }

    private func authenticators() async throws -> Int {
        let factors = database.scoped(.system).secondFactors
        var (count, last) = (0, ID<User>?.none)
        while true {
            let page = try await factors.authenticators(after: last, limit: Self.batch)
            for (user, authenticator) in page {
                let new = try accounts.keys.resealed(
                    authenticator.sealedSecret, context: Accounts.sealContext(of: user))
                guard let new else { continue }
                if try await factors.resealAuthenticator(of: user, from: authenticator.sealedSecret, to: new) {
                    count += 1
                }
            }
            guard page.count == Self.batch, let user = page.last?.user else { return count }
            last = user
        }
    }

    private func webhooks() async throws -> Int {
        let endpoints = database.scoped(.system).webhookEndpoints
        var (count, last) = (0, WebhookSecretRow?.none)
        while true {
            let page = try await endpoints.secrets(after: last, limit: Self.batch)
            for row in page {
                guard let new = try resealed(row) else { continue }
                if try await endpoints.resealSecrets(from: row, to: new) { count += 1 }
            }
            guard page.count == Self.batch, let row = page.last else { return count }
            last = row
        }
    }

    /// Nil where both secrets are under the first key.
    private func resealed(_ row: WebhookSecretRow) throws -> SealedWebhookSecrets? {
        let context = WebhookEndpoint.sealContext(of: row.endpointID)
        let current = try accounts.keys.resealed(row.secrets.current, context: context)
        let former =
            try row.secrets.former.map { former in
                try accounts.keys.resealed(former.sealed, context: context).map {
                    SealedWebhookSecrets.Former(sealed: $0, until: former.until)
                }
            } ?? nil
        guard current != nil || former != nil else { return nil }
        return SealedWebhookSecrets(current: current ?? row.secrets.current, former: former ?? row.secrets.former)
    }
}
