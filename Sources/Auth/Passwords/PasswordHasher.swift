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
        var text = Array(password.precomposedStringWithCanonicalMapping.utf8)
        var salt = salt
        var tag = [UInt8](repeating: 0, count: length)
        let result = text.withUnsafeMutableBufferPointer { text in
            salt.withUnsafeMutableBufferPointer { salt in
                tag.withUnsafeMutableBufferPointer { tag in
                    var context = argon2_context(
                        out: tag.baseAddress, outlen: UInt32(tag.count), pwd: text.baseAddress,
                        pwdlen: UInt32(text.count),
                        salt: salt.baseAddress, saltlen: UInt32(salt.count), secret: nil, secretlen: 0, ad: nil,
                        adlen: 0,
                        t_cost: parameters.iterations, m_cost: parameters.memoryKiB, lanes: parameters.parallelism,
                        threads: parameters.parallelism, version: ARGON2_VERSION_13.rawValue, allocate_cbk: nil,
                        free_cbk: nil, flags: 0)
                    if HashingMemory.ofThread != nil {
                        context.allocate_cbk = Self.takeMemory
                        context.free_cbk = { _, _ in }
                    }
                    return argon2_ctx(&context, Argon2_id)
                }
            }
        }
        switch argon2_error_codes(result) {
        case ARGON2_OK: return tag
        case ARGON2_MEMORY_ALLOCATION_ERROR, ARGON2_THREAD_FAIL: throw .outOfMemory
        default: throw .malformedHash
        }
    }
    /// libargon2 asks on the thread that hashes.
    private static let takeMemory: allocate_fptr = { block, size in
        guard let block, let bytes = HashingMemory.ofThread?.bytes(size) else {
            return ARGON2_MEMORY_ALLOCATION_ERROR.rawValue
        }
        block.pointee = bytes.assumingMemoryBound(to: UInt8.self)
        return ARGON2_OK.rawValue
    }
}
