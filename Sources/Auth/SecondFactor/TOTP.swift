public import Core
import Crypto
import Foundation

/// One-time passwords made from the time (RFC 6238), as authenticator apps show them: HMAC-SHA-1, 6 digits, a new one
/// every 30 s.
public enum TOTP {
    static let digits = 6
    static let stepLength: Int64 = 30  // seconds
    /// Steps before and after the present one whose code counts too, for clocks that are off and people who are slow
    /// (RFC 6238, section 5.2).
    static let tolerance: Int64 = 1

    /// Checks a code, each of which works once.
    ///
    /// - Parameter lastStep: The step accepted last for this secret, nil before the first.
    /// - Returns: The step that the code is accepted for, to be kept as the new `lastStep` by one atomic statement that
    ///   only ever raises it; nil when the code is wrong, or of `lastStep` or an earlier one.
    public static func verify(
        _ code: TOTPCode, secret: TOTPSecret, at time: Timestamp, lastStep: Int64?
    ) -> Int64? {
        let present = step(at: time)
        var accepted: Int64?
        // Every candidate is computed and compared, whichever fits. Should two steps have the same code, the later one
        // is taken, so that the code does not work again in it.
        for candidate in (present - tolerance)...(present + tolerance) {
            let isEqual = ConstantTime.equal(code.digits, Self.code(of: secret, step: candidate))
            if isEqual, candidate > lastStep ?? .min { accepted = candidate }
        }
        return accepted
    }

    /// Steps since 1970, rounded down, so negative before.
    static func step(at time: Timestamp) -> Int64 {
        let (quotient, remainder) = time.seconds.quotientAndRemainder(dividingBy: stepLength)
        return remainder < 0 ? quotient - 1 : quotient
    }

    /// The code of a step as ASCII digits (RFC 4226, section 5.3).
    static func code(of secret: TOTPSecret, step: Int64, digits: Int = digits) -> [UInt8] {
        let counter = UInt64(bitPattern: step)
        let message = (0..<8).map { UInt8(truncatingIfNeeded: counter >> (56 - 8 * UInt64($0))) }
        let key = SymmetricKey(data: secret.revealed())
        let mac = Array(HMAC<Insecure.SHA1>.authenticationCode(for: message, using: key))
        let offset = Int((mac.last ?? 0) & 0xF)
        var value = mac.dropFirst(offset).prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        var code: [UInt8] = []
        for _ in 0..<digits {
            code.append(UInt8(ascii: "0") + UInt8(value % 10))
            value /= 10
        }
        return code.reversed()
    }
}
