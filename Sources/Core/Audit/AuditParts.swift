/// Something of each of the two parts in which an event may tell of people. They may be two people's, so each is hashed
/// and erased alone.
public struct AuditParts<Part> {
    /// Of ``AuditEvent/origin``: address and browser, of ``AuditEvent/originPersonID``.
    public var origin: Part
    /// Of ``AuditEvent/personal``: values, of ``AuditEvent/userID``.
    public var personal: Part

    public init(origin: Part, personal: Part) {
        self.origin = origin
        self.personal = personal
    }

    public init(both part: Part) {
        self.init(origin: part, personal: part)
    }
}

extension AuditParts: Sendable where Part: Sendable {}
extension AuditParts: Equatable where Part: Equatable {}

/// What lies beside a part of an event.
public struct AuditPartRecord: Sendable, Equatable {
    /// What the part was hashed with, from its sealing until it is erased.
    public var salt: [UInt8]?
    /// Whether what the part told was erased.
    public var isErased: Bool

    public init(salt: [UInt8]? = nil, isErased: Bool = false) {
        self.salt = salt
        self.isErased = isErased
    }
}

/// An event as it is kept.
public struct KeptAuditEvent: Sendable, Equatable {
    public let event: AuditEvent
    public let records: AuditParts<AuditPartRecord>

    public init(event: AuditEvent, records: AuditParts<AuditPartRecord> = AuditParts(both: AuditPartRecord())) {
        self.event = event
        self.records = records
    }
}

extension AuditEvent {
    /// Which parts tell anything.
    public var tellingParts: AuditParts<Bool> {
        AuditParts(origin: origin.ip != nil || origin.userAgent != nil, personal: !personal.isEmpty)
    }
}
