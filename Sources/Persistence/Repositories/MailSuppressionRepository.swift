public import Core

/// The addresses that are not written to. Only the system may ask.
public protocol MailSuppressionRepository: Sendable {
    /// Why the address is not written to; nil when it may be.
    func find(emailKey: String) async throws -> MailSuppression?

    /// Notes that an address is not to be written to. News that is not newer than what is known of the address, its last
    /// proof included, changes nothing: reports come twice and in any order.
    /// - Returns: Whether it changed anything.
    @discardableResult
    func record(_ suppression: MailSuppression) async throws -> Bool

    /// Lets the address be written to again, since it was proven anew.
    /// - Returns: Whether it was suppressed.
    @discardableResult
    func lift(emailKey: String, at time: Timestamp) async throws -> Bool
}
