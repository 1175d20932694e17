import Core
import Persistence

/// Only the system may ask for suppressions.
struct InMemoryMailSuppressions: MailSuppressionRepository {
    let scope: Scope
    let access: any TableAccess

    func find(emailKey: String) async throws -> MailSuppression? {
        try await access.read { tables in
            try Scope.require(scope.isSystem)
            guard let row = tables.mailSuppressions[emailKey], row.liftedAt == nil else { return nil }
            return row.suppression
        }
    }

    func record(_ suppression: MailSuppression) async throws -> Bool {
        try await access.write { tables in
            try Scope.require(scope.isSystem)
            if let known = tables.mailSuppressions[suppression.emailKey],
                suppression.occurredAt
                    <= max(known.suppression.occurredAt, known.liftedAt ?? known.suppression.occurredAt)
            {
                return false
            }
            tables.mailSuppressions[suppression.emailKey] = MailSuppressionRow(suppression: suppression)
            return true
        }
    }

    func lift(emailKey: String, at time: Timestamp) async throws -> Bool {
        try await access.write { tables in
            try Scope.require(scope.isSystem)
            guard tables.mailSuppressions[emailKey]?.liftedAt == nil, tables.mailSuppressions[emailKey] != nil else {
                return false
            }
            tables.mailSuppressions[emailKey]?.liftedAt = time
            return true
        }
    }
}
