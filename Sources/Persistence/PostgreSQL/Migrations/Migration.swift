import Core
import Crypto

/// One step of the schema. Once it has been applied somewhere its text never changes: what is wrong with it is put
/// right by the next one.
///
/// A step must leave the release before it working: it adds first, and what became useless goes a release later.
public struct Migration: Sendable {
    /// Whose rights it runs with.
    enum Role: Sendable {
        /// The login's: for what concerns roles.
        case login
        /// `plinth_owner`'s, who owns all tables.
        case owner
    }

    /// A date and a number, such as `20261101_0001`: the order of the steps.
    public let id: String
    public let name: String
    /// The statements; exactly one where not ``transactional``.
    let sql: String
    let role: Role
    /// Whether it runs in a transaction. A statement that can't (`create index concurrently if not exists`) must do no
    /// harm when it is run again after having been interrupted.
    let transactional: Bool

    init(id: String, name: String, role: Role = .owner, sql: String, transactional: Bool = true) {
        self.id = id
        self.name = name
        self.sql = sql
        self.role = role
        self.transactional = transactional
    }

    /// SHA-256 of the statements in hexadecimal.
    var checksum: String {
        HexDigits.encode(SHA256.hash(data: Array(sql.utf8)))
    }
}

extension Migration {
    /// All steps in their order.
    static let all: [Migration] = [
        rolesAndSettings, accounts, teams, billing, audit, jobsAndIdempotency, keyValues, keys, jobQueues, mail,
        notifications, mailedLinks, secondFactors, apiKeys, identitiesAndPasskeys, personalData, impersonation,
        teamRoles, auditSeals, webhooks, administration, invitations,
        teamAPIKeys, teamDomains, resourceGrants, flagsAndTeamSearch, memberPolicies,
    ]
}
