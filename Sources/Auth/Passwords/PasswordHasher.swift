import CArgon2
public import Core
import Foundation

/// Argon2id version 1.3 (RFC 9106) over a password in NFC.
///
/// Every call takes tens of milliseconds and megabytes: ``Passwords`` runs them on a ``HashingPool``.
public struct PasswordHasher: Sendable {
    package static let saltLength = 16
    package static let tagLength = 32

    public let parameters: Parameters
    private let randomness: Randomness

    public init(parameters: Parameters = .standard, randomness: Randomness = .system) {
        self.parameters = parameters
        self.randomness = randomness
    }

    /// Why there is no hash.
    public enum Problem: Error, Equatable {
        /// The text is no PHC string of Argon2id 1.3, or asks for more than ``Parameters/most``.
        case malformedHash
        /// The machine could not give the memory.
        case outOfMemory
    }

    /// A new PHC string with a random salt.
    public func hash(_ password: String) throws(Problem) -> String {
        let salt = randomness.bytes(Self.saltLength)
        let tag = try Self.tag(of: password, salt: salt, length: Self.tagLength, parameters: parameters)
        return PHCString(parameters: parameters, salt: salt, tag: tag).text
    }

    /// Whether `phc` was made of `password`. The tags are compared in constant time.
    public func verify(_ password: String, against phc: String) throws(Problem) -> Bool {
        guard let stored = PHCString(phc) else { throw .malformedHash }
        return try verify(password, against: stored)
    }

    /// Whether `phc` was made with less than the parameters of today, so that the next right password should replace
    /// it.
    public func needsRehash(_ phc: String) -> Bool {
        PHCString(phc).map(needsRehash) ?? true
    }

    func verify(_ password: String, against stored: PHCString) throws(Problem) -> Bool {
        let tag = try Self.tag(
            of: password, salt: stored.salt, length: stored.tag.count, parameters: stored.parameters)
        return ConstantTime.equal(tag, stored.tag)
    }

    func needsRehash(_ stored: PHCString) -> Bool {
        stored.parameters.memoryKiB < parameters.memoryKiB || stored.parameters.iterations < parameters.iterations
            || stored.salt.count < Self.saltLength || stored.tag.count < Self.tagLength
    }

    /// A hash that no password is known for, which costs as much to check as one of today's.
    func unmatchable() -> PHCString {
        PHCString(
            parameters: parameters, salt: randomness.bytes(Self.saltLength), tag: randomness.bytes(Self.tagLength))
    }

    private static func tag(
        of password: String, salt: [UInt8], length: Int, parameters: Parameters
    ) throws(Problem) -> [UInt8] {
        let text = Array(password.precomposedStringWithCanonicalMapping.utf8)
        var tag = [UInt8](repeating: 0, count: length)
        let result = argon2id_hash_raw(
            parameters.iterations, parameters.memoryKiB, parameters.parallelism, text, text.count, salt, salt.count,
            &tag, tag.count)
        switch argon2_error_codes(result) {
        case ARGON2_OK: return tag
        case ARGON2_MEMORY_ALLOCATION_ERROR, ARGON2_THREAD_FAIL: throw .outOfMemory
        default: throw .malformedHash
        }
    }
}
