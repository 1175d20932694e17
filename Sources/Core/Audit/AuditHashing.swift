/// The hashes of the chains. What is hashed, and in which order, never changes: seals would not fit any more. Another form
/// gets another purpose.
public struct AuditHashing: Sendable {
    private let sha256: @Sendable ([UInt8]) -> [UInt8]

    /// - Parameter sha256: SHA-256 (FIPS 180-4), which Core does not have.
    public init(sha256: @escaping @Sendable ([UInt8]) -> [UInt8]) {
        self.sha256 = sha256
    }

    /// Of what lasts in an event: all but what may be erased.
    public func event(_ event: AuditEvent) -> [UInt8] {
        // The form of events that name a key came later.
        var content = CanonicalBytes(event.actorKeyID == nil ? "plinth audit event 1" : "plinth audit event 2")
        content.append(event.id)
        content.append(event.createdAt.microseconds)
        content.append(event.action)
        content.append(event.actorID)
        content.append(event.impersonatorID)
        content.append(event.userID)
        content.append(event.teamID)
        content.append(event.targetType)
        content.append(event.targetID)
        content.append(event.origin.requestID)
        content.append(event.changes)
        if let key = event.actorKeyID { content.append(key) }
        return sha256(content.bytes)
    }

    /// Of the address and browser an event came from.
    public func origin(of event: AuditEvent, salt: [UInt8]) -> [UInt8] {
        var content = CanonicalBytes("plinth audit origin 1")
        content.append(event.id)
        content.append(salt)
        content.append(event.origin.ip)
        content.append(event.origin.userAgent)
        return sha256(content.bytes)
    }

    /// Of the values that say something of the person whose log it is.
    public func personal(of event: AuditEvent, salt: [UInt8]) -> [UInt8] {
        var content = CanonicalBytes("plinth audit personal 1")
        content.append(event.id)
        content.append(salt)
        content.append(event.personal)
        return sha256(content.bytes)
    }

    /// What the first link of a chain takes for the one before: no chain can be passed off as another's.
    public func start(of chain: AuditChain) -> [UInt8] {
        var content = CanonicalBytes("plinth audit chain 1")
        content.append(chain.kind.rawValue)
        content.append(chain.id)
        return sha256(content.bytes)
    }

    /// Of a place in a chain, of what stands in it, and so of everything before.
    public func link(
        after previous: [UInt8], sequence: Int64, event: [UInt8], parts: AuditParts<SealedAuditPart>
    ) -> [UInt8] {
        var content = CanonicalBytes("plinth audit link 1")
        content.append(previous)
        content.append(sequence)
        content.append(event)
        content.append(parts.origin)
        content.append(parts.personal)
        return sha256(content.bytes)
    }
}
