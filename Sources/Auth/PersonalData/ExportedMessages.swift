import Core

// Mails and notifications, and the record of what was done, as an export shows them.

struct ExportedLink: Encodable {
    let purpose: String
    let emailKey: String
    let newEmail: String?
    let createdAt: Timestamp
    let expiresAt: Timestamp

    init(_ token: OneTimeToken) {
        purpose = token.purpose.rawValue
        emailKey = token.emailKey
        newEmail = token.newEmail?.text
        createdAt = token.createdAt
        expiresAt = token.expiresAt
    }
}

struct ExportedSuppression: Encodable {
    let emailKey: String
    let reason: String
    let detail: String
    let occurredAt: Timestamp

    init(_ suppression: MailSuppression) {
        emailKey = suppression.emailKey
        reason = suppression.reason.rawValue
        detail = suppression.detail
        occurredAt = suppression.occurredAt
    }
}

struct ExportedNotification: Encodable {
    let id: ID<UserNotification>
    let kind: NotificationKind
    let title: String
    let body: String
    let path: String?
    let readAt: Timestamp?
    let createdAt: Timestamp

    init(_ notification: UserNotification) {
        id = notification.id
        kind = notification.kind
        title = notification.title
        body = notification.body
        path = notification.path
        readAt = notification.readAt
        createdAt = notification.createdAt
    }
}

struct ExportedChoice: Encodable {
    let kind: NotificationKind
    let channels: [String]
}

struct ExportedEvent: Encodable {
    let id: ID<AuditEvent>
    let action: String
    let actorId: ID<User>?
    let impersonatorId: ID<User>?
    let targetType: String
    let targetId: String?
    let ip: String?
    let userAgent: String?
    let requestId: String?
    let changes: [String: String]
    let createdAt: Timestamp

    init(_ event: AuditEvent) {
        let isOwn = event.originPersonID == event.userID
        id = event.id
        action = event.action
        actorId = event.actorID
        impersonatorId = event.impersonatorID
        targetType = event.targetType
        targetId = event.targetID
        // Where an administrator works from is not about the person.
        ip = isOwn ? event.origin.ip : nil
        userAgent = isOwn ? event.origin.userAgent : nil
        requestId = event.origin.requestID
        changes = event.changes.merging(event.personal) { _, personal in personal }
        createdAt = event.createdAt
    }
}

struct ExportedExport: Encodable {
    let id: ID<DataExport>
    let createdAt: Timestamp
    let size: Int64?
    let readyAt: Timestamp?
    let expiresAt: Timestamp?

    init(_ export: DataExport) {
        id = export.id
        createdAt = export.createdAt
        size = export.archive?.size
        readyAt = export.archive?.readyAt
        expiresAt = export.archive?.expiresAt
    }
}
